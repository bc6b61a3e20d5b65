package io.github.latent4j.training;

import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.VaeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What suits a table where nobody says otherwise: a denoising VAE that is trained with cells left out, so that it knows each
 * column from the others, whether for missing cells or for odd ones.
 */
public final class TableDefaults {
    private static final int MOST_LATENT = 32;
    /** The size of the one hidden layer on either side. */
    public static final int HIDDEN = 128;

    private static final double MASKING = 0.2;

    /** How the input is disturbed. */
    public static final Corruption CORRUPTION = new Corruption.Masking(MASKING);

    private static final int STEPS = 5000;
    private static final int MOST_EPOCHS = 2000;
    private static final String LEARNING_RATE = "0.002";

    private TableDefaults() {}

    /**
     * The architecture for a table.
     *
     * @param table whose records are to be modelled
     * @return a VAE with a likelihood for each column
     */
    public static VaeSpec spec(InputContract.Table table) {
        return VaeSpec.of(table.size(), latent(table))
                .withHidden(HIDDEN)
                .withLikelihood(table.likelihood())
                .withCorruption(CORRUPTION);
    }

    /**
     * The size of the code for a table.
     *
     * @param table whose records are to be modelled
     * @return as many as features, at most 32
     */
    public static int latent(InputContract.Table table) {
        return Math.min(table.size(), MOST_LATENT);
    }

    /**
     * What of a plan suits a table: about as many steps for tables of any length (of a large one, one epoch), with a learning
     * rate that comes down from a higher start.
     *
     * @param plan all else
     * @param examples rows to train on, at least 1
     * @param said whether somebody asked for a field of the plan, by its name; it then stays as it is
     * @return a new plan
     */
    public static TrainingPlan plan(TrainingPlan plan, int examples, Predicate<String> said) {
        int stepsPerEpoch = (examples - 1) / plan.batchSize() + 1;
        int epochs = Math.min(MOST_EPOCHS, Math.max(1, Math.round((float) STEPS / stepsPerEpoch)));
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("epochs", String.valueOf(epochs));
        changes.put("schedule", "cosine");
        if (!said.test("optimiser")) {
            changes.put("learningRate", LEARNING_RATE);
        }
        changes.keySet().removeIf(said);
        return plan.with(changes);
    }

    /**
     * The default plan for a table.
     *
     * @param examples rows to train on, at least 1
     * @return the plan
     */
    public static TrainingPlan plan(int examples) {
        return plan(TrainingPlan.defaults(), examples, field -> false);
    }
}
