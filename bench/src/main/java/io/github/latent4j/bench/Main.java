package io.github.latent4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of the measuring commands. */
@Command(
        name = "bench/run",
        description = "Measures latent4j beside its peers.",
        mixinStandardHelpOptions = true,
        subcommands = {
            TrainingCommand.class,
            StreamingCommand.class,
            WorkersCommand.class,
            InferenceCommand.class,
            AnomalyCommand.class,
            PeerCommand.class
        },
        footer = {"", "Exit codes: 0 done, 1 could not, 2 wrong usage."})
final class Main {
    private static final int COULD_NOT = 1;
    private static final int WRONG_USAGE = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean debug;

    private Main() {}

    public static void main(String[] arguments) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, args) -> {
                    System.err.printf(
                            "%s (see: %s --help)%n",
                            e.getMessage(), e.getCommandLine().getCommandSpec().qualifiedName());
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    System.err.println(message(e));
                    if (main.debug) {
                        e.printStackTrace();
                    }
                    return COULD_NOT;
                });
        if (arguments.length == 0) {
            line.usage(System.out);
            System.exit(WRONG_USAGE);
        }
        System.exit(line.execute(arguments));
    }

    /** What people can act on is told in a sentence; of the rest the kind is told too. */
    private static String message(Throwable e) {
        if (e instanceof UncheckedIOException && e.getCause() != null) {
            return message(e.getCause());
        }
        boolean told = e instanceof IOException || e instanceof IllegalArgumentException;
        return told && e.getMessage() != null ? e.getMessage() : e.toString();
    }
}
