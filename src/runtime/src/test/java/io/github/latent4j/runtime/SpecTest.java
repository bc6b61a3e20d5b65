package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.AutoencoderSpec.Weights;
import io.github.latent4j.runtime.ParameterLayout.Block;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SpecTest {
    @Test
    void hiddenLayersAreMirrored() {
        VaeSpec spec = VaeSpec.of(784, 20).withHidden(512, 256);
        assertThat(spec.encoder()).containsExactly(512, 256);
        assertThat(spec.decoder()).containsExactly(256, 512);
    }

    @Test
    void layoutOfAVae() {
        ParameterLayout layout =
                new VaeSpec(5, List.of(4), 2, List.of(3), Activation.TANH, Likelihood.GAUSSIAN).layout();
        assertThat(layout.blocks())
                .containsExactly(
                        new Block("e0W", 0, 4, 5),
                        new Block("e0b", 20, 4, 1),
                        new Block("pZXMeanW", 24, 2, 4),
                        new Block("pZXMeanb", 32, 2, 1),
                        new Block("pZXLogStd2W", 34, 2, 4),
                        new Block("pZXLogStd2b", 42, 2, 1),
                        new Block("d0W", 44, 3, 2),
                        new Block("d0b", 50, 3, 1),
                        new Block("pXZW", 53, 10, 3),
                        new Block("pXZb", 83, 10, 1));
        assertThat(layout.length()).isEqualTo(93);
        assertThatThrownBy(() -> layout.block("d1W")).hasMessage("no parameter named d1W");
    }

    @Test
    void layoutsOfAutoencoders() {
        AutoencoderSpec untied = AutoencoderSpec.of(5, 2).withHidden(3);
        assertThat(untied.layout().blocks().stream().map(Block::name))
                .containsExactly("0_W", "0_b", "1_W", "1_b", "2_W", "2_b", "3_W", "3_b");
        assertThat(untied.layout().length()).isEqualTo(5 * 3 + 3 + 3 * 2 + 2 + 2 * 3 + 3 + 3 * 5 + 5);
        AutoencoderSpec tied = untied.withTiedWeights(Activation.SIGMOID);
        assertThat(tied.layout().blocks().stream().map(Block::name))
                .containsExactly("0_W", "0_b", "0_vb", "1_W", "1_b", "1_vb");
        assertThat(tied.layout().length()).isEqualTo(5 * 3 + 3 + 5 + 3 * 2 + 2 + 3);
    }

    @Test
    void wrongSizesAreNamed() {
        assertThatThrownBy(() -> VaeSpec.of(784, 0)).hasMessage("latent size: found 0, expected at least 1");
        assertThatThrownBy(() -> AutoencoderSpec.of(0, 2)).hasMessage("input size: found 0, expected at least 1");
        assertThatThrownBy(() -> VaeSpec.of(784, 2).withHidden())
                .hasMessage("encoder layers: found none, expected at least one, as DL4J's layer requires");
        assertThatThrownBy(() -> AutoencoderSpec.of(784, 2).withHidden(3, -1))
                .hasMessage("size of a hidden layer: found -1, expected at least 1");
        assertThatThrownBy(() -> VaeSpec.of(1 << 20, 2).withHidden(1 << 12).layout())
                .hasMessage("found a model of more than 2^29 parameters, expected one of 2 GB at most");
    }

    @Test
    void whatAFileMayClaimHasLimits() {
        assertThatThrownBy(() -> VaeSpec.of(4, 2).withHidden(new int[257]))
                .hasMessage("encoder layers: found 257, expected at most 256");
        assertThatThrownBy(() -> new VaeSpec(
                        4, List.of(3), 2, Collections.nCopies(300, 3), Activation.RELU, Likelihood.BERNOULLI))
                .hasMessage("decoder layers: found 300, expected at most 256");
        assertThatThrownBy(() -> AutoencoderSpec.of(4, 2).withHidden(new int[257]))
                .hasMessage("hidden layers: found 257, expected at most 256");
        VaeSpec wide = VaeSpec.of(1 << 30, 2).withHidden(1).withLikelihood(Likelihood.GAUSSIAN);
        assertThatThrownBy(wide::layout)
                .hasMessage("found a model of more than 2^29 parameters, expected one of 2 GB at most");
        assertThatThrownBy(() -> InputContract.Table.ofNumbers(Collections.nCopies((1 << 18) + 1, "")))
                .hasMessage("number of columns: found 262145, expected at most 262144");
        assertThatThrownBy(() -> InputContract.Table.ofNumbers(Collections.nCopies(3, "x".repeat(700_000))))
                .hasMessage("names of features: found 2100000 characters, expected at most 2097152");
        ModelCard card = ModelCard.of(new InputContract.Vector(5));
        assertThatThrownBy(() -> new ModelDescription(VaeSpec.of(4, 2), card))
                .hasMessage("found an input contract of 5 values, expected 4 as in the specification");
    }

    @Test
    void aTiedStackHasOneActivation() {
        assertThatThrownBy(() -> AutoencoderSpec.of(784, 2)
                        .withTiedWeights(Activation.SIGMOID)
                        .withActivations(Activation.RELU, Activation.SIGMOID, Activation.SIGMOID))
                .hasMessage(
                        "a tied stack: found activations relu (hidden), sigmoid (code) and sigmoid (output), expected one"
                                + " throughout");
    }

    @Test
    void contractsAgreeOrNot() {
        InputContract image = new InputContract.Image(2, 2, 1);
        InputContract table = InputContract.Table.ofNumbers(List.of("a", "b", "c", "d"));
        InputContract vector = new InputContract.Vector(4);
        assertThat(image.common(image)).contains(image);
        assertThat(image.common(vector)).contains(image);
        assertThat(vector.common(table)).contains(table);
        assertThat(image.common(table)).isEmpty();
        assertThat(table.common(InputContract.Table.ofNumbers(List.of("b", "a", "c", "d"))))
                .isEmpty();
        assertThat(vector.common(new InputContract.Vector(5))).isEmpty();
        assertThat(image.featureNames()).containsExactly("x0", "x1", "x2", "x3");
        assertThatThrownBy(() -> new InputContract.Image(1 << 20, 1 << 20, 1))
                .hasMessage("image size: found 1048576 x 1048576, expected fewer than 2^31 values");
        assertThatThrownBy(() -> new ModelCard(vector, Optional.empty(), Map.of("elbo", Double.NaN), Optional.empty()))
                .hasMessage("metric elbo: found NaN, expected a finite number");
    }

    @Test
    void likelihoodsAndCorruptionsAreReadAndWritten() {
        for (String text : List.of(
                "bernoulli", "gaussian:0.25", "gaussian:per-feature:0.01:4.0", "gaussian:per-example:0.01:4.0")) {
            assertThat(Likelihood.parse(text).text()).isEqualTo(text);
        }
        String mixed = "gaussian:per-feature:0.001:1000.0[3]+bernoulli[1]+categorical[5]+gaussian:1.0E10[2]";
        assertThat(Likelihood.parse(mixed).text()).isEqualTo(mixed);
        assertThat(Likelihood.parse(mixed).parameters(11)).isEqualTo(6 + 1 + 5 + 4);
        assertThat(Likelihood.parse("gaussian:1e+3[2]").text()).isEqualTo("gaussian:1000.0[2]");
        assertThat(Likelihood.parse("gaussian")).isEqualTo(Likelihood.GAUSSIAN);
        assertThat(Likelihood.parse("gaussian:per-example").text()).isEqualTo("gaussian:per-example:0.001:1000.0");
        assertThatThrownBy(() -> Likelihood.parse("categorical"))
                .hasMessage("found likelihood 'categorical', expected bernoulli, gaussian, gaussian:VARIANCE,"
                        + " gaussian:per-feature[:MIN:MAX], gaussian:per-example[:MIN:MAX] or blocks of features such as"
                        + " gaussian[3]+bernoulli[1]+categorical[5]");
        assertThatThrownBy(() -> Likelihood.parse("gaussian[2]+5]"))
                .hasMessage("likelihood: found a block '5]', expected one such as gaussian[3] or categorical[5]");
        assertThatThrownBy(() -> Likelihood.parse("gaussian[2]+poisson[5]"))
                .hasMessageStartingWith("found likelihood 'poisson', expected bernoulli, gaussian, ");
        assertThatThrownBy(() -> Likelihood.parse("gaussian[x]"))
                .hasMessage("likelihood: found a block 'gaussian[x]', expected a whole number of features in brackets");
        assertThatThrownBy(() -> Likelihood.parse("bernoulli[2]+categorical[1]"))
                .hasMessage("likelihood: found a block categorical[1], expected at least 2 features");
        assertThatThrownBy(() -> Likelihood.parse("bernoulli[0]"))
                .hasMessage("likelihood: found a block bernoulli[0], expected at least 1 feature");
        assertThatThrownBy(() -> Likelihood.parse("bernoulli[2147483647]+gaussian[1]"))
                .hasMessage("likelihood: found blocks of 2147483648 features, expected fewer than 2^31");
        assertThatThrownBy(() -> new Likelihood.Block(Likelihood.parse("bernoulli[2]"), 2))
                .hasMessage("likelihood: found blocks within a block, expected none");
        assertThatThrownBy(() -> new Likelihood.Mixed(List.of()))
                .hasMessage("likelihood: found no block, expected at least one");
        assertThatThrownBy(() -> VaeSpec.of(4, 2).withLikelihood(Likelihood.parse("bernoulli[2]+categorical[3]")))
                .hasMessage("likelihood: found blocks of 5 features in all, expected 4, the input size");
        assertThatThrownBy(() -> VaeSpec.of(4, 2).withLikelihood(new Likelihood.Categorical()))
                .hasMessage("likelihood: found categorical for all features, expected it for a block of them, such as"
                        + " categorical[4]");
        for (String text : List.of("none", "masking:0.3", "gaussian:0.1")) {
            assertThat(Corruption.parse(text).text()).isEqualTo(text);
        }
        assertThatThrownBy(() -> Likelihood.parse("gaussian:-1")).hasMessage("variance: found -1.0, expected above 0");
        assertThatThrownBy(() -> Likelihood.parse("gaussian:x"))
                .hasMessage("likelihood 'gaussian:x': found 'x', expected a number");
        assertThatThrownBy(() -> Likelihood.parse("gaussian:per-feature:3:1"))
                .hasMessage("bounds of the variance: found [3.0, 1.0], expected 0 < min <= max");
        assertThatThrownBy(() -> Corruption.parse("masking:1.5"))
                .hasMessage("masking probability: found 1.5, expected from 0 to below 1");
        assertThatThrownBy(() -> Corruption.parse("salt"))
                .hasMessage(
                        "found corruption 'salt', expected none, masking:PROBABILITY or gaussian:STANDARD_DEVIATION");
    }

    @Provide
    Arbitrary<ModelSpec> specs() {
        Arbitrary<Integer> size = Arbitraries.integers().between(1, 50);
        Arbitrary<List<Integer>> sizes = size.list().ofMinSize(1).ofMaxSize(3);
        Arbitrary<Activation> activation = Arbitraries.of(Activation.class);
        Arbitrary<Likelihood> likelihood = Arbitraries.of(
                        "bernoulli", "gaussian", "gaussian:0.1", "gaussian:per-example")
                .map(Likelihood::parse);
        Arbitrary<Corruption> corruption =
                Arbitraries.of("none", "masking:0.25", "gaussian:0.5").map(Corruption::parse);
        Arbitrary<ModelSpec> vaes = Combinators.combine(size, sizes, size, sizes, activation, likelihood, corruption)
                .as(VaeSpec::new);
        Arbitrary<Likelihood.Mixed> mixed = Combinators.combine(
                        likelihood.injectNull(0.3), Arbitraries.integers().between(2, 9))
                .as((kind, features) ->
                        new Likelihood.Block(kind == null ? new Likelihood.Categorical() : kind, features))
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(Likelihood.Mixed::new);
        Arbitrary<ModelSpec> tables = Combinators.combine(mixed, size, corruption)
                .as((blocks, code, noise) -> VaeSpec.of(blocks.features(), code)
                        .withLikelihood(blocks)
                        .withCorruption(noise));
        Arbitrary<ModelSpec> untied = Combinators.combine(
                        size, sizes, size, activation, activation, activation, corruption)
                .as((in, hidden, code, a, b, c, noise) ->
                        new AutoencoderSpec(in, hidden, code, a, b, c, Weights.UNTIED, noise));
        Arbitrary<ModelSpec> tied = Combinators.combine(size, sizes, size, activation, corruption)
                .as((in, hidden, code, a, noise) ->
                        new AutoencoderSpec(in, hidden, code, a, a, a, Weights.TIED, noise));
        return Arbitraries.oneOf(vaes, tables, untied, tied);
    }

    @Property(tries = 200)
    void everyDescriptionGoesToJsonAndBack(@ForAll("specs") ModelSpec spec, @ForAll double metric)
            throws ModelFormatException {
        if (!Double.isFinite(metric)) {
            return;
        }
        InputContract input = InputContract.Table.ofNumbers(
                IntStream.range(0, spec.inputs()).mapToObj(i -> "ä\"\n" + i).toList());
        ModelCard card = new ModelCard(
                input,
                Optional.of(new Provenance("d", "ff", 3, "e", Map.of("epochs", "1"), Map.of())),
                Map.of("metric", metric),
                Optional.empty());
        ModelDescription description = new ModelDescription(spec, card);
        assertThat(ModelDescription.parse(description.toJson(), Map.of())).isEqualTo(description);
    }

    @Test
    void aSummaryOfALikelihoodCountsFeatures() {
        assertThat(Likelihood.BERNOULLI.summary()).isEqualTo("bernoulli");
        assertThat(Likelihood.parse("gaussian:0.1[2]+bernoulli[1]+categorical[5]+gaussian:0.1[1]+categorical[3]")
                        .summary())
                .isEqualTo("3 x gaussian:0.1, 1 x bernoulli, 8 x categorical");
    }
}
