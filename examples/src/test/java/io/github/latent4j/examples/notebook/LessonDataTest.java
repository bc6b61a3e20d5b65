package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LessonDataTest {
    @TempDir
    Path folder;

    @Test
    void recordsHaveTheCellsByTheirNames() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "a,b,c\n1,,x\n,2,\n");
        assertThat(LessonData.records(file))
                .containsExactly(Map.of("a", "1", "b", "", "c", "x"), Map.of("a", "", "b", "2", "c", ""));
    }
}
