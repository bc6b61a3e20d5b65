package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.runtime.Matrix;

/** A way from one code to another. */
public enum Interpolation {
    /** A straight line, in equal steps: (1 − t) a + t b. */
    LINEAR {
        @Override
        double[] shares(float[] a, float[] b, double t) {
            return new double[] {1 - t, t};
        }
    },
    /**
     * An arc in equal angles (Shoemake 1985, "Animating rotation with quaternion curves"): sin((1 − t) θ) / sin θ · a + sin(t θ)
     * / sin θ · b with the angle θ between both. Codes of a standard normal prior of many dimensions lie near a sphere; the
     * line leaves it, the arc does not (White 2016, "Sampling generative networks", arXiv 1609.04468). Where there is no angle
     * or no one arc - a code is 0, or both point the same or the opposite way - it is the straight line.
     */
    SPHERICAL {
        @Override
        double[] shares(float[] a, float[] b, double t) {
            double angle = angle(a, b);
            double sine = Math.sin(angle);
            // Not a number if a code is 0.
            return sine > LEAST_SINE
                    ? new double[] {Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine}
                    : LINEAR.shares(a, b, t);
        }
    };

    private static final double LEAST_SINE = 1e-6;

    /** What both codes are multiplied by. */
    abstract double[] shares(float[] a, float[] b, double t);

    /**
     * Codes on the way.
     *
     * @param from the first code
     * @param to the last code, as long
     * @param steps codes in all, at least 2
     * @return one code a row; the first and the last are the given ones, exactly
     * @throws IllegalArgumentException if the codes differ in length or are not finite, or there are fewer than two steps
     */
    public Matrix between(float[] from, float[] to, int steps) {
        if (from.length != to.length) {
            throw new IllegalArgumentException(
                    "found codes of %d and %d values, expected as many".formatted(from.length, to.length));
        }
        Codes.requireFinite(from);
        Codes.requireFinite(to);
        Steps.check(steps);
        Matrix codes = Matrix.zeros(steps, from.length);
        float[] z = codes.data();
        System.arraycopy(from, 0, z, 0, from.length);
        System.arraycopy(to, 0, z, z.length - to.length, to.length);
        for (int i = 1; i < steps - 1; i++) {
            double[] shares = shares(from, to, i / (steps - 1.0));
            for (int d = 0; d < from.length; d++) {
                z[i * from.length + d] = (float) (shares[0] * from[d] + shares[1] * to[d]);
            }
        }
        return codes;
    }

    /** The angle between vectors, exact for small and for large ones (Kahan); not a number if one is 0. */
    private static double angle(float[] a, float[] b) {
        double lengthOfA = length(a);
        double lengthOfB = length(b);
        double difference = 0;
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            double x = a[d] / lengthOfA;
            double y = b[d] / lengthOfB;
            difference += (x - y) * (x - y);
            sum += (x + y) * (x + y);
        }
        return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }
}
