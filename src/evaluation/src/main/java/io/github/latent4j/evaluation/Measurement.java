package io.github.latent4j.evaluation;

import java.util.List;
import java.util.Map;

/**
 * What was found out about a model on data, ready for a page, a table and a file. Implementations are immutable records of
 * plain numbers; they hold neither the model nor the data.
 */
public interface Measurement {
    /**
     * The heading that it stands under.
     *
     * @return a few words
     */
    String title();

    /**
     * The single numbers, the most important first.
     *
     * @return at least one, each with a key of its own
     */
    List<Figure> figures();

    /**
     * Whole sentences on what the numbers mean for this model, how they were got, and what was left out and why.
     *
     * @return may be empty
     */
    default List<String> remarks() {
        return List.of();
    }

    /**
     * What is better seen than read.
     *
     * @return may be empty
     */
    default List<Chart> charts() {
        return List.of();
    }

    /**
     * Numbers in rows and columns, for those who want to look closer.
     *
     * @return may be empty
     */
    default List<NumberTable> tables() {
        return List.of();
    }

    /**
     * Everything by name, ready for JSON: texts, numbers, lists and maps. A number that is not defined is left out.
     *
     * @return unmodifiable, always in the same order
     */
    Map<String, Object> fields();
}
