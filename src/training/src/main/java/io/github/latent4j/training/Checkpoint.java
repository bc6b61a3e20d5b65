package io.github.latent4j.training;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.internal.JsonFields;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a training needs to go on where it stands, bit for bit.
 *
 * @param identity what makes it this training and no other
 * @param environment what computed it, on which the last bits depend
 * @param progress how far it has come
 * @param state the engine's arrays by name
 * @param best the parameters of the best model; empty before the first epoch of the last phase is done
 */
record Checkpoint(
        Identity identity,
        Map<String, String> environment,
        Progress progress,
        Map<String, float[]> state,
        Optional<float[]> best) {
    private static final int FORMAT = 1;

    /** What the arrays are called. */
    static final String BEST = "best";

    private static final String STATE = "state/";

    /** All arrays by their names. */
    Map<String, float[]> arrays() {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        state.forEach((name, values) -> arrays.put(STATE + name, values));
        best.ifPresent(values -> arrays.put(BEST, values));
        return arrays;
    }

    /** All but the arrays' values. Numbers that are not whole are texts, which say every bit. */
    String toJson() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("format", FORMAT);
        root.put("training", identity.sections());
        root.put("environment", environment);
        root.put("phase", progress.phase());
        root.put("epoch", progress.epoch());
        root.put("step", progress.step());
        root.put("finished", progress.finished());
        Losses.Sum sum = progress.sum();
        root.put(
                "sum",
                numbers(
                        "loss", sum.loss(),
                        "reconstruction", sum.reconstruction(),
                        "kl", sum.kl(),
                        "examples", sum.examples(),
                        "seconds", progress.seconds()));
        Standing standing = progress.standing();
        root.put(
                "standing",
                numbers(
                        "bestEpoch", standing.bestEpoch(),
                        "bestLoss", standing.bestLoss(),
                        "since", standing.since(),
                        "rateFactor", standing.rateFactor(),
                        "sinceReduction", standing.sinceReduction()));
        root.put("history", progress.history().stream().map(Checkpoint::fields).toList());
        Map<String, Integer> lengths = new LinkedHashMap<>();
        arrays().forEach((name, values) -> lengths.put(name, values.length));
        root.put("arrays", lengths);
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(root);
        } catch (IOException e) {
            throw new IllegalStateException("a map of strings, numbers and lists is always JSON", e);
        }
    }

    private static Map<String, Object> fields(EpochReport report) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("phase", report.phase().name());
        fields.put("phaseEpochs", report.phase().epochs());
        fields.put("epoch", report.epoch());
        fields.put("training", fields(report.training()));
        report.validation().ifPresent(v -> fields.put("validation", fields(v)));
        fields.put("best", report.best());
        fields.put(
                "rates",
                numbers(
                        "learningRate", report.learningRate(),
                        "klWeight", report.klWeight(),
                        "seconds", report.seconds(),
                        "examplesPerSecond", report.examplesPerSecond()));
        return fields;
    }

    private static Map<String, String> fields(Losses losses) {
        return numbers("loss", losses.loss(), "reconstruction", losses.reconstruction(), "kl", losses.kl());
    }

    private static Map<String, String> numbers(Object... namesAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            texts.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
        }
        return texts;
    }

    /** The lengths of the arrays that a text tells of, by name. */
    static Map<String, Integer> lengths(JsonFields root) {
        int format = root.integer("format");
        if (format != FORMAT) {
            throw root.wrong("format", FORMAT + ", the one that this version of latent4j reads");
        }
        Map<String, Integer> lengths = new LinkedHashMap<>();
        JsonFields arrays = root.object("arrays");
        arrays.numbers().keySet().forEach(name -> lengths.put(name, arrays.integer(name)));
        return lengths;
    }

    /**
     * Puts together what {@link #toJson()} and {@link #arrays()} gave.
     *
     * @throws IllegalArgumentException if a field is missing or wrong; the message names it
     */
    static Checkpoint of(JsonFields root, Map<String, float[]> arrays) {
        Map<String, float[]> state = new LinkedHashMap<>();
        arrays.forEach((name, values) -> {
            if (name.startsWith(STATE)) {
                state.put(name.substring(STATE.length()), values);
            }
        });
        return new Checkpoint(
                Identity.of(root.object("training")),
                root.object("environment").texts(),
                progress(root),
                state,
                Optional.ofNullable(arrays.get(BEST)));
    }

    private static Progress progress(JsonFields root) {
        JsonFields sum = root.object("sum");
        JsonFields standing = root.object("standing");
        List<EpochReport> history = new ArrayList<>();
        root.objects("history").forEach(fields -> history.add(epoch(fields)));
        return new Progress(
                root.integer("phase"),
                root.integer("epoch"),
                root.integer("step"),
                new Losses.Sum(number(sum, "loss"), number(sum, "reconstruction"), number(sum, "kl"), (long)
                        number(sum, "examples")),
                number(sum, "seconds"),
                List.copyOf(history),
                new Standing(
                        (int) number(standing, "bestEpoch"),
                        number(standing, "bestLoss"),
                        (int) number(standing, "since"),
                        number(standing, "rateFactor"),
                        (int) number(standing, "sinceReduction")),
                root.bool("finished"));
    }

    private static EpochReport epoch(JsonFields fields) {
        JsonFields rates = fields.object("rates");
        return new EpochReport(
                new Phase(fields.string("phase"), fields.integer("phaseEpochs")),
                fields.integer("epoch"),
                losses(fields.object("training")),
                fields.optionalObject("validation").map(Checkpoint::losses),
                number(rates, "learningRate"),
                number(rates, "klWeight"),
                fields.bool("best"),
                number(rates, "seconds"),
                number(rates, "examplesPerSecond"));
    }

    private static Losses losses(JsonFields fields) {
        return new Losses(number(fields, "loss"), number(fields, "reconstruction"), number(fields, "kl"));
    }

    private static double number(JsonFields fields, String name) {
        try {
            return Double.parseDouble(fields.string(name));
        } catch (NumberFormatException e) {
            throw fields.wrong(name, "a number");
        }
    }
}
