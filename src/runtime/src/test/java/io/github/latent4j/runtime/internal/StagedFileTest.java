package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class StagedFileTest {
    @TempDir
    Path folder;

    @Test
    void anOldFileIsReplacedOnlyByAWholeOne() throws IOException {
        Path file = folder.resolve("a.txt");
        Files.writeString(file, "old");
        try (StagedFile staged = StagedFile.beside(file)) {
            Files.writeString(staged.path(), "half");
        }
        assertThat(file).hasContent("old");
        StagedFile.write(file, new byte[] {'n', 'e', 'w'});
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryContaining(file::equals);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aLinkStaysAndItsTargetIsReplaced() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        StagedFile.write(link, new byte[] {'n'});
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("n");
    }

    @Test
    @EnabledIf("hasDevice")
    void aDeviceIsNoFileToWrite() {
        assertThatThrownBy(() -> StagedFile.beside(Path.of("/dev/null")))
                .hasMessage("/dev/null: found a device or a pipe, expected a file to write");
    }

    static boolean hasDevice() {
        return Files.exists(Path.of("/dev/null"));
    }
}
