package io.github.latent4j.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes: results to {@code out}, progress to {@code err}.
 *
 * @param out standard output
 * @param err standard error
 */
record Console(PrintStream out, PrintStream err) {
    /** Prints a result as JSON. */
    void json(Map<String, Object> fields) throws IOException {
        out.println(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(fields));
    }

    /** Prints a line of progress. */
    void note(String line) {
        err.println(line);
    }

    /** Whether a person watches the progress: then a bar may move. */
    boolean isTerminal() {
        return err == System.err && System.console() != null && System.getenv("CI") == null;
    }
}
