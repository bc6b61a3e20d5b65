package io.github.latent4j.examples.notebook;

/**
 * A lesson: the method {@code run} of an example.
 *
 * @param <R> what it found out
 */
@FunctionalInterface
public interface Lesson<R> {
    /**
     * Runs the lesson.
     *
     * @param size how much to do
     * @param page takes what the lesson prints and draws
     * @return what it found out, for tests
     * @throws Exception if a step cannot be done
     */
    R run(Size size, Notebook page) throws Exception;
}
