package io.github.latent4j.bench;

import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a Markdown file between two comments, such as {@code <!-- bench:training -->} and
 * {@code <!-- /bench:training -->}.
 *
 * @param name of the part, {@code bench:training} here
 */
record MarkedSection(String name) {
    private String start() {
        return "<!-- " + name + " -->\n";
    }

    private String end() {
        return "<!-- /" + name + " -->\n";
    }

    /**
     * Replaces what lies between the comments. A file without them gets them at its end; no file is made anew.
     *
     * @param file the Markdown file
     * @param content whole lines
     * @throws IOException if the file has one comment without the other, or cannot be read or written
     */
    void write(Path file, String content) throws IOException {
        StagedFile.write(file, in(file, content).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Fails as {@link #write} would, and writes nothing: for before the work whose result is to be written.
     *
     * @param file the Markdown file
     * @throws IOException if the file has one comment without the other, or cannot be read or written
     */
    void check(Path file) throws IOException {
        in(file, "");
        StagedFile.beside(file).close();
    }

    private String in(Path file, String content) throws IOException {
        String old = Files.exists(file) ? Files.readString(file) : "";
        int from = old.indexOf(start());
        int to = old.indexOf(end(), Math.max(0, from));
        if ((from < 0) != (to < 0)) {
            throw new IOException("%s: found %s without %s, expected both or neither"
                    .formatted(file, (from < 0 ? end() : start()).strip(), (from < 0 ? start() : end()).strip()));
        }
        String section = start() + content + end();
        if (from < 0) {
            String gap = old.isEmpty() ? "" : old.endsWith("\n") ? "\n" : "\n\n";
            return old + gap + section;
        }
        return old.substring(0, from) + section + old.substring(to + end().length());
    }
}
