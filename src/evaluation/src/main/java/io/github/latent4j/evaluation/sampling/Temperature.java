package io.github.latent4j.evaluation.sampling;

/** What standard deviations are multiplied by. */
final class Temperature {
    private Temperature() {}

    static void check(double temperature) {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "temperature: found %s, expected a finite number above 0".formatted(temperature));
        }
    }

    /** Nothing for the temperature 1. */
    static String text(double temperature) {
        return temperature == 1 ? "" : " at temperature " + temperature;
    }
}
