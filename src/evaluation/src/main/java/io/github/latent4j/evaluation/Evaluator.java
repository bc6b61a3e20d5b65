package io.github.latent4j.evaluation;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.PcaBaseline.FittedOn;
import io.github.latent4j.evaluation.internal.ModelData;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Vae;
import java.util.Optional;

/**
 * Measures a model. Immutable and thread-safe.
 *
 * <pre>{@code
 * Evaluation figures = Evaluator.of(model).withSeed(1).evaluate(digits.test());
 * }</pre>
 *
 * <p>The model multiplies as it was given: for much data, {@code model.using(MultiplicationProvider.forBatches())} is
 * faster, and the plain provider gives the same bits everywhere.
 */
public final class Evaluator {
    private final LatentModel model;
    private final long seed;
    private final int blockSize;

    private Evaluator(LatentModel model, long seed, int blockSize) {
        this.model = model;
        this.seed = seed;
        this.blockSize = blockSize;
    }

    /**
     * An evaluator with seed 0.
     *
     * @param model what to measure
     * @return the evaluator
     */
    public static Evaluator of(LatentModel model) {
        return new Evaluator(model, 0, ModelData.blockSize(model));
    }

    /**
     * The same with another seed, on which the draws of a VAE's posterior depend, and which examples a baseline is fitted on
     * if it does not take all.
     *
     * @param other any number
     * @return a new evaluator
     */
    public Evaluator withSeed(long other) {
        return new Evaluator(model, other, blockSize);
    }

    Evaluator withBlockSize(int examples) {
        return new Evaluator(model, seed, examples);
    }

    /**
     * Measures the model on examples, which are read once, in blocks; beside a block, memory holds two numbers an example.
     * A model without a baseline in its card is compared with one that is fitted on the examples, which reads them again.
     *
     * @param examples what the model takes
     * @return the figures
     * @throws IllegalArgumentException if the examples are not what the model takes, or its parameters give figures that
     *     are not finite
     * @throws java.io.UncheckedIOException if the file behind the examples cannot be read
     */
    public Evaluation evaluate(Examples examples) {
        InputContract input = ModelData.common(model, examples);
        Optional<Pca> ofCard = model.card().baseline();
        Pca pca = ofCard.orElseGet(() -> PcaFit.fit(examples, model.spec().latent(), seed));
        int features = input.size();
        ReconstructionErrors.Sums errors = new ReconstructionErrors.Sums(examples.size(), features);
        ReconstructionErrors.Sums pcaErrors = new ReconstructionErrors.Sums(examples.size(), features);
        Optional<EvidenceBound.Sums> bound =
                model instanceof Vae vae ? Optional.of(new EvidenceBound.Sums(vae, seed)) : Optional.empty();
        int size = examples.size();
        for (int from = 0, to; from < size; from = to) {
            to = Math.min(size - from, blockSize) + from;
            Matrix block = examples.read(from, to);
            Matrix codes = bound.map(b -> b.add(block)).orElseGet(() -> model.encode(block));
            errors.add(block, model.decode(codes));
            pcaErrors.add(block, pca.reconstruct(block));
        }
        return new Evaluation(
                model.spec(),
                examples.name(),
                examples.sha256(),
                size,
                input,
                seed,
                errors.result(),
                new PcaBaseline(
                        pcaErrors.result().overall().mean(),
                        pca.dimensions(),
                        ofCard.isPresent() ? FittedOn.TRAINING_DATA : FittedOn.EVALUATED_DATA),
                bound.map(EvidenceBound.Sums::result));
    }
}
