package io.github.latent4j.runtime;

/**
 * The distribution p(x|z) of an example given its code, whose parameters are the decoder's outputs.
 *
 * <p>The outputs of one example are called raw here: before any activation, {@link #parametersPerFeature()} blocks of one
 * value a feature, as DL4J's reconstruction distributions order them.
 */
public sealed interface Likelihood {
    /** Independent Bernoulli variables. */
    Likelihood BERNOULLI = new Bernoulli();

    /** Independent Gaussians with one learned variance a feature, in the default bounds. */
    Likelihood GAUSSIAN = new Gaussian(Variance.PerFeature.DEFAULT);

    /**
     * The number of raw values for each feature.
     *
     * @return 1 or 2
     */
    int parametersPerFeature();

    /**
     * Turns raw values into the mean of p(x|z), in place, in the first {@code features} of them.
     *
     * @param raw the raw values of one example
     * @param offset where they start
     * @param features the number of features
     */
    void toMean(float[] raw, int offset, int features);

    /**
     * The log density, or log probability, of an example, summed over its features, in nats.
     *
     * @param x holds the example
     * @param xOffset where it starts
     * @param raw holds the raw values
     * @param rawOffset where they start
     * @param features the number of features
     * @return ln p(x|z), computed in double precision
     */
    double logProbability(float[] x, int xOffset, float[] raw, int rawOffset, int features);

    /**
     * Independent Bernoulli variables: ln p(x|z) = Σ x a − ln(1 + exp a), with the raw values a as log odds.
     *
     * <p>Grey values between 0 and 1 are put into the same formula, as is usual for images; it is then no normalised
     * density (Loaiza-Ganem and Cunningham 2019, arXiv 1907.06845), and figures compare only with figures got in the same
     * way. Saturated wrong outputs cost what they should here, while DL4J's own score leaves them out.
     */
    record Bernoulli() implements Likelihood {
        @Override
        public int parametersPerFeature() {
            return 1;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            Activation.SIGMOID.apply(raw, offset, offset + features);
        }

        @Override
        public double logProbability(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
            double sum = 0;
            for (int i = 0; i < features; i++) {
                double a = raw[rawOffset + i];
                sum += x[xOffset + i] * a - Activation.SOFTPLUS.of(a);
            }
            return sum;
        }
    }

    /**
     * Independent Gaussians: the raw values are the means, then the natural logarithms of the variances.
     *
     * @param variance what the variance depends on
     */
    record Gaussian(Variance variance) implements Likelihood {
        private static final double HALF_LN_2PI = 0.5 * Math.log(2 * Math.PI);

        @Override
        public int parametersPerFeature() {
            return 2;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            // The first block is the mean.
        }

        @Override
        public double logProbability(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
            double sum = -features * HALF_LN_2PI;
            for (int i = 0; i < features; i++) {
                double logVariance = raw[rawOffset + features + i];
                double difference = x[xOffset + i] - raw[rawOffset + i];
                sum -= 0.5 * (logVariance + difference * difference * Math.exp(-logVariance));
            }
            return sum;
        }
    }

    /** What the variance of a Gaussian likelihood depends on. Variances are in squared units of the preprocessed input. */
    sealed interface Variance {
        /**
         * One given variance for all features and examples.
         *
         * @param value above 0
         */
        record Fixed(double value) implements Variance {
            /**
             * Makes a fixed variance.
             *
             * @throws IllegalArgumentException if it is not finite and above 0
             */
            public Fixed {
                if (!(value > 0 && Double.isFinite(value))) {
                    throw new IllegalArgumentException("variance: found %s, expected above 0".formatted(value));
                }
            }
        }

        /**
         * One variance a feature, the same for all examples, learned within bounds that keep a feature that hardly varies
         * from taking the whole likelihood.
         *
         * @param min lower bound, above 0
         * @param max upper bound, at least {@code min}
         */
        record PerFeature(double min, double max) implements Variance {
            /** Between 0.001 and 1000. */
            static final PerFeature DEFAULT = new PerFeature(1e-3, 1e3);

