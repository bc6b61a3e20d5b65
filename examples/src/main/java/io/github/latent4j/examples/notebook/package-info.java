/**
 * Pages made by running a lesson: {@link io.github.latent4j.examples.notebook.Notebook} puts the text and the code of a class, as
 * they stand in its source file, beside what the code printed and drew.
 */
@NullMarked
package io.github.latent4j.examples.notebook;

import org.jspecify.annotations.NullMarked;
