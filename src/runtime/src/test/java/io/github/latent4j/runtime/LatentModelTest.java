package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatentModelTest {
    /** Two inputs, one hidden unit, one latent dimension; the encoder adds, the decoder copies. */
    private static Vae vae(Likelihood likelihood, float... decoderHead) {
        VaeSpec spec = new VaeSpec(2, List.of(1), 1, List.of(1), Activation.IDENTITY, likelihood);
        float[] encoder = {1, 1, 0.5f, 2, 0, 0, (float) Math.log(0.25)}; // e0W, e0b, mean W b, log variance W b
        float[] decoder = {1, 0}; // d0W, d0b
        float[] all = new float[encoder.length + decoder.length + decoderHead.length];
        System.arraycopy(encoder, 0, all, 0, encoder.length);
        System.arraycopy(decoder, 0, all, encoder.length, decoder.length);
        System.arraycopy(decoderHead, 0, all, encoder.length + decoder.length, decoderHead.length);
        return (Vae) LatentModel.of(spec, all);
    }

    private static Vae bernoulli() {
        return vae(Likelihood.BERNOULLI, 1, -1, 0, 0); // log odds z and -z
    }

    @Test
    void posteriorAndKlInClosedForm() {
        Posterior posterior = bernoulli().posterior(Matrix.of(new float[] {0.25f, 0.5f}));
        // mean = 2 (0.25 + 0.5 + 0.5), variance = 0.25
        assertThat(posterior.mean().get(0, 0)).isEqualTo(2.5f);
        assertThat(posterior.logVariance().get(0, 0)).isEqualTo((float) Math.log(0.25));
        assertThat(posterior.kl(0)).isCloseTo(0.5 * (6.25 + 0.25 - 1 - Math.log(0.25)), within(1e-7));
        assertThat(bernoulli().encode(new float[] {0.25f, 0.5f})).containsExactly(2.5f);
    }

    @Test
    void klIsZeroAtThePriorAndKeepsItsDigitsNearIt() {
        Posterior prior = new Posterior(Matrix.zeros(1, 3), Matrix.zeros(1, 3));
        assertThat(prior.kl(0)).isZero();
        Posterior near = new Posterior(Matrix.zeros(1, 1), Matrix.of(new float[] {1e-5f}));
        double lv = 1e-5f;
        assertThat(near.kl(0)).isCloseTo(lv * lv / 4, within(1e-16));
    }

    @Test
    void bernoulliLikelihoodInClosedForm() {
        Vae vae = bernoulli();
        Matrix x = Matrix.of(new float[] {1, 0.25f});
        double z = 0.7f;
        double p = 1 / (1 + Math.exp(-z));
        double expected = Math.log(p) + 0.25 * Math.log(1 - p) + 0.75 * Math.log(p);
        assertThat(vae.logLikelihoodGiven(x, Matrix.of(new float[] {0.7f}))[0]).isCloseTo(expected, within(1e-6));
        assertThat(vae.decode(new float[] {0.7f})[0]).isCloseTo((float) p, within(1e-6f));
        // A saturated wrong output costs what it should: ln p = -200 where x = 1 and the log odds are -200.
        assertThat(vae.logLikelihoodGiven(Matrix.of(new float[] {1, 0}), Matrix.of(new float[] {-200}))[0])
                .isCloseTo(-400, within(1e-6));
    }

    @Test
    void gaussianLikelihoodInClosedForm() {
        // means z and -z, variances 0.25 and 4
        Vae vae = vae(Likelihood.GAUSSIAN, 1, -1, 0, 0, 0, 0, (float) Math.log(0.25), (float) Math.log(4));
        double expected =
                -0.5 * (Math.log(2 * Math.PI * 0.25) + 0.09 / 0.25) - 0.5 * (Math.log(2 * Math.PI * 4) + 1.44 / 4);
        double found = vae.logLikelihoodGiven(Matrix.of(new float[] {1, 0.5f}), Matrix.of(new float[] {0.7f}))[0];
        assertThat(found).isCloseTo(expected, within(1e-6));
        assertThat(vae.decode(new float[] {0.7f})).containsExactly(0.7f, -0.7f);
    }

    @Test
    void mixedLikelihoodInClosedForm() {
        Likelihood likelihood = Likelihood.parse("categorical[3]+gaussian[1]+bernoulli[1]");
        float[] raw = {9, 1, 2, -1, 0.5f, (float) Math.log(4), 0.3f};
        float[] x = {9, 9, 0, 1, 0, 1.5f, 1};
        double total = Math.exp(1) + Math.exp(2) + Math.exp(-1);
        double gaussian = -0.5 * (Math.log(2 * Math.PI * 4) + 1.0 / 4);
        double bernoulli = -Math.log(1 + Math.exp(-0.3f));
        assertThat(likelihood.logProbability(x, 2, raw, 1, 5))
                .isCloseTo(2 - Math.log(total) + gaussian + bernoulli, within(1e-6));
        x[5] = Float.NaN;
        assertThat(likelihood.logProbability(x, 2, raw, 1, 5)).isCloseTo(2 - Math.log(total) + bernoulli, within(1e-6));
        x[2] = Float.NaN;
        x[3] = Float.NaN;
        x[4] = Float.NaN;
        assertThat(likelihood.logProbability(x, 2, raw, 1, 5)).isCloseTo(bernoulli, within(1e-6));
        likelihood.toMean(raw, 1, 5);
        float[] mean = {
            (float) (Math.exp(1) / total),
            (float) (Math.exp(2) / total),
            (float) (Math.exp(-1) / total),
            0.5f,
            (float) (1 / (1 + Math.exp(-0.3)))
        };
        for (int i = 0; i < 5; i++) {
            assertThat(raw[1 + i]).isCloseTo(mean[i], within(1e-6f));
        }
        assertThat(raw[0]).isEqualTo(9);
    }

    @Test
    void categoriesFarApartDoNotOverflow() {
        float[] raw = {1000, -1000, 0};
        Likelihood likelihood = Likelihood.parse("categorical[3]");
        assertThat(likelihood.logProbability(new float[] {0, 1, 0}, 0, raw, 0, 3))
                .isEqualTo(-2000);
        likelihood.toMean(raw, 0, 3);
        assertThat(raw).containsExactly(1, 0, 0);
    }

    @Test
    void missingValuesAreZeroToTheNetworkAndCountNowhere() {
        ModelSpec[] specs = {
            VaeSpec.of(5, 2).withHidden(4).withLikelihood(Likelihood.parse("gaussian[2]+categorical[3]")),
            VaeSpec.of(5, 2).withHidden(4).withLikelihood(Likelihood.GAUSSIAN),
            AutoencoderSpec.of(5, 2).withHidden(4)
        };
        InputContract table = InputContract.Table.ofNumbers(List.of("a", "b", "c", "d", "e"));
        float nan = Float.NaN;
        Matrix x = Matrix.of(new float[] {0.5f, nan, 0, 1, 0}, new float[] {0.5f, 2, nan, nan, nan}, new float[] {
            nan, nan, nan, nan, nan
        });
        Matrix zeros = Matrix.of(new float[] {0.5f, 0, 0, 1, 0}, new float[] {0.5f, 2, 0, 0, 0}, new float[5]);
        for (ModelSpec spec : specs) {
            LatentModel model = RandomModels.of(spec, 4).withCard(ModelCard.of(table));
            assertThat(model.encode(x)).isEqualTo(model.encode(zeros));
            assertThat(model.reconstruct(x)).isEqualTo(model.reconstruct(zeros));
            Matrix y = model.reconstruct(x);
            Matrix perFeature = model.errorPerFeature(x);
            double[] errors = model.reconstructionErrors(x);
            for (int r = 0; r < 3; r++) {
                double sum = 0;
                int present = 0;
                for (int i = 0; i < 5; i++) {
                    boolean there = !Float.isNaN(x.get(r, i));
                    float difference = there ? y.get(r, i) - x.get(r, i) : 0;
                    assertThat(perFeature.get(r, i)).isEqualTo(difference * difference);
                    sum += difference * (double) difference;
                    present += there ? 1 : 0;
                }
                assertThat(errors[r]).isCloseTo(present == 0 ? 0 : sum / present, within(1e-7));
                assertThat(model.encode(x.row(r))).containsExactly(model.encode(zeros.row(r)));
                assertThat(model.errorPerFeature(x.row(r))).containsExactly(perFeature.row(r));
                assertThat(model.reconstructionError(x.row(r))).isEqualTo(errors[r]);
            }
            if (model instanceof Vae vae) {
                assertThat(vae.posterior(x)).isEqualTo(vae.posterior(zeros));
                assertThat(vae.logLikelihoodGiven(x, Matrix.zeros(3, 2))[2]).isZero();
                assertThat(vae.elbo(x, new Random(1))[2].logLikelihood()).isZero();
            }
            assertThatThrownBy(() -> model.encode(new float[] {0, 1, Float.NEGATIVE_INFINITY, 0, 0}))
                    .hasMessage("input: found -Infinity at index 2, expected a finite number");
            assertThatThrownBy(() -> model.decode(new float[] {0, nan}))
                    .hasMessage("code: found NaN at index 1, expected a finite number");
            LatentModel vector = model.withCard(ModelCard.of(new InputContract.Vector(5)));
            assertThatThrownBy(() -> vector.reconstruct(x))
                    .hasMessage("input: found NaN in example 0 at index 1, expected a finite number");
        }
    }

    @Test
    void whatNoBlockGivesIsNamed() {
        VaeSpec spec = VaeSpec.of(6, 2).withLikelihood(Likelihood.parse("gaussian[2]+bernoulli[1]+categorical[3]"));
        Vae vae = (Vae) RandomModels.of(spec, 4)
                .withCard(ModelCard.of(InputContract.Table.ofNumbers(List.of("a", "b", "c", "d", "e", "f"))));
        float nan = Float.NaN;
        float[][] wrong = {
            {5, -5, 1.5f, 0, 1, 0},
            {0, 0, 1, 0, 0, 0},
            {0, 0, 1, 1, 0, 1},
            {0, 0, 1, 0.5f, 0.5f, 0},
            {0, 0, 1, nan, 0, nan}
        };
        String[] messages = {
            "1.5 in example 1 at index 2, expected 0 to 1 for a Bernoulli likelihood",
            "0.0 in example 1 at index 3, expected one 1 and else 0 in the features of a category",
            "1.0 in example 1 at index 5, expected one 1 and else 0 in the features of a category",
            "0.5 in example 1 at index 3, expected one 1 and else 0 in the features of a category",
            "0.0 in example 1 at index 4, expected one 1 and else 0 in the features of a category"
        };
        float[] right = {-3, nan, nan, 0, 0, 1};
        for (int i = 0; i < wrong.length; i++) {
            Matrix batch = Matrix.of(right, wrong[i]);
            assertThatThrownBy(() -> vae.elbo(batch, new Random(1))).hasMessage("input: found " + messages[i]);
        }
    }

    @Test
    void theBoundIsLikelihoodLessKl() {
        Matrix x = Matrix.of(new float[] {0.25f, 0.5f}, new float[] {0, 1});
        Vae vae = bernoulli();
        Elbo[] bounds = vae.elbo(x, new Random(3));
        Posterior posterior = vae.posterior(x);
        double[] logLikelihood = vae.logLikelihoodGiven(x, posterior.sample(new Random(3)));
        for (int r = 0; r < 2; r++) {
            assertThat(bounds[r].value()).isEqualTo(logLikelihood[r] - posterior.kl(r));
        }
    }

    @Test
    void drawsOfThePosteriorHaveItsMeanAndVariance() {
        int draws = 20_000;
        float[] mean = new float[draws];
        float[] logVariance = new float[draws];
        Arrays.fill(mean, 3);
        Arrays.fill(logVariance, (float) Math.log(0.25));
        Posterior posterior = new Posterior(Matrix.wrap(draws, 1, mean), Matrix.wrap(draws, 1, logVariance));
        float[] z = posterior.sample(new Random(1)).data();
        double average =
                IntStream.range(0, draws).mapToDouble(i -> z[i]).average().orElseThrow();
        double variance = IntStream.range(0, draws)
                .mapToDouble(i -> (z[i] - average) * (z[i] - average))
                .average()
                .orElseThrow();
        assertThat(average).isCloseTo(3, within(4 * 0.5 / Math.sqrt(draws)));
        assertThat(variance).isCloseTo(0.25, within(0.01));
    }

    @Test
    void samplesAreSeededAndDecodedFromThePrior() {
        Vae vae = bernoulli();
        Matrix samples = vae.sample(3, new Random(5));
        assertThat(samples).isEqualTo(vae.sample(3, new Random(5))).isNotEqualTo(vae.sample(3, new Random(6)));
        float z = (float) new Random(5).nextGaussian();
        assertThat(samples.row(0)).containsExactly(vae.decode(new float[] {z}));
        assertThat(vae.sample(0, new Random()).rows()).isZero();
    }

    @Test
    void errorsOfAnAutoencoder() {
        // x -> 2 x0 + 1 -> (code, -code)
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 1).withActivations(Activation.IDENTITY, Activation.IDENTITY, Activation.IDENTITY);
        Autoencoder model = (Autoencoder) LatentModel.of(spec, new float[] {2, 0, 1, 1, -1, 0, 0});
        float[] x = {0.5f, 1};
        assertThat(model.encode(x)).containsExactly(2);
        assertThat(model.reconstruct(x)).containsExactly(2, -2);
        assertThat(model.errorPerFeature(x)).containsExactly(2.25f, 9);
        assertThat(model.reconstructionError(x)).isEqualTo((2.25 + 9) / 2);
        assertThat(model.parameters()).isNotSameAs(model.parameters());
    }

    @Test
    void resultsMayTakeThePlaceOfArguments() {
        Vae vae = bernoulli();
        float[] x = {0.25f, 0.75f};
        float[] reconstructed = x.clone();
        vae.reconstruct(reconstructed, reconstructed);
        assertThat(reconstructed).containsExactly(vae.reconstruct(x));
        float[] errors = x.clone();
        vae.errorPerFeature(errors, errors);
        assertThat(errors).containsExactly(vae.errorPerFeature(x));
        Matrix batch = Matrix.of(x, new float[] {1, 0}, x);
        Matrix rows = Matrix.of(x, new float[] {1, 0}, x);
        vae.reconstruct(rows, rows);
        assertThat(rows).isEqualTo(vae.reconstruct(batch));
        Matrix errorRows = Matrix.of(x, new float[] {1, 0}, x);
        vae.errorPerFeature(errorRows, errorRows);
        assertThat(errorRows).isEqualTo(vae.errorPerFeature(batch));
    }

    @Test
    void roomOfTheWrongSizeAndEmptyBatchesAreNamed() {
        Vae vae = bernoulli();
        float[] x = {0.25f, 0.75f};
        assertThatThrownBy(() -> vae.encode(x, new float[2])).hasMessage("code: found room for 2 values, expected 1");
        assertThatThrownBy(() -> vae.encode(Matrix.of(x), Matrix.zeros(2, 1)))
                .hasMessage("code: found room for 2 x 1 values, expected 1 x 1");
        assertThatThrownBy(() -> vae.reconstructionErrors(Matrix.of(x), new double[3]))
                .hasMessage("errors: found room for 3 values, expected 1, one an example");
        assertThatThrownBy(() -> vae.encode(Matrix.zeros(0, 2)))
                .hasMessage("input: found an empty batch, expected at least one example");
        assertThatThrownBy(() -> vae.encode(new float[] {0, Float.POSITIVE_INFINITY}))
                .hasMessage("input: found Infinity at index 1, expected a finite number");
    }

    @Test
    void wrongInputIsNamed() {
        Vae vae = bernoulli();
        assertThatThrownBy(() -> vae.encode(new float[3])).hasMessage("input: found 3 values, expected 2");
        assertThatThrownBy(() -> vae.decode(new float[2])).hasMessage("code: found 2 values, expected 1");
        assertThatThrownBy(() -> vae.encode(Matrix.of(new float[2], new float[] {1, Float.NaN})))
                .hasMessage("input: found NaN in example 1 at index 1, expected a finite number");
        assertThatThrownBy(() -> vae.logLikelihoodGiven(Matrix.zeros(2, 2), Matrix.zeros(1, 1)))
                .hasMessage("found 1 codes, expected 2, one an example");
        assertThatThrownBy(() -> LatentModel.of(vae.spec(), new float[5]))
                .hasMessageStartingWith("found 5 parameters, expected 13 for VaeSpec[");
        assertThatThrownBy(() -> vae.elbo(Matrix.of(new float[] {0, 1}, new float[] {0, 5}), new Random(1)))
                .hasMessage("input: found 5.0 in example 1 at index 1, expected 0 to 1 for a Bernoulli likelihood");
        float[] ruined = vae.parameters();
        ruined[4] = Float.NaN;
        assertThatThrownBy(() -> LatentModel.of(vae.spec(), ruined))
                .hasMessage("found NaN as parameter 4, expected a finite number");
        assertThatThrownBy(() -> new Posterior(Matrix.zeros(1, 2), Matrix.zeros(2, 1)))
                .hasMessage("log variances: found Matrix[2 x 1], expected the shape of the means, Matrix[1 x 2]");
        assertThatThrownBy(() -> vae.withCard(ModelCard.of(new InputContract.Vector(3))))
                .hasMessage("found an input contract of 3 values, expected 2 as in the specification");
    }

    @Test
    void aPcaProjects() {
        Pca pca = new Pca(new float[] {1, 1}, Matrix.of(new float[] {0.6f, 0.8f}));
        Matrix x = Matrix.of(new float[] {1.6f, 1.8f}, new float[] {1.8f, 0.4f});
        assertThat(pca.encode(x).get(0, 0)).isCloseTo(1, within(1e-6f));
        assertThat(pca.encode(x).get(1, 0)).isCloseTo(0, within(1e-6f));
        assertThat(pca.decode(Matrix.of(new float[] {0}, new float[] {2})))
                .isEqualTo(Matrix.of(new float[] {1, 1}, new float[] {1 + 2 * 0.6f, 1 + 2 * 0.8f}));
        assertThat(pca.decode(pca.encode(x))).isEqualTo(pca.reconstruct(x));
        assertThatThrownBy(() -> pca.decode(x)).hasMessage("code: found 2 values an example, expected 1");
        assertThatThrownBy(() -> pca.decode(Matrix.of(new float[] {Float.NaN})))
                .hasMessage("code: found NaN in example 0 at index 0, expected a finite number");
        assertThat(pca.reconstructionErrors(x)[0]).isCloseTo(0, within(1e-12));
        assertThat(pca.reconstructionErrors(x)[1]).isCloseTo((0.64 + 0.36) / 2, within(1e-6));
        // Missing counts as 0, and in no error.
        Matrix half = Matrix.of(new float[] {1.6f, Float.NaN}, new float[] {Float.NaN, Float.NaN});
        assertThat(pca.encode(half)).isEqualTo(pca.encode(Matrix.of(new float[] {1.6f, 0}, new float[2])));
        double difference = pca.reconstruct(half).get(0, 0) - 1.6f;
        assertThat(pca.reconstructionErrors(half)[0]).isCloseTo(difference * difference, within(1e-6));
        assertThat(pca.reconstructionErrors(half)[1]).isZero();
        assertThatThrownBy(() -> new Pca(new float[3], Matrix.zeros(1, 2)))
                .hasMessage("components: found 2 columns, expected 3");
    }
}
