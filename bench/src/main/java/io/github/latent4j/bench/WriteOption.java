package io.github.latent4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that puts a result into a document, in a section with the name of the command. */
final class WriteOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description =
                    "Put the result into this Markdown file, between <!-- bench:${COMMAND-NAME} --> and <!-- /bench:${COMMAND-NAME} -->.")
    private Optional<Path> file;

    /** Fails early where {@link #write} would fail after the work. */
    void check() throws IOException {
        if (file.isPresent()) {
            section().check(file.get());
        }
    }

    void write(String markdown) throws IOException {
        if (file.isPresent()) {
            section().write(file.get(), markdown);
        }
    }

    private MarkedSection section() {
        return new MarkedSection("bench:" + command.name());
    }
}
