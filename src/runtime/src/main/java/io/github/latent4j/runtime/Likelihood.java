package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The distribution p(x|z) of an example given its code, whose parameters are the decoder's outputs.
 *
 * <p>The outputs of one example are called raw here: before any activation, ordered as DL4J's reconstruction distributions
 * order them. Where features are of different kinds, as the columns of a table are, {@link Mixed} puts likelihoods side by
 * side.
 *
 * <p>A feature that is NaN is missing: it adds nothing to a log density, which is then that of the other features.
 */
public sealed interface Likelihood {
    /** Independent Bernoulli variables. */
    Likelihood BERNOULLI = new Bernoulli();

    /** Independent Gaussians with one learned variance a feature, in the default bounds. */
    Likelihood GAUSSIAN = new Gaussian(Variance.PerFeature.DEFAULT);

    /**
     * The number of raw values of an example.
     *
     * @param features of the example, fewer than 2<sup>30</sup>
     * @return once or twice as many for a likelihood of one kind, something between for a mixed one
     * @throws IllegalArgumentException if a mixed likelihood is of another number of features
     */
    int parameters(int features);

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
     * @param x holds the example; NaN where a value is missing
     * @param xOffset where it starts
     * @param raw holds the raw values
     * @param rawOffset where they start
     * @param features the number of features
     * @return ln p(x|z), summed in double precision. What a Bernoulli variable adds is off by 3e-7 nats at most, whatever its log
     *     odds; relative errors of what others add are below 1e-11
     */
    default double logProbability(float[] x, int xOffset, float[] raw, int rawOffset, int features) {
        return new LogDensities(features).of(this, x, xOffset, raw, rawOffset, features);
    }

    /**
     * Looks for a value that such a distribution does not give. A missing value is none.
     *
     * @param x holds the example
     * @param xOffset where it starts
     * @param features the number of features
     * @return the first feature with such a value, from 0; -1 if there is none
     */
    int unsupported(float[] x, int xOffset, int features);

    /**
     * What a feature's values are, for messages.
     *
     * @param feature from 0
     * @return such as {@code 0 to 1 for a Bernoulli likelihood}
     */
    String support(int feature);

    /**
     * Independent Bernoulli variables: ln p(x|z) = Σ x a − ln(1 + exp a), with the raw values a as log odds.
     *
     * <p>Grey values between 0 and 1 are put into the same formula, as is usual for images; it is then no normalised
     * density (Loaiza-Ganem and Cunningham 2019, arXiv 1907.06845), and figures compare only with figures got in the same
     * way. Saturated wrong outputs cost what they should here, while DL4J's own score leaves them out.
     */
    record Bernoulli() implements Likelihood {
        @Override
        public int parameters(int features) {
            return features;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            Activation.SIGMOID.apply(raw, offset, offset + features);
        }

