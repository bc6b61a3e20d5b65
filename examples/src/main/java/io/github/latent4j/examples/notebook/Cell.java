package io.github.latent4j.examples.notebook;

import java.util.List;

/**
 * A step of a lesson as it stands in the source file.
 *
 * @param heading of the section that begins here; empty if it goes on
 * @param paragraphs what is said before the code
 * @param code without the indentation of its first line; empty if there is none
 * @param lastLine the number of the cell's last line in the file, from 1
 */
record Cell(String heading, List<String> paragraphs, String code, int lastLine) {}
