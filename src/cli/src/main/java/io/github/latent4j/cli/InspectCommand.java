package io.github.latent4j.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.Provenance;
import io.github.latent4j.runtime.internal.Quoted;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a model file holds. */
@Command(
        name = "inspect",
        description = "Show what a model is and where it came from.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j inspect m.zip")
final class InspectCommand implements Callable<Integer> {
    private static final int COLUMNS_SHOWN = 40;

    private final Console console;

    @Mixin
    private ModelMixin model;

    @Option(names = "--json", description = "Print JSON, as it stands in the model file.")
    private boolean json;

    InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        LatentModel loaded = model.load();
        if (json) {
            Map<String, Object> fields =
                    new LinkedHashMap<>(JSON.std.mapFrom(new ModelDescription(loaded.spec(), loaded.card()).toJson()));
            fields.put("parameters", loaded.spec().layout().length());
            console.json(fields);
        } else {
            print(loaded);
        }
        return 0;
    }

    private void print(LatentModel loaded) {
        ModelCard card = loaded.card();
        line("model", Descriptions.of(loaded.spec()));
        line(
                "parameters",
                String.format(Locale.ROOT, "%,d", loaded.spec().layout().length()));
        line("input", card.input().text());
        if (card.input() instanceof Table table) {
            print(table.columns());
        }
        card.detection().ifPresent(detection -> line("anomaly detector", Descriptions.of(detection)));
        card.baseline().ifPresent(b -> line("baseline", "PCA of %d dimensions".formatted(b.dimensions())));
        card.metrics().forEach((name, value) -> line(name, text(value)));
        card.provenance().ifPresent(this::print);
    }

    /** Counts without decimals. */
    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    private void print(List<Column> columns) {
        columns.stream()
                .limit(COLUMNS_SHOWN)
                .forEach(column -> line("  " + Quoted.cut(column.name()), ColumnWords.of(column)));
        if (columns.size() > COLUMNS_SHOWN) {
            line("  …", String.format(Locale.ROOT, "%,d columns more", columns.size() - COLUMNS_SHOWN));
        }
    }

    private void print(Provenance provenance) {
        line("data", provenance.data());
        line("data SHA-256", provenance.dataSha256());
        line("trained on", String.format(Locale.ROOT, "%,d examples", provenance.examples()));
        line("engine", provenance.engine());
        line("plan", "");
        provenance.plan().forEach((field, value) -> line("  " + field, value));
        provenance.environment().forEach(this::line);
    }

    private void line(String name, String value) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s%n",
                        "%-36s%s"
                                .formatted(Quoted.line(name), Quoted.line(value))
                                .stripTrailing());
    }
}
