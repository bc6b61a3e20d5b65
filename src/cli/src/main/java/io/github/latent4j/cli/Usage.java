package io.github.latent4j.cli;

import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Turns a wrong argument of the library into a wrong usage of the command line. */
final class Usage {
    private Usage() {}

    /** Makes something of the options; what they lack is told as wrong usage. */
    static <T> T checked(CommandSpec command, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
