package io.github.latent4j.domain;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Specifications drawn at random: every kind, depth, activation and likelihood. */
final class Specifications {
    private Specifications() {}

    static Arbitrary<ModelSpec> upTo(int mostUnits) {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, mostUnits);
        Arbitrary<List<Integer>> hidden = sizes.list().ofMaxSize(3);
        Arbitrary<List<Integer>> someHidden = sizes.list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Activation> activations = Arbitraries.of(Activation.class);
        Arbitrary<Likelihood> likelihoods = Arbitraries.of(
                        "bernoulli", "gaussian:0.5", "gaussian:per-feature", "gaussian:per-example")
                .map(Likelihood::parse);
        Arbitrary<Likelihood.Mixed> mixed = Combinators.combine(
                        likelihoods.injectNull(0.3), Arbitraries.integers().between(2, 5))
                .as((kind, features) -> kind == null
                        ? new Likelihood.Block(new Likelihood.Categorical(), features)
                        : new Likelihood.Block(kind, features - 1))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(Likelihood.Mixed::new);
        return Arbitraries.oneOf(
                Combinators.combine(mixed, someHidden, sizes, someHidden, activations)
                        .as((blocks, encoder, latent, decoder, f) ->
                                new VaeSpec(blocks.features(), encoder, latent, decoder, f, blocks)),
                Combinators.combine(sizes, someHidden, sizes, someHidden, activations, likelihoods)
                        .as(VaeSpec::new),
                Combinators.combine(sizes, hidden, sizes, activations, activations, activations)
                        .as((inputs, layers, latent, f, g, h) -> AutoencoderSpec.of(inputs, latent)
                                .withHidden(ints(layers))
                                .withActivations(f, g, h)),
                Combinators.combine(sizes, hidden, sizes, activations)
                        .as((inputs, layers, latent, f) -> AutoencoderSpec.of(inputs, latent)
                                .withHidden(ints(layers))
                                .withTiedWeights(f)));
    }

    private static int[] ints(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }
}
