package io.github.latent4j.runtime;

import java.util.Random;

/** Models with random parameters and examples for them, which a seed decides. */
public final class RandomModels {
    private RandomModels() {}

    /** A model whose activations neither vanish nor saturate. */
    public static LatentModel of(ModelSpec spec, long seed) {
        Random random = new Random(seed);
        float[] parameters = new float[spec.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.3 * random.nextGaussian());
        }
        return LatentModel.of(spec, parameters);
    }

    /**
     * Waits until it is decided whether the provider {@code vector}, where it is there, multiplies by vectors: a test that
     * began before would meet plain Java.
     */
    static void awaitVectors() throws InterruptedException {
        MultiplicationProvider.standard().prepare(new float[1], 0, 1, 1);
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("latent4j-vector-warm-up")) {
                thread.join();
            }
        }
    }

    /** Examples of values in [0, 1), a third of which are 0. */
    public static float[][] examples(int count, int size, long seed) {
        Random random = new Random(seed);
        float[][] examples = new float[count][size];
        for (float[] example : examples) {
            for (int i = 0; i < size; i++) {
                example[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
            }
        }
        return examples;
    }
}
