package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** How fast it is here: about a second of training and encoding on random values. */
final class SpeedCheck {
    private static final String TRAINING = "training";
    private static final int SIDE = 28;
    private static final VaeSpec SPEC = VaeSpec.of(SIDE * SIDE, 16).withHidden(256);
    private static final int EXAMPLES = 4_096;
    private static final int EPOCHS = 5;
    private static final int CODES = 3_000;

    private SpeedCheck() {}

    /** Of this process. */
    static List<Check> checks() {
        return checks(SpeedCheck::measured);
    }

    /** What was measured, or that it failed. */
    static List<Check> checks(Supplier<List<Check>> measured) {
        try {
            return measured.get();
        } catch (RuntimeException | LinkageError e) {
            return List.of(Check.problem(
                    TRAINING, "Found that a little VAE cannot be trained, expected that it can: %s.".formatted(e)));
        }
    }

    private static List<Check> measured() {
        Random random = new Random(1);
        float[][] rows = new float[EXAMPLES][SPEC.inputs()];
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextFloat();
            }
        }
        Examples examples = Examples.of(Matrix.of(rows), new InputContract.Image(SIDE, SIDE, 1), "random values");
        List<Double> speeds = new ArrayList<>();
        LatentModel model = Trainer.with(TrainingPlan.defaults().withEpochs(EPOCHS))
                .reportingTo(new TrainingListener() {
                    @Override
                    public void epochDone(EpochReport report) {
                        speeds.add(report.examplesPerSecond());
                    }
                })
                .fit(SPEC, examples)
                .model();
        double best = speeds.stream().mapToDouble(s -> s).max().orElse(0);
        return List.of(
                Check.ok(
                        TRAINING,
                        String.format(
                                Locale.ROOT,
                                "%,.0f examples a second through a %s; tens of thousands are normal on two cores, a machine that is busy gives less",
                                best,
                                Descriptions.of(SPEC))),
                Check.ok(
                        "encoding",
                        String.format(
                                Locale.ROOT,
                                "%.0f microseconds for one example; some tens are normal, the first ones of a process take longer",
                                microseconds(model, rows))));
    }

    /** The median time of a code, of the later half of many. */
    private static double microseconds(LatentModel model, float[][] rows) {
        float[] code = new float[SPEC.latent()];
        long[] nanos = new long[CODES];
        for (int i = 0; i < CODES; i++) {
            long start = System.nanoTime();
            model.encode(rows[i], code);
            nanos[i] = System.nanoTime() - start;
        }
        long[] late = Arrays.copyOfRange(nanos, CODES / 2, CODES);
        Arrays.sort(late);
        return late[late.length / 2] / 1e3;
    }
}
