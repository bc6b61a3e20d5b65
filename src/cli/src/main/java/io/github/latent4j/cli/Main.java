package io.github.latent4j.cli;

import io.github.latent4j.runtime.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of the command line. */
@Command(
        name = "latent4j",
        description = "Autoencoders and variational autoencoders for the JVM.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Versions.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DoctorCommand.class,
            DatasetsCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            CardCommand.class,
            InspectCommand.class,
            SampleCommand.class,
            EncodeCommand.class,
            ReconstructCommand.class,
            InterpolateCommand.class,
            TraverseCommand.class,
            ScoreCommand.class,
            ExportCommand.class,
            CompletionCommand.class,
        },
        footer = {
            "",
            "MODEL is a model file, the folder of a model.zip, or a name of models/, such as fashion-mnist-vae.",
            "SOURCE is a data set of the catalogue (strokes, mnist, fashion-mnist, or one part: strokes:test),",
            "idx:IMAGES[,LABELS], images:FOLDER or csv:FILE.",
            "Exit codes: 0 done, 1 could not (bad data, bad model, diverged), 2 wrong usage.",
            "",
            "Examples:",
            "  ./latent4j demo",
            "  ./latent4j train --data strokes --epochs 5 --out m.zip",
            "  ./latent4j sample m.zip --out samples.png"
        })
public final class Main {
    /** Stands above the examples of a command's help. */
    static final String EXAMPLES = "%nExamples:%n";

    static final int COULD_NOT = 1;
    static final int WRONG_USAGE = 2;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Print the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        System.exit(run(System.out, System.err, arguments));
    }

    /**
     * Runs a command.
     *
     * @param out for results
     * @param err for progress and errors
     * @param arguments the command and its options
     * @return the exit code
     */
    static int run(PrintStream out, PrintStream err, String... arguments) {
        return run(commandLine(out, err), out, err, arguments);
    }

    /** Runs a command of a command line of {@link #commandLine}. */
    static int run(CommandLine line, PrintStream out, PrintStream err, String... arguments) {
        if (arguments.length == 0) {
            line.usage(out);
            return WRONG_USAGE;
        }
        try {
            int code = line.execute(arguments);
            if (out.checkError()) {
                err.println("standard output: found no room or no reader for the result, expected to write it");
                return COULD_NOT;
            }
            return code;
        } catch (OutOfMemoryError e) {
            err.println("found too little memory, expected more; LATENT4J_JVM=-Xmx8g gives 8 GB");
        } catch (LinkageError e) {
            err.println(
                    "found no native code of ND4J for this machine, expected it on the class path: %s; ./latent4j doctor says why"
                            .formatted(e.getMessage()));
            Main main = line.getCommand();
            if (main.debug) {
                e.printStackTrace(err);
            }
        }
        return COULD_NOT;
    }

    /** All commands, as they read arguments and write help. */
    static CommandLine commandLine(PrintStream out, PrintStream err) {
        return commandLine(new Main(), out, err);
    }

    private static CommandLine commandLine(Main main, PrintStream out, PrintStream err) {
        CommandLine line = new CommandLine(main, new CommandFactory(new Console(out, err)))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, args) -> {
                    err.println(usageError(e));
                    return WRONG_USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    err.println(message(e));
                    if (main.debug) {
                        e.printStackTrace(err);
                    }
                    return COULD_NOT;
                });
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new CommandGroups());
        // Examples are there to be copied, so that they stay on one line, however long.
        Stream.concat(Stream.of(line), line.getSubcommands().values().stream())
                .forEach(command -> command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, Main::footer));
        return line;
    }

    private static String footer(Help help) {
        return Stream.of(help.commandSpec().usageMessage().footer())
                .map(text -> text + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private static String usageError(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched
                && e.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().get(0).startsWith("-")) {
            return "found no command '%s', expected one of %s (see: latent4j --help)"
                    .formatted(unmatched.getUnmatched().get(0), String.join(", ", CommandGroups.names()));
        }
        StringWriter suggestions = new StringWriter();
        UnmatchedArgumentException.printSuggestions(e, new PrintWriter(suggestions, true));
        String nearest = suggestions.toString().lines().map(String::strip).collect(Collectors.joining(" "));
        String message = wrongValue(e)
                .orElseGet(() -> String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")));
        return "%s%s (see: %s --help)"
                .formatted(
                        message,
                        nearest.isEmpty() ? "" : ". " + nearest,
                        e.getCommandLine().getCommandSpec().qualifiedName());
    }

    /** What is said of a value that is not of an option's type. */
    private static Optional<String> wrongValue(ParameterException e) {
        ArgSpec argument = e.getArgSpec();
        if (argument == null || e.getValue() == null || !(e.getCause() instanceof TypeConversionException)) {
            return Optional.empty();
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        String expected;
        if (argument.completionCandidates() != null) {
            expected = String.join(" or ", argument.completionCandidates());
        } else if (type == int.class || type == Integer.class) {
            expected = "a whole number below 2^31";
        } else if (type == long.class || type == Long.class) {
            expected = "a whole number below 2^63";
        } else if (type == double.class || type == Double.class) {
            expected = "a number";
        } else {
            return Optional.empty();
        }
        return Optional.of("%s: found '%s', expected %s"
                .formatted(
                        argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel(),
                        e.getValue(),
                        expected));
    }

    /** One line that says what is wrong. */
    private static String message(Throwable e) {
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return message(unchecked.getCause());
        }
        if (e instanceof FileAlreadyExistsException file && file.getReason() == null) {
            return file.getFile() + ": found a file, expected a folder or nothing there";
        }
        if (e instanceof NoSuchFileException missing && missing.getReason() == null) {
            return missing.getFile() + ": found no such file";
        }
        if (e instanceof AccessDeniedException denied && denied.getReason() == null) {
            return denied.getFile() + ": found a file or folder that may not be opened";
        }
        if (e instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": cannot be used: " + file.getClass().getSimpleName();
        }
        boolean told = e instanceof IOException
                || e instanceof IllegalArgumentException
                || e.getClass().getPackageName().startsWith("io.github.latent4j");
        String text = told && e.getMessage() != null ? e.getMessage() : e.toString();
        return text.lines().collect(Collectors.joining(" "));
    }

    /** Gives the library's version. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"latent4j " + Version.current()};
        }
    }
}
