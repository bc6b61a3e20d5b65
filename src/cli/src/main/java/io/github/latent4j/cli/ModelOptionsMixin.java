package io.github.latent4j.cli;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.AutoencoderSpec.Weights;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TableDefaults;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what model is to be trained. */
final class ModelOptionsMixin {
    private enum Kind {
        AE,
        VAE
    }

    private static final class Kinds extends Choices {
        Kinds() {
            super(Kind.class);
        }
    }

    private static final class Ties extends Choices {
        Ties() {
            super(Weights.class);
        }
    }

    @Option(
            names = "--model",
            defaultValue = "vae",
            paramLabel = "KIND",
            completionCandidates = Kinds.class,
            description = "ae, an autoencoder, or vae, a variational one (default: vae).")
    private Kind kind;

    @Option(
            names = "--latent",
            paramLabel = "N",
            description =
                    "Values of a code (default: 20 for images, as many as features but at most 32 for tables, else"
                            + " half as many as values, at most 10).")
    private Optional<Integer> latent;

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "N",
            description =
                    "Sizes of the encoder's hidden layers (default: 512,256 for images, 128 for tables, else 128,64).")
    private int @Nullable [] hidden;

    @Option(
            names = "--activation",
            paramLabel = "NAME",
            description =
                    "Of the hidden layers (default: relu for a VAE, elu for an autoencoder, sigmoid where weights are tied).")
    private Optional<String> activation;

    @Option(
            names = "--code-activation",
            paramLabel = "NAME",
            description =
                    "Of an autoencoder's code (default: identity; that of the hidden layers where weights are tied).")
    private Optional<String> codeActivation;

    @Option(
            names = "--output-activation",
            paramLabel = "NAME",
            description =
                    "Of an autoencoder's output (default: that of the hidden layers where weights are tied, sigmoid for images, else identity).")
    private Optional<String> outputActivation;

    @Option(
            names = "--likelihood",
            paramLabel = "NAME",
            description = "Of a VAE: bernoulli, gaussian, gaussian:VARIANCE, gaussian:per-feature[:MIN:MAX], "
                    + "gaussian:per-example[:MIN:MAX] or blocks of columns such as "
                    + "gaussian[3]+bernoulli[1]+categorical[5] (default: bernoulli for images, else gaussian).")
    private Optional<String> likelihood;

    @Option(
            names = "--weights",
            defaultValue = "untied",
            paramLabel = "WEIGHTS",
            completionCandidates = Ties.class,
            description = "Of an autoencoder: tied or untied (default: untied).")
    private Weights weights;

    @Option(
            names = "--corruption",
            paramLabel = "KIND",
            description = "Of the input while training: none, masking:PROBABILITY or gaussian:DEVIATION (default:"
                    + " masking:0.2 for tables with the engine fused, else none).")
    private Optional<String> corruption;

    /**
     * What is to be trained on examples.
     *
     * @param fused whether it is to be trained with the engine of that name
     * @throws IllegalArgumentException if an option is wrong or means nothing for this kind of model
     */
    ModelSpec spec(InputContract input, boolean fused) {
        boolean image = input instanceof InputContract.Image;
        Optional<Table> table = input instanceof Table columns ? Optional.of(columns) : Optional.empty();
        int size = input.size();
        int code = latent.orElseGet(
                () -> image ? 20 : table.map(TableDefaults::latent).orElse(Math.max(1, Math.min(10, size / 2))));
        int[] sizes = hidden != null
                ? hidden
                : image
                        ? new int[] {512, 256}
                        : table.isPresent() ? new int[] {TableDefaults.HIDDEN} : new int[] {128, 64};
        Corruption disturbed = corruption
                .map(Corruption::parse)
                .orElse(table.isPresent() && fused ? TableDefaults.CORRUPTION : Corruption.NONE);
        if (kind == Kind.VAE) {
            refuse(weights == Weights.TIED, "--weights tied");
            refuse(codeActivation.isPresent(), "--code-activation");
            refuse(outputActivation.isPresent(), "--output-activation");
            VaeSpec spec = VaeSpec.of(size, code).withHidden(sizes);
            return spec.withActivation(activation.map(Activation::parse).orElse(spec.activation()))
                    .withLikelihood(likelihood
                            .map(Likelihood::parse)
                            .orElseGet(() -> image
                                    ? Likelihood.BERNOULLI
                                    : table.map(Table::likelihood).orElse(Likelihood.GAUSSIAN)))
                    .withCorruption(disturbed);
        }
        if (likelihood.isPresent()) {
            throw new IllegalArgumentException("--likelihood: found it with --model ae, expected it with vae alone");
        }
        boolean tied = weights == Weights.TIED;
        Activation inner = activation.map(Activation::parse).orElse(tied ? Activation.SIGMOID : Activation.ELU);
        return new AutoencoderSpec(
                size,
                Arrays.stream(sizes).boxed().toList(),
                code,
                inner,
                codeActivation.map(Activation::parse).orElse(tied ? inner : Activation.IDENTITY),
                outputActivation
                        .map(Activation::parse)
                        .orElse(tied ? inner : image ? Activation.SIGMOID : Activation.IDENTITY),
                weights,
                disturbed);
    }

    private static void refuse(boolean given, String option) {
        if (given) {
            throw new IllegalArgumentException(
                    "%s: found it with --model vae, expected it with ae alone".formatted(option));
        }
    }
}
