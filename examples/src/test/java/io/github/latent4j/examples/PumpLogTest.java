package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PumpLogTest {
    private static final Path MODEL = Path.of("../models/pump-anomalies");

    @TempDir
    Path folder;

    @Test
    void theTablesOfTheModelAreMadeByIt() throws IOException {
        PumpLog.main(new String[] {folder.toString()});
        assertThat(folder.resolve("normal.csv")).hasSameTextualContentAs(MODEL.resolve("normal.csv"));
        assertThat(folder.resolve("test.csv")).hasSameTextualContentAs(MODEL.resolve("test.csv"));
    }
}
