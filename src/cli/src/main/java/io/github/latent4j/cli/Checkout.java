package io.github.latent4j.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The folder that the launcher runs from. */
final class Checkout {
    private static final String PROPERTY = "latent4j.home";

    private Checkout() {}

    /** The folder; empty where the command line was not started by the launcher. */
    static Optional<Path> home() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }
}
