package io.github.latent4j.bench;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that names one of latent4j's engines. */
final class EngineOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = Peers.FUSED,
            description = "The engine. Default: ${DEFAULT-VALUE}.")
    private String name;

    String name() {
        if (!Peers.engines().contains(name)) {
            throw new ParameterException(
                    command.commandLine(),
                    "--engine: found %s, expected one of %s".formatted(name, String.join(", ", Peers.engines())));
        }
        return name;
    }
}