        @Override
        public int unsupported(float[] x, int xOffset, int features) {
            for (int i = 0; i < features; i++) {
                if (x[xOffset + i] < 0 || x[xOffset + i] > 1) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public String support(int feature) {
            return "0 to 1 for a Bernoulli likelihood";
        }
    }

    /**
     * Independent Gaussians: the raw values are the means, then the natural logarithms of the variances.
     *
     * @param variance what the variance depends on
     */
    record Gaussian(Variance variance) implements Likelihood {
        @Override
        public int parameters(int features) {
            return 2 * features;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            // The first block is the mean.
        }

        @Override
        public int unsupported(float[] x, int xOffset, int features) {
            for (int i = 0; i < features; i++) {
                if (Float.isInfinite(x[xOffset + i])) {
                    return i;
                }
            }
            return -1;
        }

        @Override
        public String support(int feature) {
            return "a finite number for a Gaussian likelihood";
        }
    }

    /**
     * One of several categories, which the features hold one-hot: ln p(x|z) = Σ x ln softmax(a), with the raw values a as log
     * odds up to a constant. A block of a {@link Mixed} likelihood and nothing else. All of its features are missing together,
     * which the first one tells.
     */
    record Categorical() implements Likelihood {
        @Override
        public int parameters(int features) {
            return features;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            double logSum = LogDensities.logSum(raw, offset, features);
            for (int i = offset; i < offset + features; i++) {
                raw[i] = (float) Math.exp(raw[i] - logSum);
            }
        }

        @Override
        public int unsupported(float[] x, int xOffset, int features) {
            boolean missing = Float.isNaN(x[xOffset]);
            int ones = 0;
            for (int i = 0; i < features; i++) {
                float value = x[xOffset + i];
                ones += value == 1 ? 1 : 0;
                boolean right = missing ? Float.isNaN(value) : value == 0 || (value == 1 && ones == 1);
                if (!right) {
                    return i;
                }
            }
            return missing || ones == 1 ? -1 : 0;
        }

        @Override
        public String support(int feature) {
            return "one 1 and else 0 in the features of a category";
        }
    }

    /**
     * Likelihoods side by side: consecutive features fall into blocks, each with a likelihood of its own, and ln p(x|z) is the
     * sum of theirs. The raw values stand block by block; those of a Gaussian block are its means, then its log variances.
     *
     * @param blocks one after the other, at least one
     */
    record Mixed(List<Block> blocks) implements Likelihood {
        /**
         * Makes a likelihood of blocks.
         *
         * @throws IllegalArgumentException if there is no block, or they have more features than an array can hold
         */
        public Mixed {
            blocks = List.copyOf(blocks);
            if (blocks.isEmpty()) {
                throw new IllegalArgumentException("likelihood: found no block, expected at least one");
            }
            long sum = 0;
            for (Block block : blocks) {
                sum += block.features();
            }
            if (sum > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "likelihood: found blocks of %d features, expected fewer than 2^31".formatted(sum));
            }
        }

        /**
         * The number of features of all blocks.
         *
         * @return at least 1
         */
        public int features() {
            int sum = 0;
            for (int b = 0; b < blocks.size(); b++) {
                sum += blocks.get(b).features();
            }
            return sum;
        }

        @Override
        public int parameters(int features) {
            if (features != features()) {
                throw new IllegalArgumentException(
                        "likelihood: found blocks of %d features in all, expected %d, as many as an example has"
                                .formatted(features(), features));
            }
            int sum = 0;
            for (Block block : blocks) {
                sum += block.parameters();
            }
            return sum;
        }

        @Override
        public void toMean(float[] raw, int offset, int features) {
            int from = offset;
            int to = offset;
            for (int b = 0; b < blocks.size(); b++) {
                Block block = blocks.get(b);
                block.likelihood().toMean(raw, from, block.features());
                System.arraycopy(raw, from, raw, to, block.features());
                from += block.parameters();
                to += block.features();
            }
        }

        @Override
        public int unsupported(float[] x, int xOffset, int features) {
            int from = 0;
            for (Block block : blocks) {
                int found = block.likelihood().unsupported(x, xOffset + from, block.features());
                if (found >= 0) {
                    return from + found;
                }
                from += block.features();
            }
            return -1;
        }

        @Override
        public String support(int feature) {
            int from = 0;
            for (Block block : blocks) {
                if (feature < from + block.features()) {
                    return block.likelihood().support(feature - from);
                }
                from += block.features();
            }
            throw new IndexOutOfBoundsException(feature);
        }
    }

    /**
     * Consecutive features with one likelihood, of a {@link Mixed} one.
     *
     * @param likelihood of these features; any but a mixed one
     * @param features how many, at least 1, at least 2 for a categorical likelihood
     */
    record Block(Likelihood likelihood, int features) {
        /**
         * Makes a block.
         *
         * @throws IllegalArgumentException if there are too few features, or blocks would stand within a block
         */
        public Block {
            if (likelihood instanceof Mixed) {
                throw new IllegalArgumentException("likelihood: found blocks within a block, expected none");
            }
            int least = likelihood instanceof Categorical ? 2 : 1;
            if (features < least) {
                throw new IllegalArgumentException("likelihood: found a block %s[%d], expected at least %d feature%s"
                        .formatted(likelihood.text(), features, least, least == 1 ? "" : "s"));
            }
        }

