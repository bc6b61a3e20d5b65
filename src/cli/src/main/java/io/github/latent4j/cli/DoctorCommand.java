package io.github.latent4j.cli;

import io.github.latent4j.cli.Check.Mark;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks whether a machine has what training needs. */
@Command(
        name = "doctor",
        description = "Look whether this machine has what training needs, what is missing and why, and how fast it is.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {"  ./latent4j doctor", "  ./latent4j doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Machine machine = Machine.current();
        List<Check> checks = new ArrayList<>(JavaRuntime.checks(machine));
        List<Check> natives = new NativeCode(machine).checks();
        checks.addAll(natives);
        checks.addAll(DataFolders.checks());
        if (worst(natives) != Mark.PROBLEM) {
            checks.addAll(SpeedCheck.checks());
        }
        return tell(checks);
    }

    /** Prints what was found; the exit code. */
    int tell(List<Check> checks) throws IOException {
        boolean well = worst(checks) != Mark.PROBLEM;
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("ok", well);
            fields.put("summary", summary(checks));
            fields.put("checks", checks.stream().map(Check::fields).toList());
            console.json(fields);
        } else {
            checks.forEach(check -> console.out().println(check.line()));
            console.out().println(summary(checks));
        }
        return well ? 0 : Main.COULD_NOT;
    }

    static String summary(List<Check> checks) {
        long problems =
                checks.stream().filter(check -> check.mark() == Mark.PROBLEM).count();
        return problems == 0
                ? "Everything that training needs is here."
                : problems == 1
                        ? "Something that is needed is missing: see the line marked problem."
                        : "%d things that are needed are missing: see the lines marked problem.".formatted(problems);
    }

    private static Mark worst(List<Check> checks) {
        return checks.stream().map(Check::mark).max(Enum::compareTo).orElse(Mark.OK);
    }
}
