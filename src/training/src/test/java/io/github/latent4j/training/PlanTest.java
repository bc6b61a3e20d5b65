package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Objective.Bound;
import io.github.latent4j.training.Objective.Sparsity;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
    private static final TrainingPlan DEFAULTS = TrainingPlan.defaults();

    /** A value of each field that is not its default. */
    static final Map<String, String> OTHERS = others();

    private static Map<String, String> others() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("epochs", "30");
        fields.put("batchSize", "100");
        fields.put("optimiser", "adamw");
        fields.put("learningRate", "0.002");
        fields.put("schedule", "plateau:5:0.5");
        fields.put("weightDecay", "0.01");
        fields.put("clipping", "5.0");
        fields.put("beta", "4.0");
        fields.put("warmUp", "cyclical:4:500steps");
        fields.put("freeBits", "0.0");
        fields.put("bound", "iwae");
        fields.put("samples", "5");
        fields.put("sparsityTarget", "0.1");
        fields.put("sparsityWeight", "0.3");
        fields.put("binarise", "dynamic");
        fields.put("validationShare", "0.25");
        fields.put("patience", "7");
        fields.put("pretrainingEpochs", "0");
        fields.put("pretrainingMasking", "0.5");
        fields.put("shards", "3");
        fields.put("seed", "-9223372036854775808");
        return fields;
    }

    @Test
    void aPlanIsWhatItsTextsSay() {
        TrainingPlan plan = DEFAULTS.with(OTHERS);
        assertThat(plan.fields()).isEqualTo(OTHERS);
        assertThat(plan.fields().keySet()).containsExactlyElementsOf(OTHERS.keySet());
        assertThat(DEFAULTS.with(DEFAULTS.fields())).isEqualTo(DEFAULTS);
        assertThat(plan)
                .isEqualTo(DEFAULTS.withEpochs(30)
                        .withBatchSize(100)
                        .withOptimisation(Optimisation.defaults()
                                .withAdamW(0.002, 0.01)
                                .withSchedule(new Schedule.Plateau(5, 0.5))
                                .withClipping(5))
                        .withObjective(Objective.defaults()
                                .withBeta(4)
                                .withWarmUp(new WarmUp.Cyclical(4, Span.steps(500)))
                                .withSamples(Bound.IWAE, 5)
                                .withSparsity(new Sparsity(0.1, 0.3)))
                        .withBinarisation(Binarisation.DYNAMIC)
                        .withValidationShare(0.25)
                        .withPatience(7)
                        .withPretraining(new TrainingPlan.Pretraining(0, 0.5))
                        .withShards(3)
                        .withSeed(Long.MIN_VALUE));
        assertThat(DEFAULTS.with(Map.of("freeBits", " 0.5 ")))
                .isEqualTo(DEFAULTS.withObjective(Objective.defaults().withFreeBits(0.5)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "epochs | ten | epochs: found 'ten', expected a whole number",
                "epochs | 0 | epochs: found 0, expected at least 1",
                "epochs | 2.5 | epochs: found '2.5', expected a whole number",
                "batchSize | -1 | batchSize: found -1, expected at least 1",
                "optimiser | adm | optimiser: found 'adm', expected one of adam, adamw, rmsprop, nesterov, sgd",
                "optimiser | adamw | weightDecay: found 0.0, expected above 0 with optimiser adamw, which is adam but for the"
                        + " weight decay",
                "learningRate | fast | learningRate: found 'fast', expected a number",
                "learningRate | NaN | learningRate: found 'NaN', expected a number",
                "learningRate | Infinity | learningRate: found 'Infinity', expected a number",
                "schedule | warm | schedule: found 'warm', expected constant, step:EPOCHS:FACTOR, cosine[:WARM_UP] or"
                        + " plateau:PATIENCE:FACTOR",
                "schedule | step:0:0.5 | schedule: found 0 epochs a step, expected at least 1",
                "schedule | step:2:2 | schedule: found a factor of 2.0, expected above 0, at most 1",
                "schedule | step:2 | schedule: found 'step:2', expected constant, step:EPOCHS:FACTOR, cosine[:WARM_UP] or"
                        + " plateau:PATIENCE:FACTOR",
                "schedule | plateau:0:0.5 | schedule: found a patience of 0, expected at least 1",
                "schedule | cosine:2weeks | schedule: found '2weeks', expected a span such as 10epochs or 500steps",
                "weightDecay | -0.1 | weightDecay: found -0.1, expected a number of at least 0",
                "clipping | -1 | clipping: found -1.0, expected a number of at least 0",
                "beta | -1 | beta: found -1.0, expected a number of at least 0",
                "warmUp | 10 | warmUp: found '10', expected none, linear:LENGTH or cyclical:CYCLES:LENGTH",
                "warmUp | linear:-3 | warmUp: found '-3', expected a span such as 10epochs or 500steps",
                "warmUp | cyclical:0:5 | warmUp: found 0 cycles, expected at least 1",
                "freeBits | -1 | freeBits: found -1.0, expected a number of at least 0",
                "bound | nce | bound: found 'nce', expected one of elbo, iwae",
                "samples | 0 | samples: found 0, expected at least 1",
                "sparsityTarget | 1 | sparsityTarget: found 1.0, expected above 0 and below 1",
                "sparsityWeight | -1 | sparsityWeight: found -1.0, expected a number of at least 0",
                "binarise | true | binarise: found 'true', expected one of none, fixed, dynamic",
                "validationShare | 1 | validationShare: found 1.0, expected from 0 to below 1",
                "patience | -1 | patience: found -1, expected at least 0",
                "pretrainingEpochs | -1 | pretrainingEpochs: found -1, expected at least 0",
                "pretrainingMasking | 1 | pretrainingMasking: found 1.0, expected from 0 to below 1",
                "shards | 65 | shards: found 65, expected from 0 to 64",
                "seed | 1e3 | seed: found '1e3', expected a whole number from -2^63 to 2^63 - 1",
            })
    void wrongValuesAreTold(String field, String text, String message) {
        assertThatThrownBy(() -> DEFAULTS.with(Map.of(field, text)))
                .isInstanceOf(PlanException.class)
                .hasMessage(message)
                .satisfies(e -> assertThat(((PlanException) e).field()).isEqualTo(message.split(":")[0]));
    }

    @Test
    void unknownFieldsAndContradictionsAreTold() {
        assertThatThrownBy(() -> DEFAULTS.with(Map.of("epoch", "3")))
                .isInstanceOf(PlanException.class)
                .hasMessage("epoch: found an unknown field, expected one of "
                        + String.join(", ", DEFAULTS.fields().keySet()));
        assertThatThrownBy(() -> DEFAULTS.with(Map.of("bound", "iwae", "freeBits", "0.5")))
                .isInstanceOf(PlanException.class)
                .hasMessage("freeBits: found 0.5, expected 0 with bound iwae, which has no KL of a single dimension");
        assertThatThrownBy(() -> DEFAULTS.with(Map.of("patience", "5", "validationShare", "0")))
                .isInstanceOf(PlanException.class)
                .hasMessage("patience: found 5, expected 0 where no examples are held out for validation");
        assertThatThrownBy(() -> DEFAULTS.with(Map.of("schedule", "plateau:5:0.5", "validationShare", "0")))
                .isInstanceOf(PlanException.class)
                .hasMessage("schedule: found plateau:5:0.5, expected another where no examples are held out for"
                        + " validation");
    }

    @Test
    void whatMeansNothingForAModelIsTold() {
        VaeSpec vae = VaeSpec.of(36, 2);
        AutoencoderSpec identity = AutoencoderSpec.of(36, 2);
        AutoencoderSpec tied = AutoencoderSpec.of(36, 4).withHidden(24).withTiedWeights(Activation.SIGMOID);
        TrainingPlan sparse = DEFAULTS.with(Map.of("sparsityWeight", "0.1"));
        sparse.requireFor(tied);
        assertThatThrownBy(() -> sparse.requireFor(vae))
                .isInstanceOf(PlanException.class)
                .hasMessage("sparsityWeight: found 0.1, expected 0 with a VAE; it is for the code of an autoencoder");
        assertThatThrownBy(() -> sparse.requireFor(identity))
                .isInstanceOf(PlanException.class)
                .hasMessage("sparsityWeight: found 0.1, expected 0 with a code activation identity; sigmoid or"
                        + " hardsigmoid keep codes in [0, 1]");
        TrainingPlan iwae = DEFAULTS.with(Map.of("bound", "iwae"));
        iwae.requireFor(vae);
        assertThatThrownBy(() -> iwae.requireFor(tied))
                .isInstanceOf(PlanException.class)
                .hasMessage("bound: found iwae, expected elbo with an autoencoder, which has no posterior");
        TrainingPlan warm = DEFAULTS.with(Map.of("warmUp", "linear:11"));
        assertThatThrownBy(() -> warm.requireWarmUpsWithin(4))
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "warmUp: found linear:11epochs, expected a warm-up that ends within the 10 epochs of 4 steps");
        DEFAULTS.with(Map.of("warmUp", "linear:40steps")).requireWarmUpsWithin(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"constant", "step:10:0.5", "cosine:0epochs", "cosine:3epochs", "cosine:500steps", "plateau:5:0.1"
            })
    void schedulesRoundTrip(String text) {
        assertThat(Schedule.parse(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "linear:10epochs", "linear:5000steps", "cyclical:4:5epochs", "cyclical:2:100steps"})
    void warmUpsRoundTrip(String text) {
        assertThat(WarmUp.parse(text).text()).isEqualTo(text);
    }

    @Test
    void spansWithoutAUnitAreInEpochs() {
        assertThat(WarmUp.parse("linear:10")).isEqualTo(new WarmUp.Linear(Span.epochs(10)));
        assertThat(Schedule.parse("cosine")).isEqualTo(new Schedule.Cosine(Span.epochs(0)));
        assertThat(Span.epochs(3).inSteps(40)).isEqualTo(120);
        assertThat(Span.epochs(Integer.MAX_VALUE).inSteps(1000)).isEqualTo(1000L * Integer.MAX_VALUE);
        assertThat(Span.steps(3).inSteps(40)).isEqualTo(3);
        assertThatThrownBy(() -> Span.steps(-1)).hasMessage("span: found -1, expected at least 0");
    }

    @Test
    void theLearningRateFollowsItsSchedule() {
        int epoch = 10;
        assertThat(Schedule.CONSTANT.factor(99, epoch, 10)).isEqualTo(1);
        Schedule step = Schedule.parse("step:2:0.5");
        assertThat(step.factor(19, epoch, 10)).isEqualTo(1);
        assertThat(step.factor(20, epoch, 10)).isEqualTo(0.5);
        assertThat(step.factor(99, epoch, 10)).isEqualTo(0.0625);
        Schedule cosine = Schedule.parse("cosine:20steps");
        assertThat(cosine.factor(0, epoch, 10)).isEqualTo(0.05);
        assertThat(cosine.factor(19, epoch, 10)).isEqualTo(1);
        assertThat(cosine.factor(20, epoch, 10)).isEqualTo(1);
        assertThat(cosine.factor(60, epoch, 10)).isCloseTo(0.5, within(1e-12));
        assertThat(cosine.factor(99, epoch, 10)).isBetween(0.0, 0.001);
        assertThat(Schedule.parse("cosine").factor(0, epoch, 10)).isEqualTo(1);
        assertThat(Schedule.parse("cosine:10epochs").factor(99, epoch, 10)).isEqualTo(1);
    }

    @Test
    void theKlWeightFollowsItsWarmUp() {
        int epoch = 10;
        assertThat(WarmUp.NONE.share(0, epoch)).isEqualTo(1);
        WarmUp linear = WarmUp.parse("linear:2");
        assertThat(linear.steps(epoch)).isEqualTo(20);
        assertThat(linear.share(0, epoch)).isZero();
        assertThat(linear.share(5, epoch)).isEqualTo(0.25);
        assertThat(linear.share(20, epoch)).isEqualTo(1);
        WarmUp cyclical = WarmUp.parse("cyclical:2:8steps");
        assertThat(cyclical.steps(epoch)).isEqualTo(16);
        assertThat(cyclical.share(1, epoch)).isEqualTo(0.25);
        assertThat(cyclical.share(4, epoch)).isEqualTo(1);
        assertThat(cyclical.share(7, epoch)).isEqualTo(1);
        assertThat(cyclical.share(8, epoch)).isZero();
        assertThat(cyclical.share(16, epoch)).isEqualTo(1);
        assertThat(WarmUp.parse("linear:0").share(0, epoch)).isEqualTo(1);
    }

    @Test
    void shardsFollowTheBatch() {
        assertThat(DEFAULTS.withBatchSize(10).shardsOfABatch()).isEqualTo(1);
        assertThat(DEFAULTS.withBatchSize(128).shardsOfABatch()).isEqualTo(2);
        assertThat(DEFAULTS.withBatchSize(10_000).shardsOfABatch()).isEqualTo(8);
        assertThat(DEFAULTS.withShards(5).shardsOfABatch()).isEqualTo(5);
    }
}
