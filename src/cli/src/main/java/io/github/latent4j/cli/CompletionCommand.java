package io.github.latent4j.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands. */
@Command(
        name = "completion",
        description = "Print a script with which bash or zsh completes commands and options with the tab key.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {
            "  source <(./latent4j completion)",
            "",
            "This is for one shell; in ~/.bashrc or ~/.zshrc, with the whole path, for all."
        })
final class CompletionCommand implements Callable<Integer> {
    private enum Shell {
        BASH,
        ZSH
    }

    private static final class Shells extends Choices {
        Shells() {
            super(Shell.class);
        }
    }

    private static final String NO_FILES = "  type compopt &>/dev/null && compopt +o default\n";

    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "bash|zsh",
            defaultValue = "bash",
            completionCandidates = Shells.class,
            description = "The shell (default: bash); the script is one that both take.")
    private Shell shell;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (shell == Shell.ZSH) {
            // The script asks for this itself, but not before zsh has its completion at all.
            console.out().println("autoload -U +X compinit && compinit -u");
        }
        // The shell's own completion of files stays where there is nothing else to offer, as behind csv:.
        console.out()
                .println(AutoComplete.bash("latent4j", command.root().commandLine())
                        .replace(NO_FILES, ""));
        return 0;
    }
}
