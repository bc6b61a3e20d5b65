package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Seeds;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TrainingPlan.Pretraining;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    private static final TrainingPlan PLAN = TrainingPlan.defaults()
            .withEpochs(4)
            .withBatchSize(32)
            .withOptimiser(Optimiser.ADAM, 0.005)
            .withPretraining(new Pretraining(3, 0.2));
    private static final Examples BLOBS = Blobs.examples(500, 1);

    static Stream<ModelSpec> specs() {
        return Stream.of(
                VaeSpec.of(36, 2).withHidden(24),
                VaeSpec.of(36, 2).withHidden(24).withLikelihood(Likelihood.GAUSSIAN),
                AutoencoderSpec.of(36, 2).withHidden(24),
                AutoencoderSpec.of(36, 4).withHidden(24).withTiedWeights(Activation.SIGMOID));
    }

    static byte[] bytes(LatentModel model) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ModelFile.write(model, out);
        return out.toByteArray();
    }

    static TrainingListener notes(List<String> notes) {
        return new TrainingListener() {
            @Override
            public void noted(String message) {
                notes.add(message);
            }
        };
    }

    @ParameterizedTest
    @MethodSource("specs")
    void trainingLowersTheLossAndTheSameTrainingGivesTheSameBytes(ModelSpec spec) throws IOException {
        TrainingResult<LatentModel> result = Trainer.with(PLAN).fit(spec, BLOBS);
        EpochReport first = result.history().get(0);
        EpochReport last = result.history().get(result.history().size() - 1);
        assertThat(last.training().loss()).isLessThan(first.training().loss());
        assertThat(last.validation().orElseThrow().loss()).isFinite();
        assertThat(bytes(Trainer.with(PLAN).fit(spec, BLOBS).model())).isEqualTo(bytes(result.model()));
        assertThat(bytes(Trainer.with(PLAN.withSeed(0)).fit(spec, BLOBS).model()))
                .isNotEqualTo(bytes(result.model()));
    }

    @Test
    void pretrainingGoesLayerByLayerAndEachLayersLossFalls() {
        AutoencoderSpec spec = AutoencoderSpec.of(36, 4).withHidden(24).withTiedWeights(Activation.SIGMOID);
        List<EpochReport> history = Trainer.with(PLAN).fit(spec, BLOBS).history();
        assertThat(history.stream().map(r -> r.phase().name() + " " + r.epoch()))
                .containsExactly(
                        "pretraining layer 1 of 2 1",
                        "pretraining layer 1 of 2 2",
                        "pretraining layer 1 of 2 3",
                        "pretraining layer 2 of 2 1",
                        "pretraining layer 2 of 2 2",
                        "pretraining layer 2 of 2 3",
                        "fine-tuning 1",
                        "fine-tuning 2",
                        "fine-tuning 3",
                        "fine-tuning 4");
        assertThat(history.get(2).training().loss())
                .isLessThan(history.get(0).training().loss());
        assertThat(history.get(5).training().loss())
                .isLessThan(history.get(3).training().loss());
        assertThat(history.get(9).training().loss())
                .isLessThan(history.get(6).training().loss());
    }

    @Test
    void theCardSaysWhereTheModelCameFromAndHowGoodItIs() {
        LatentModel model = Trainer.with(PLAN)
                .fit(AutoencoderSpec.of(36, 2).withHidden(24), BLOBS)
                .model();
        Map<String, Double> metrics = model.card().metrics();
        assertThat(metrics)
                .containsOnlyKeys(
                        "bestEpoch",
                        "trainingLoss",
                        "validationLoss",
                        "validationReconstructionError",
                        "validationPcaReconstructionError");
        assertThat(metrics.get("validationReconstructionError")).isEqualTo(metrics.get("validationLoss"));
        assertThat(metrics.get("validationPcaReconstructionError")).isPositive();
        assertThat(model.card().input()).isEqualTo(new InputContract.Image(6, 6, 1));
        assertThat(model.card().baseline().orElseThrow().dimensions()).isEqualTo(2);
        assertThat(model.card().provenance().orElseThrow().data()).isEqualTo("blobs");
        assertThat(model.card().provenance().orElseThrow().dataSha256()).isEqualTo(BLOBS.sha256());
        assertThat(model.card().provenance().orElseThrow().examples()).isEqualTo(450);
        assertThat(model.card().provenance().orElseThrow().plan()).containsEntry("batchSize", "32");
        assertThat(model.card().provenance().orElseThrow().environment())
                .containsEntry("deeplearning4j", "1.0.0-M2.1")
                .containsKeys("latent4j", "processor", "blas");
    }

    @Test
    void theBestModelIsKeptAndTrainingStopsWhenPatienceEnds() {
        List<String> notes = new ArrayList<>();
        // With so high a rate the validation loss jumps about.
        TrainingPlan wild =
                PLAN.withOptimiser(Optimiser.ADAM, 0.2).withEpochs(30).withPatience(2);
        TrainingResult<LatentModel> result = Trainer.with(wild)
                .reportingTo(notes(notes))
                .fit((ModelSpec) AutoencoderSpec.of(36, 2).withHidden(24), BLOBS);
        List<EpochReport> history = result.history();
        assertThat(history).hasSizeLessThan(30);
        assertThat(notes)
                .containsExactly("stopped early after 2 epochs without a better validation loss, the best was epoch "
                        + (history.size() - 2));
        double best = history.stream()
                .mapToDouble(r -> r.validation().orElseThrow().loss())
                .min()
                .orElseThrow();
        assertThat(result.model().card().metrics()).containsEntry("validationLoss", best);
        assertThat(history.get(history.size() - 1).best()).isFalse();
        assertThat(history.get(history.size() - 2).best()).isFalse();
        assertThat(history.get(history.size() - 3).best()).isTrue();
    }

    @Test
    void withoutValidationTheLastModelIsKept() {
        TrainingResult<LatentModel> result = Trainer.with(PLAN.withValidationShare(0))
                .fit((ModelSpec) VaeSpec.of(36, 2).withHidden(8), BLOBS);
        assertThat(result.model().card().metrics()).containsEntry("bestEpoch", 4.0);
        assertThat(result.history()).allMatch(r -> r.validation().isEmpty());
        assertThat(result.model().card().provenance().orElseThrow().examples()).isEqualTo(500);
    }

    @Test
    void listenersAreToldOfEveryStepAndEpoch() {
        List<String> events = new ArrayList<>();
        Trainer.with(PLAN.withEpochs(1).withBatchSize(200))
                .reportingTo(new TrainingListener() {
                    @Override
                    public void started(ModelSpec spec, int training, int validation) {
                        events.add("started " + training + " " + validation);
                    }

                    @Override
                    public void stepped(TrainingEngine.Phase phase, int epoch, int step, int steps, Losses losses) {
                        events.add("step " + step + "/" + steps);
                    }

                    @Override
                    public void epochDone(EpochReport report) {
                        events.add("epoch " + report.epoch());
                    }
                })
                .fit(AutoencoderSpec.of(36, 2), BLOBS);
        assertThat(events).containsExactly("started 450 50", "step 1/3", "step 2/3", "step 3/3", "epoch 1");
    }

    @Test
    void aLossThatIsNoNumberStopsTheTraining() {
        Matrix huge = Matrix.of(new float[] {3e38f, -3e38f}, new float[] {-3e38f, 3e38f});
        Examples examples = Examples.of(huge, new InputContract.Vector(2), "huge");
        AutoencoderSpec spec =
                AutoencoderSpec.of(2, 1).withActivations(Activation.ELU, Activation.IDENTITY, Activation.IDENTITY);
        assertThatThrownBy(() -> Trainer.with(PLAN.withValidationShare(0)).fit(spec, examples))
                .isInstanceOf(TrainingDivergedException.class)
                .hasMessageMatching(
                        "training, epoch 1, step 1: found a loss of (Infinity|NaN), expected finite numbers; inputs"
                                + " scaled to a range of about -3 to 3, a learning rate below 0.005 or clipping of the"
                                + " gradient \\(clipping\\) may help");
    }

    @Test
    void aLastStepThatRuinsTheModelStopsTheTraining() {
        // One step an epoch: its loss is measured before the parameters leave the range of float.
        TrainingPlan wild = PLAN.withBatchSize(1000).withEpochs(1).withOptimiser(Optimiser.SGD, 1e300);
        AutoencoderSpec spec = AutoencoderSpec.of(36, 2)
                .withHidden(8)
                .withActivations(Activation.ELU, Activation.IDENTITY, Activation.IDENTITY);
        for (double validation : new double[] {0, 0.1}) {
            assertThatThrownBy(() ->
                            Trainer.with(wild.withValidationShare(validation)).fit(spec, BLOBS))
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageStartingWith("training, epoch 1, ")
                    .hasMessageContaining("a learning rate below 1.0E300");
        }
    }

    @Test
    void examplesOutsideTheSupportAreNamed() {
        Examples examples = Examples.of(
                Matrix.of(new float[] {0.5f, 0.5f}, new float[] {0.5f, 1.5f}), new InputContract.Vector(2), "table");
        assertThatThrownBy(() -> Trainer.with(PLAN).fit(VaeSpec.of(2, 1).withHidden(4), examples))
                .hasMessage(
                        "table: found 1.5 in example 1 at index 1, expected 0 to 1 for a Bernoulli likelihood; a Gaussian"
                                + " one takes any number");
        assertThatThrownBy(() -> Trainer.with(PLAN).fit(AutoencoderSpec.of(2, 1), examples))
                .hasMessage(
                        "table: found 1.5 in example 1 at index 1, expected 0 to 1 for an output activation sigmoid;"
                                + " identity gives any number");
    }

    private static final VaeSpec MIXED = VaeSpec.of(36, 3).withHidden(16).withLikelihood(Likelihood.parse(Blobs.MIXED));

    @Test
    void aMixedTableWithMissingCellsTrains() {
        Matrix rows = Blobs.withMissing(Blobs.mixed(400, 1), 2);
        TrainingPlan plan = PLAN.withEpochs(20).withValidationShare(0.2);
        for (Corruption corruption : List.of(Corruption.NONE, new Corruption.Masking(0.2))) {
            TrainingResult<Vae> result = Trainer.with(plan).fit(MIXED.withCorruption(corruption), Blobs.table(rows));
            List<EpochReport> history = result.history();
            assertThat(history.get(history.size() - 1)
                            .validation()
                            .orElseThrow()
                            .loss())
                    .isLessThan(history.get(0).validation().orElseThrow().loss() - 5);
            assertThat(result.model().reconstruct(rows).data()).doesNotContain(Float.NaN);
            assertThat(result.model().spec().corruption()).isEqualTo(corruption);
        }
        AutoencoderSpec autoencoder = AutoencoderSpec.of(36, 3).withHidden(16);
        List<EpochReport> history =
                Trainer.with(plan).fit(autoencoder, Blobs.table(rows)).history();
        assertThat(history.get(history.size() - 1).validation().orElseThrow().loss())
                .isLessThan(history.get(0).validation().orElseThrow().loss());
    }

    @Test
    void whatNoBlockGivesOrAnEngineDoesNotTakeIsNamed() {
        Matrix rows = Blobs.mixed(30, 1);
        rows.data()[3 * 36 + 19] = 0.5f;
        assertThatThrownBy(() -> Trainer.with(PLAN).fit(MIXED, Blobs.table(rows)))
                .hasMessage("table: found 0.5 in example 3 at index 19, expected one 1 and else 0 in the features of a"
                        + " category");
        rows.data()[2 * 36 + 13] = -1;
        assertThatThrownBy(() -> Trainer.with(PLAN).fit(MIXED, Blobs.table(rows)))
                .hasMessage("table: found -1.0 in example 2 at index 13, expected 0 to 1 for a Bernoulli likelihood; a"
                        + " Gaussian one takes any number");
        Matrix missing = Blobs.mixed(30, 1);
        missing.data()[36 + 4] = Float.NaN;
        Trainer dl4j = Trainer.with(PLAN).using(TrainingEngine.dl4j());
        for (ModelSpec spec : List.of(MIXED, MIXED.withLikelihood(Likelihood.GAUSSIAN), AutoencoderSpec.of(36, 3))) {
            assertThatThrownBy(() -> dl4j.fit(spec, Blobs.table(missing)))
                    .hasMessage("table: found a missing value in example 1 at index 4, expected none with engine dl4j;"
                            + " engine fused takes them");
        }
        assertThatThrownBy(() -> dl4j.requireTrainable(MIXED.withCorruption(new Corruption.Masking(0.25))))
                .hasMessage("engine dl4j: found a VAE with corruption masking:0.25, expected none, since DL4J's layer"
                        + " compares with what it gets; engine fused takes any");
    }

    /** The engines learn from the examples which features are a cell. */
    @ParameterizedTest
    @MethodSource("disturbed")
    void aTablesCellsAreDisturbedAsWholes(ModelSpec spec, TrainingEngine engine, TrainingPlan plan, boolean disturbed) {
        Trainer trainer = Trainer.with(plan).using(engine);
        Matrix rows = Blobs.matrix(60, 1);
        float[] asColumns = trainer.fit(spec, Examples.of(rows, Blobs.columns(), "table"))
                .model()
                .parameters();
        float[] asNumbers = trainer.fit(spec, Blobs.table(rows)).model().parameters();
        float[] asVector = trainer.fit(spec, Examples.of(rows, new InputContract.Vector(36), "table"))
                .model()
                .parameters();
        assertThat(asNumbers).containsExactly(asVector);
        assertThat(Arrays.equals(asColumns, asVector)).isEqualTo(!disturbed);
    }

    static Stream<Arguments> disturbed() {
        TrainingPlan plan = PLAN.withEpochs(1).withPretraining(new Pretraining(0, 0));
        VaeSpec vae = VaeSpec.of(36, 2).withHidden(8);
        AutoencoderSpec ae = AutoencoderSpec.of(36, 2).withHidden(8);
        AutoencoderSpec tied = ae.withTiedWeights(Activation.SIGMOID);
        Corruption masking = new Corruption.Masking(0.3);
        return Stream.of(
                Arguments.of(vae, TrainingEngine.fused(1), plan, false),
                Arguments.of(vae.withCorruption(masking), TrainingEngine.fused(1), plan, true),
                Arguments.of(vae.withCorruption(new Corruption.Gaussian(0.1)), TrainingEngine.fused(1), plan, true),
                Arguments.of(ae, TrainingEngine.fused(1), plan, false),
                Arguments.of(ae.withCorruption(masking), TrainingEngine.fused(1), plan, true),
                Arguments.of(ae.withCorruption(masking), TrainingEngine.dl4j(), plan, true),
                Arguments.of(tied.withCorruption(masking), TrainingEngine.fused(1), plan, true),
                Arguments.of(tied.withCorruption(masking), TrainingEngine.dl4j(), plan, true),
                Arguments.of(tied, TrainingEngine.fused(1), plan.withPretraining(new Pretraining(1, 0.3)), true));
    }

    @Test
    void trainingsInSeveralThreadsDoNotDisturbEachOther() throws Exception {
        VaeSpec spec = VaeSpec.of(36, 2).withHidden(8);
        float[] alone = Trainer.with(PLAN).fit(spec, BLOBS).model().parameters();
        List<CompletableFuture<float[]>> together = Stream.of(1, 2)
                .map(i -> CompletableFuture.supplyAsync(
                        () -> Trainer.with(PLAN).fit(spec, BLOBS).model().parameters()))
                .toList();
        for (CompletableFuture<float[]> one : together) {
            assertThat(one.get()).containsExactly(alone);
        }
    }

    @Test
    void examplesOfAnotherSizeAreRefused() {
        assertThatThrownBy(() -> Trainer.with(PLAN).fit(VaeSpec.of(784, 2), BLOBS))
                .hasMessage("blobs: found examples of 36 values, expected 784 as in the specification");
    }

    @Test
    void fixedBinarisationIsADrawOfAllExamplesBeforeTheTraining() throws IOException {
        VaeSpec spec = VaeSpec.of(36, 2).withHidden(8);
        TrainingPlan fixed = PLAN.withBinarisation(Binarisation.FIXED);
        LatentModel model = Trainer.with(fixed).fit(spec, BLOBS).model();
        Matrix drawn = BLOBS.binarised(Seeds.mix(PLAN.seed(), 5)).read(0, BLOBS.size());
        LatentModel same = Trainer.with(PLAN)
                .fit(spec, Examples.of(drawn, BLOBS.input(), "drawn"))
                .model();
        assertThat(model.parameters()).containsExactly(same.parameters());
        assertThat(model.card().metrics()).isEqualTo(same.card().metrics());
        assertThat(model.card().baseline()).isEqualTo(same.card().baseline());
        // The data is what it was before the draw.
        assertThat(model.card().provenance().orElseThrow().dataSha256()).isEqualTo(BLOBS.sha256());
    }

    @Test
    void dynamicBinarisationDrawsAnewForEachEpochAndOnceForWhatIsHeldOut() {
        VaeSpec spec = VaeSpec.of(36, 2).withHidden(8);
        TrainingPlan still = PLAN.withOptimiser(Optimiser.SGD, 1e-30).withEpochs(2);
        List<EpochReport> fixed = Trainer.with(still.withBinarisation(Binarisation.FIXED))
                .fit(spec, BLOBS)
                .history();
        LatentModel model = Trainer.with(still.withBinarisation(Binarisation.DYNAMIC))
                .fit((ModelSpec) spec, BLOBS)
                .model();
        List<EpochReport> dynamic = Trainer.with(still.withBinarisation(Binarisation.DYNAMIC))
                .fit(spec, BLOBS)
                .history();
        // The parameters stay as they are, so the validation loss does.
        assertThat(dynamic.get(0).validation()).isEqualTo(dynamic.get(1).validation());
        assertThat(dynamic.get(0).validation()).isEqualTo(fixed.get(0).validation());
        assertThat(dynamic.get(0).training().kl())
                .isNotEqualTo(fixed.get(0).training().kl());
        // KL needs no draw of a code: it differs between epochs because what is encoded does.
        assertThat(dynamic.get(0).training().kl())
                .isNotCloseTo(dynamic.get(1).training().kl(), within(1e-9));
        assertThat(fixed.get(0).training().kl())
                .isCloseTo(fixed.get(1).training().kl(), within(1e-4));
        assertThat(model.card().metrics())
                .containsKeys("validationReconstructionError", "validationPcaReconstructionError");
    }

    @Test
    void whatIsNoProbabilityCannotBeDrawnFrom() {
        Examples examples = Examples.of(
                Matrix.of(new float[] {0.5f, 0.5f}, new float[] {-1, 0.5f}), new InputContract.Vector(2), "table");
        VaeSpec gaussian = VaeSpec.of(2, 1).withHidden(4).withLikelihood(Likelihood.GAUSSIAN);
        for (Binarisation binarisation : List.of(Binarisation.FIXED, Binarisation.DYNAMIC)) {
            assertThatThrownBy(() ->
                            Trainer.with(PLAN.withBinarisation(binarisation)).fit(gaussian, examples))
                    .hasMessage(
                            "table: found -1.0 in example 1 at index 0, expected 0 to 1, a probability to draw from");
        }
    }

    @Test
    void aPlanOrAnEngineThatDoesNotSuitTheModelIsRefused() {
        Trainer beta = Trainer.with(PLAN.withObjective(Objective.defaults().withBeta(2)));
        assertThatThrownBy(() -> beta.requireTrainable(AutoencoderSpec.of(36, 2)))
                .isInstanceOf(PlanException.class)
                .hasMessage("beta: found 2.0, expected 1.0 with an autoencoder, which has no posterior");
        assertThatThrownBy(() -> beta.fit(AutoencoderSpec.of(36, 2), BLOBS)).isInstanceOf(PlanException.class);
        assertThatThrownBy(() -> beta.using(TrainingEngine.dl4j()).requireTrainable(VaeSpec.of(36, 2)))
                .hasMessage(
                        "beta: found 2.0, expected 1.0 with engine dl4j, whose layers have no other objective; engine fused takes any");
    }

    @Test
    void stoppingWithoutARunFolderSaysWhere() {
        int[] asked = {0};
        assertThatThrownBy(() -> Trainer.with(PLAN)
                        .stoppingWhen(() -> asked[0]++ == 17)
                        .fit(VaeSpec.of(36, 2).withHidden(8), BLOBS))
                .isInstanceOf(TrainingStoppedException.class)
                .hasMessage("stopped at training, epoch 2, step 2; there is no checkpoint");
    }
}
