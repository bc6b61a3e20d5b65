package io.github.latent4j.training;

import io.github.latent4j.training.Objective.Bound;
import io.github.latent4j.training.Objective.Sparsity;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A plan as named texts, which is how files, command lines and provenance have it. */
final class PlanText {
    // Less than Java takes: no signs in front, no letters behind, no digits of other scripts.
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");

    private final Map<String, String> fields;

    private PlanText(Map<String, String> fields) {
        this.fields = fields;
    }

    static Map<String, String> write(TrainingPlan plan) {
        Optimisation optimisation = plan.optimisation();
        Objective objective = plan.objective();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("epochs", Integer.toString(plan.epochs()));
        fields.put("batchSize", Integer.toString(plan.batchSize()));
        fields.put("optimiser", optimisation.optimiser().text());
        fields.put("learningRate", Double.toString(optimisation.learningRate()));
        fields.put("schedule", optimisation.schedule().text());
        fields.put("weightDecay", Double.toString(optimisation.weightDecay()));
        fields.put("clipping", Double.toString(optimisation.clipping()));
        fields.put("beta", Double.toString(objective.beta()));
        fields.put("warmUp", objective.warmUp().text());
        fields.put("freeBits", Double.toString(objective.freeBits()));
        fields.put("bound", objective.bound().text());
        fields.put("samples", Integer.toString(objective.samples()));
        fields.put("sparsityTarget", Double.toString(objective.sparsity().target()));
        fields.put("sparsityWeight", Double.toString(objective.sparsity().weight()));
        fields.put("binarise", plan.binarise().text());
        fields.put("validationShare", Double.toString(plan.validationShare()));
        fields.put("patience", Integer.toString(plan.patience()));
        fields.put("pretrainingEpochs", Integer.toString(plan.pretraining().epochs()));
        fields.put("pretrainingMasking", Double.toString(plan.pretraining().masking()));
        fields.put("shards", Integer.toString(plan.shards()));
        fields.put("seed", Long.toString(plan.seed()));
        return fields;
    }

    static TrainingPlan read(TrainingPlan base, Map<String, String> changes) {
        Map<String, String> fields = write(base);
        changes.forEach((field, value) -> {
            if (fields.replace(field, value.strip()) == null) {
                throw new PlanException(field, "an unknown field", "one of " + String.join(", ", fields.keySet()));
            }
        });
        return new PlanText(fields).plan();
    }

    private TrainingPlan plan() {
        return new TrainingPlan(
                whole("epochs"),
                whole("batchSize"),
                new Optimisation(
                        Optimiser.parse(text("optimiser")),
                        number("learningRate"),
                        Schedule.parse(text("schedule")),
                        number("weightDecay"),
                        number("clipping")),
                new Objective(
                        number("beta"),
                        WarmUp.parse(text("warmUp")),
                        number("freeBits"),
                        Bound.parse(text("bound")),
                        whole("samples"),
                        new Sparsity(number("sparsityTarget"), number("sparsityWeight"))),
                Binarisation.parse(text("binarise")),
                number("validationShare"),
                whole("patience"),
                new Pretraining(whole("pretrainingEpochs"), number("pretrainingMasking")),
                whole("shards"),
                seed());
    }

    private String text(String field) {
        return Objects.requireNonNull(fields.get(field));
    }

    private int whole(String field) {
        return whole(field, text(field));
    }

    private double number(String field) {
        return number(field, text(field));
    }

    private long seed() {
        String text = text("seed");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new PlanException("seed", "'" + text + "'", "a whole number from -2^63 to 2^63 - 1");
        }
    }

    static int whole(String field, String text) {
        try {
            if (WHOLE.matcher(text).matches()) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException e) {
            throw new PlanException(field, text, "a whole number of less than 2^31");
        }
        throw new PlanException(field, "'" + text + "'", "a whole number");
    }

    static double number(String field, String text) {
        if (NUMBER.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        throw new PlanException(field, "'" + text + "'", "a number");
    }

    static <E extends Enum<E>> E constant(Class<E> type, String field, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new PlanException(
                        field,
                        "'" + text + "'",
                        "one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(type.getEnumConstants())
                                                .map(c -> c.name().toLowerCase(Locale.ROOT))
                                                .toList())));
    }
}
