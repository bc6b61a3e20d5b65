package io.github.latent4j.domain;

import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What an ONNX file may compute, each an output of that name with one row an example or code. */
public enum OnnxOutput {
    /** The codes of examples: an autoencoder's activations in the middle, a VAE's posterior means. */
    CODE,
    /** Examples encoded and decoded: for a VAE, the mean of p(x|z) at the posterior mean. */
    RECONSTRUCTION,
    /** The means of a VAE's posteriors q(z|x); the same as {@link #CODE}. */
    MEAN,
    /** The natural logarithms of the variances of a VAE's posteriors q(z|x). */
    LOG_VARIANCE,
    /** Codes decoded: for a VAE, the mean of p(x|z). */
    DECODED;

    /**
     * The output's name in the file.
     *
     * @return the constant's name in lower case, such as {@code log_variance}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The output of a name.
     *
     * @param text a name as {@link #text()} gives it, in any case
     * @return the output
     * @throws IllegalArgumentException if there is none of that name; the message lists the known ones
     */
    public static OnnxOutput parse(String text) {
        return Arrays.stream(values())
                .filter(o -> o.text().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("found output '%s', expected one of %s"
                        .formatted(text, list(EnumSet.allOf(OnnxOutput.class)))));
    }

    /**
     * The input that this output is computed from.
     *
     * @return {@code x}, examples, or {@code z}, codes
     */
    public String input() {
        return this == DECODED ? "z" : "x";
    }

    /**
     * The outputs that models of a kind have.
     *
     * @param spec of a model
     * @return all but {@code mean} and {@code log_variance} for autoencoders, all for VAEs
     */
    public static Set<OnnxOutput> of(ModelSpec spec) {
        return spec instanceof VaeSpec ? EnumSet.allOf(OnnxOutput.class) : EnumSet.of(CODE, RECONSTRUCTION, DECODED);
    }

    /**
     * The outputs that are computed from examples: a file of these has the one input {@code x}.
     *
     * @param spec of a model
     * @return all that models of its kind have but {@code decoded}
     */
    public static Set<OnnxOutput> ofExamples(ModelSpec spec) {
        Set<OnnxOutput> outputs = of(spec);
        outputs.remove(DECODED);
        return outputs;
    }

    static String list(Collection<OnnxOutput> outputs) {
        return outputs.stream().map(OnnxOutput::text).collect(Collectors.joining(", "));
    }
}