            /**
             * Makes a learned variance.
             *
             * @throws IllegalArgumentException if the bounds are not 0 &lt; min &le; max
             */
            public PerFeature {
                checkBounds(min, max);
            }
        }

        /**
         * A variance for each feature of each example, as the decoder gives it. The bounds are kept in training alone: the
         * network that DL4J loads has no place for them, so a trained model's variance may leave them.
         *
         * @param min lower bound, above 0
         * @param max upper bound, at least {@code min}
         */
        record PerExample(double min, double max) implements Variance {
            /** Between 0.001 and 1000. */
            static final PerExample DEFAULT = new PerExample(1e-3, 1e3);

            /**
             * Makes a learned variance.
             *
             * @throws IllegalArgumentException if the bounds are not 0 &lt; min &le; max
             */
            public PerExample {
                checkBounds(min, max);
            }
        }

        private static void checkBounds(double min, double max) {
            if (!(min > 0 && min <= max && Double.isFinite(max))) {
                throw new IllegalArgumentException(
                        "bounds of the variance: found [%s, %s], expected 0 < min <= max".formatted(min, max));
            }
        }
    }

    /**
     * The text form: {@code bernoulli}, {@code gaussian:0.1} for a fixed variance, {@code gaussian:per-feature:MIN:MAX} or
     * {@code gaussian:per-example:MIN:MAX}.
     *
     * @return what {@link #parse} reads
     */
    default String text() {
        if (!(this instanceof Gaussian gaussian)) {
            return "bernoulli";
        }
        if (gaussian.variance() instanceof Variance.Fixed fixed) {
            return "gaussian:" + fixed.value();
        }
        if (gaussian.variance() instanceof Variance.PerExample learned) {
            return "gaussian:per-example:%s:%s".formatted(learned.min(), learned.max());
        }
        Variance.PerFeature learned = (Variance.PerFeature) gaussian.variance();
        return "gaussian:per-feature:%s:%s".formatted(learned.min(), learned.max());
    }

    /**
     * Reads the text form. The bounds may be left out; {@code gaussian} alone is {@code gaussian:per-feature}.
     *
     * @param text such as {@code bernoulli}, {@code gaussian}, {@code gaussian:0.1}, {@code gaussian:per-example}
     * @return the likelihood
     * @throws IllegalArgumentException if the text is none of these or a number is out of range
     */
    static Likelihood parse(String text) {
        String[] parts = text.split(":", -1);
        if (text.equals("bernoulli")) {
            return BERNOULLI;
        }
        if (parts[0].equals("gaussian")) {
            if (parts.length == 1) {
                return GAUSSIAN;
            }
            boolean perFeature = parts[1].equals("per-feature");
            if (perFeature || parts[1].equals("per-example")) {
                if (parts.length == 2) {
                    return perFeature ? GAUSSIAN : new Gaussian(Variance.PerExample.DEFAULT);
                }
                if (parts.length == 4) {
                    double min = number(text, parts[2]);
                    double max = number(text, parts[3]);
                    return new Gaussian(
                            perFeature ? new Variance.PerFeature(min, max) : new Variance.PerExample(min, max));
                }
            } else if (parts.length == 2) {
                return new Gaussian(new Variance.Fixed(number(text, parts[1])));
            }
        }
        throw new IllegalArgumentException(("found likelihood '%s', expected bernoulli, gaussian, gaussian:VARIANCE, "
                        + "gaussian:per-feature[:MIN:MAX] or gaussian:per-example[:MIN:MAX]")
                .formatted(text));
    }

    private static double number(String whole, String part) {
        try {
            return Double.parseDouble(part);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "likelihood '%s': found '%s', expected a number".formatted(whole, part), e);
        }
    }
}
