package io.github.latent4j.training;

import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.VaeSpec;

/**
 * What suits a table where nobody says otherwise: a denoising VAE that is trained with cells left out, so that it knows each
 * column from the others, whether for missing cells or for odd ones.
 */
public final class TableDefaults {
    private static final int MOST_LATENT = 32;
    private static final int HIDDEN = 128;
    private static final double MASKING = 0.3;
    private static final int STEPS = 2000;
    private static final int MOST_EPOCHS = 1000;

    private TableDefaults() {}

    /**
     * The architecture for a table.
     *
     * @param table whose records are to be modelled
     * @return a VAE with a likelihood for each column
     */
    public static VaeSpec spec(InputContract.Table table) {
        int features = table.size();
        return VaeSpec.of(features, Math.min(features, MOST_LATENT))
                .withHidden(HIDDEN)
                .withLikelihood(table.likelihood())
                .withCorruption(new Corruption.Masking(MASKING));
    }

    /**
     * The number of epochs that takes about as many steps for any table; of a large one, one epoch.
     *
     * @param examples rows to train on, at least 1
     * @param batchSize rows of a step, at least 1
     * @return at least 1
     */
    public static int epochs(int examples, int batchSize) {
        int stepsPerEpoch = (examples - 1) / batchSize + 1;
        return Math.min(MOST_EPOCHS, Math.max(1, Math.round((float) STEPS / stepsPerEpoch)));
    }
}
