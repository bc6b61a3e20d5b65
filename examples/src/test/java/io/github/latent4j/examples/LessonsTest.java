package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lessons lead from one to the next, in the order of examples/README.md. */
class LessonsTest {
    private static final Pattern ROW = Pattern.compile("^\\| \\[(\\w+)]", Pattern.MULTILINE);

    private static List<String> listed() throws IOException {
        return ROW.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }

    @Test
    void allAreListed() throws IOException {
        assertThat(listed())
                .containsExactlyInAnyOrderElementsOf(
                        Lessons.all().stream().map(Class::getSimpleName).toList());
    }

    @Test
    void theLastStepNamesTheNextOne() throws IOException {
        List<String> lessons = listed();
        for (int i = 0; i + 1 < lessons.size(); i++) {
            String source =
                    Files.readString(Path.of("src/main/java/io/github/latent4j/examples", lessons.get(i) + ".java"));
            assertThat(source.substring(source.lastIndexOf("        // # ")))
                    .as(lessons.get(i))
                    .contains(lessons.get(i + 1));
        }
    }
}
