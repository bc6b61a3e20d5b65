package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkedSectionTest {
    private static final MarkedSection SECTION = new MarkedSection("bench:training");

    @TempDir
    Path folder;

    private String written(String before, String content) throws IOException {
        Path file = folder.resolve("performance.md");
        Files.writeString(file, before);
        SECTION.write(file, content);
        return Files.readString(file);
    }

    @Test
    void whatLiesAroundStays() throws IOException {
        assertThat(written(
                        "# Speed\n\n<!-- bench:training -->\nold\nlines\n<!-- /bench:training -->\n\nMore.\n", "new\n"))
                .isEqualTo("# Speed\n\n<!-- bench:training -->\nnew\n<!-- /bench:training -->\n\nMore.\n");
    }

    @Test
    void aFileWithoutTheCommentsGetsThemAtItsEnd() throws IOException {
        assertThat(written("# Speed\n", "new\n"))
                .isEqualTo("# Speed\n\n<!-- bench:training -->\nnew\n<!-- /bench:training -->\n");
    }

    @Test
    void aMissingFileIsMade() throws IOException {
        Path file = folder.resolve("made.md");
        SECTION.write(file, "new\n");
        assertThat(file).hasContent("<!-- bench:training -->\nnew\n<!-- /bench:training -->\n");
    }

    @Test
    void oneCommentWithoutTheOtherIsRefusedAndTheFileLeftAsItIs() throws IOException {
        Path file = folder.resolve("half.md");
        Files.writeString(file, "<!-- bench:training -->\nold\n");
        assertThatThrownBy(() -> SECTION.write(file, "new\n"))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "%s: found <!-- bench:training --> without <!-- /bench:training -->, expected both or neither",
                        file);
        assertThat(file).hasContent("<!-- bench:training -->\nold\n");
        assertThatThrownBy(() -> SECTION.check(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aCheckTellsOfAMissingFolderAndLeavesNothing() throws IOException {
        assertThatThrownBy(() -> SECTION.check(folder.resolve("missing/performance.md")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("found no folder to write into, expected one");
        SECTION.check(folder.resolve("performance.md"));
        assertThat(folder).isEmptyDirectory();
    }
}
