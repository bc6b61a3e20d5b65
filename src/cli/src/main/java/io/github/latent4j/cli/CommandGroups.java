package io.github.latent4j.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The commands in the order in which a newcomer wants them. */
final class CommandGroups implements IHelpSectionRenderer {
    private record Group(String title, List<String> commands) {}

    private static final List<Group> GROUPS = List.of(
            new Group("First steps", List.of("demo", "doctor", "datasets")),
            new Group("Train and measure", List.of("train", "evaluate", "card", "inspect")),
            new Group("Use a model", List.of("sample", "encode", "reconstruct", "interpolate", "traverse", "score")),
            new Group("Around it", List.of("export", "completion")));

    /** The names of all commands, as they are listed. */
    static List<String> names() {
        return GROUPS.stream().flatMap(group -> group.commands().stream()).toList();
    }

    @Override
    public String render(Help help) {
        Map<String, Help> all = help.subcommands();
        StringBuilder text = new StringBuilder();
        for (Group group : GROUPS) {
            Map<String, String> lines = new LinkedHashMap<>();
            for (String name : group.commands()) {
                Help one = all.get(name);
                if (one != null) {
                    lines.put(
                            name,
                            String.join(" ", one.commandSpec().usageMessage().description()));
                }
            }
            text.append("%n%s:%n".formatted(group.title()))
                    .append(help.createTextTable(lines).toString());
        }
        return text.toString();
    }
}
