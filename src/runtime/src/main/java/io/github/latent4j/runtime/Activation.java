package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.Exponentials;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An elementwise activation function, with the definition that the function of the same name has in DL4J.
 *
 * <p>A result does not depend on the place of an element in its batch. Sigmoid, tanh and ELU are computed in single precision,
 * with absolute errors below 3e-7; the others in double precision, rounded once.
 */
public enum Activation {
    /** f(x) = x. */
    IDENTITY {
        @Override
        double of(double x) {
            return x;
        }

        @Override
        public void apply(float[] values, int from, int to) {
            // Every value is its own image.
        }
    },
    /** f(x) = 1 / (1 + exp(-x)). */
    SIGMOID {
        @Override
        double of(double x) {
            return 1 / (1 + Math.exp(-x));
        }

        @Override
        public void apply(float[] values, int from, int to) {
            Exponentials.sigmoid(values, from, to);
        }
    },
    /** f(x) = tanh x. */
    TANH {
        @Override
        double of(double x) {
            return Math.tanh(x);
        }

        @Override
        public void apply(float[] values, int from, int to) {
            Exponentials.tanh(values, from, to);
        }
    },
    /** f(x) = max(0, x). */
    RELU {
        @Override
        double of(double x) {
            return Math.max(0, x);
        }

        @Override
        public void apply(float[] values, int from, int to) {
            for (int i = from; i < to; i++) {
                values[i] = Math.max(0f, values[i]);
            }
        }
    },
    /** f(x) = x for x &ge; 0, else 0.01 x. */
    LEAKYRELU {
        @Override
        double of(double x) {
            return x >= 0 ? x : 0.01 * x;
        }
    },
    /** f(x) = x for x &ge; 0, else exp(x) - 1 (Clevert et al. 2016, arXiv 1511.07289). */
    ELU {
        @Override
        double of(double x) {
            return x >= 0 ? x : Math.expm1(x);
        }

        @Override
        public void apply(float[] values, int from, int to) {
            Exponentials.elu(values, from, to);
        }
    },
    /** The scaled exponential linear unit (Klambauer et al. 2017, arXiv 1706.02515). */
    SELU {
        @Override
        double of(double x) {
            return 1.0507009873554804934193349852946 * (x > 0 ? x : 1.6732632423543772848170429916717 * Math.expm1(x));
        }
    },
    /** f(x) = ln(1 + exp x). */
    SOFTPLUS {
        @Override
        double of(double x) {
            return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
        }
    },
    /** f(x) = x / (1 + |x|). */
    SOFTSIGN {
        @Override
        double of(double x) {
            return x / (1 + Math.abs(x));
        }
    },
    /** f(x) = x sigmoid(x) (Ramachandran et al. 2017, arXiv 1710.05941). */
    SWISH {
        @Override
        double of(double x) {
            return x / (1 + Math.exp(-x));
        }
    },
    /** f(x) = x sigmoid(1.702 x), the approximation of Hendrycks and Gimpel 2016 (arXiv 1606.08415) that DL4J uses. */
    GELU {
        @Override
        double of(double x) {
            return x / (1 + Math.exp(-1.702 * x));
        }
    },
    /** f(x) = x tanh(ln(1 + exp x)) (Misra 2019, arXiv 1908.08681). */
    MISH {
        @Override
        double of(double x) {
            return x * Math.tanh(SOFTPLUS.of(x));
        }
    },
    /** f(x) = min(1, max(0, 0.2 x + 0.5)). */
    HARDSIGMOID {
        @Override
        double of(double x) {
            return Math.min(1, Math.max(0, 0.2 * x + 0.5));
        }
    },
    /** f(x) = min(1, max(-1, x)). */
    HARDTANH {
        @Override
        double of(double x) {
            return Math.min(1, Math.max(-1, x));
        }
    },
    /** f(x) = x cubed. */
    CUBE {
        @Override
        double of(double x) {
            return x * x * x;
        }
    };

    abstract double of(double x);

    /**
     * Applies the function in place to {@code values[from]} up to, without, {@code values[to]}.
     *
     * @param values changed
     * @param from the first index
     * @param to behind the last index
     */
    public void apply(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            values[i] = (float) of(values[i]);
        }
    }

    /**
     * The name as model files, plans and the command line write it.
     *
     * @return the constant's name in lower case, such as {@code relu}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The activation of a name.
     *
     * @param text a name as {@link #text()} gives it, in any case
     * @return the activation
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static Activation parse(String text) {
        for (Activation activation : values()) {
            if (activation.text().equalsIgnoreCase(text)) {
                return activation;
            }
        }
        String known = Arrays.stream(values()).map(Activation::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("found activation '%s', expected one of %s".formatted(text, known));
    }
}
