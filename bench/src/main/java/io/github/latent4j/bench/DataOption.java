package io.github.latent4j.bench;

import picocli.CommandLine.Option;

/** The option that names the data. */
final class DataOption {
    @Option(
            names = "--data",
            paramLabel = "SOURCE",
            defaultValue = "fashion-mnist",
            description = "The data, as for latent4j train. Default: ${DEFAULT-VALUE}.")
    private String source;

    String source() {
        return source;
    }
}
