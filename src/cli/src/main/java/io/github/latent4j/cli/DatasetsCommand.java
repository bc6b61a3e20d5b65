package io.github.latent4j.cli;

import io.github.latent4j.data.DatasetInfo;
import io.github.latent4j.data.Datasets;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists the catalogue. */
@Command(
        name = "datasets",
        description = "List the data sets that are known by name, or tell more of one.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {"  ./latent4j datasets", "  ./latent4j datasets fashion-mnist"})
final class DatasetsCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec command;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "A data set.")
    private Optional<String> name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    DatasetsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<DatasetInfo> infos = Usage.checked(command, () -> name.map(List::of).orElse(Datasets.names()).stream()
                .map(Datasets::info)
                .toList());
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            infos.forEach(info -> fields.put(info.name(), fields(info)));
            console.json(fields);
        } else if (name.isPresent()) {
            infos.forEach(info ->
                    fields(info).forEach((key, value) -> console.out().printf(Locale.ROOT, "%-16s%s%n", key, value)));
        } else {
            infos.forEach(info ->
                    console.out().printf(Locale.ROOT, "%-16s%-60s%s%n", info.name(), info.description(), place(info)));
        }
        return 0;
    }

    private static Map<String, Object> fields(DatasetInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", info.name());
        fields.put("description", info.description());
        fields.put("input", info.input().text());
        fields.put("train", info.trainExamples());
        fields.put("test", info.testExamples());
        fields.put("origin", info.origin());
        fields.put("licence", info.licence());
        fields.put("place", place(info));
        info.address().ifPresent(address -> fields.put("address", address.toString()));
        return fields;
    }

    private static String place(DatasetInfo info) {
        return info.folder()
                .map(Object::toString)
                .orElse(info.address().isPresent() ? "not here; downloaded when asked for" : "built in");
    }
}