        /**
         * The number of raw values of the block.
         *
         * @return as many as features, or twice as many
         */
        public int parameters() {
            return likelihood.parameters(features);
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
     * Whether features have a likelihood of a kind. With a {@link Gaussian} among them it is a density, which depends on the units
     * of the values; without, of ones and zeros and of categories, a probability.
     *
     * @param kind any but {@link Mixed}
     * @return true if it is of that kind, or a block of a mixed one is
     */
    default boolean has(Class<? extends Likelihood> kind) {
        return this instanceof Mixed mixed
                ? mixed.blocks().stream().anyMatch(block -> block.likelihood().has(kind))
                : kind.isInstance(this);
    }

    /**
     * For people: the text form, and of a mixed likelihood how many features have which, such as {@code 3 x gaussian:0.1,
     * 1 x bernoulli, 5 x categorical}.
     *
     * @return one line
     */
    default String summary() {
        if (!(this instanceof Mixed mixed)) {
            return text();
        }
        Map<String, Integer> features = new LinkedHashMap<>();
        for (Block block : mixed.blocks()) {
            features.merge(block.likelihood().text(), block.features(), Integer::sum);
        }
        return features.entrySet().stream()
                .map(kind -> kind.getValue() + " x " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    /**
     * The text form: {@code bernoulli}, {@code gaussian:0.1} for a fixed variance, {@code gaussian:per-feature:MIN:MAX} or
     * {@code gaussian:per-example:MIN:MAX}; for a mixed likelihood those of its blocks with the numbers of their features,
     * such as {@code gaussian:0.1[3]+bernoulli[1]+categorical[5]}.
     *
     * @return what {@link #parse} reads
     */
    default String text() {
        if (this instanceof Mixed mixed) {
            return mixed.blocks().stream()
                    .map(block -> "%s[%d]".formatted(block.likelihood().text(), block.features()))
                    .collect(Collectors.joining("+"));
        }
        if (!(this instanceof Gaussian gaussian)) {
            return this instanceof Categorical ? "categorical" : "bernoulli";
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
     * @param text such as {@code bernoulli}, {@code gaussian}, {@code gaussian:0.1}, {@code gaussian:per-example},
     *     {@code gaussian[3]+bernoulli[1]+categorical[5]}
     * @return the likelihood
     * @throws IllegalArgumentException if the text is none of these or a number is out of range
     */
    static Likelihood parse(String text) {
        if (text.endsWith("]")) {
            List<Block> blocks = new ArrayList<>();
            for (String block : text.split("(?<=])\\+", -1)) {
                blocks.add(block(block));
            }
            return new Mixed(blocks);
        }
        return ofOneKind(text);
    }

    private static Block block(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0 || bracket > 80 || !text.endsWith("]")) {
            throw new IllegalArgumentException(
                    "likelihood: found a block %s, expected one such as gaussian[3] or categorical[5]"
                            .formatted(Quoted.of(text)));
        }
        String kind = text.substring(0, bracket);
        String features = text.substring(bracket + 1, text.length() - 1);
        try {
            return new Block(
                    kind.equals("categorical") ? new Categorical() : ofOneKind(kind), Integer.parseInt(features));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "likelihood: found a block %s, expected a whole number of features in brackets"
                            .formatted(Quoted.of(text)),
                    e);
        }
    }

    private static Likelihood ofOneKind(String text) {
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
                        + "gaussian:per-feature[:MIN:MAX], gaussian:per-example[:MIN:MAX] or blocks of features such as "
                        + "gaussian[3]+bernoulli[1]+categorical[5]")
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
