package io.github.latent4j.examples;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Objective;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.PlanException;
import io.github.latent4j.training.PlanFile;
import io.github.latent4j.training.RunFolder;
import io.github.latent4j.training.Schedule;
import io.github.latent4j.training.Span;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import io.github.latent4j.training.TrainingStoppedException;
import io.github.latent4j.training.WarmUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Follow a plan, stop, and go on. How a model is trained is worth as much care as the model: a plan holds all of it in one object
 * that can be checked, compared, and kept as a file beside the result. And what takes hours gets interrupted: by a new
 * release, a full disk, a machine that somebody else needs.
 *
 * <p>This lesson trains a VAE by a plan of many fields, stops it halfway as a service would that is shut down, and goes on from
 * its checkpoint. It takes less than half a minute.
 */
public final class FollowAPlan {
    private FollowAPlan() {}

    /** What was found out. */
    record Found(TrainingResult<Vae> result, boolean sameAsUnbroken) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(FollowAPlan.class, FollowAPlan::run);
    }

    static Found run(Size size, Notebook page) throws IOException {
        // # A plan
        // It begins with the defaults and says what is different. Here the KL term counts double once it has
        // warmed up over three epochs; Adam's learning rate rises for forty steps and then falls along a
        // cosine; gradients are cut at a length of 100; and training ends early when five epochs have brought
        // nothing.
        Dataset digits = Datasets.strokes(size.of(10_000, 2_000), 1);
        VaeSpec spec = VaeSpec.of(784, 10).withHidden(128);
        TrainingPlan plan = TrainingPlan.defaults()
                .withEpochs(size.of(12, 4))
                .withObjective(Objective.defaults().withBeta(2).withWarmUp(new WarmUp.Linear(Span.epochs(3))))
                .withOptimisation(Optimisation.defaults()
                        .withSchedule(new Schedule.Cosine(Span.steps(40)))
                        .withClipping(100))
                .withPatience(5);

        // A plan that cannot work is refused where it is made, not an hour later.
        try {
            plan.withValidationShare(0);
        } catch (PlanException e) {
            page.say("%s", String.valueOf(e.getMessage()));
        }

        // # The plan as a file
        // The same file is what the command line takes: latent4j train --plan plan.yaml. What is left out of
        // a file has its default, so a file can be as short as what is special about it.
        Path file = page.file("plan.yaml");
        PlanFile.write(plan, file);
        page.say("%s", Files.readString(file).strip());

        // # A training that is recorded, and stopped
        // A run folder takes the plan, the metrics of every epoch and checkpoints. The trainer asks after
        // each step whether it is to stop; here it is when half of the epochs are done. It leaves a
        // checkpoint and says so.
        RunFolder folder = RunFolder.at(emptied(page.file("run"))).resuming();
        int[] done = {0};
        List<String> heard = new ArrayList<>();
        Trainer trainer = Trainer.with(PlanFile.read(file)).reportingTo(new TrainingListener() {
            @Override
            public void epochDone(EpochReport report) {
                done[0]++;
                heard.add(line(report));
            }

            @Override
            public void noted(String message) {
                heard.add(message);
            }
        });
        try {
            trainer.recordingIn(folder)
                    .stoppingWhen(() -> done[0] == plan.epochs() / 2)
                    .fit(spec, digits.train());
        } catch (TrainingStoppedException e) {
            heard.add(String.valueOf(e.getMessage()));
        }
        page.say("%s", shortened(heard, page));

        // # Going on
        // The same call again, without the stop. It finds the checkpoint, makes sure that data, model and
        // plan are those of before, and does the epochs that are left.
        heard.clear();
        TrainingResult<Vae> result = trainer.recordingIn(folder).fit(spec, digits.train());
        page.say("%s", shortened(heard, page));
        page.show(LearningCurve.of(result.history(), "nats a digit"));

        // # What the plan did
        // The weight of the KL term and the learning rate at the end of each epoch. With the warm-up, the
        // loss of the training may rise while nothing gets worse: it is the code that gets dearer. The loss
        // on held-out digits counts the full weight from the start, so that its epochs compare.
        page.show(schedule("kl-weight", "The weight of the KL term.", result, EpochReport::klWeight));
        page.show(schedule("learning-rate", "The learning rate.", result, EpochReport::learningRate));

        // # Is it the same model?
        // A training that is stopped and goes on has to end with the same numbers as one that was never
        // stopped, or else nobody could say what was trained. So train once more, in one go, and compare the
        // parameters bit by bit.
        Vae unbroken = Trainer.with(plan).fit(spec, digits.train()).model();
        boolean same = Arrays.equals(unbroken.parameters(), result.model().parameters());
        page.say("the same parameters as of a training in one go: %s", same ? "yes" : "no");

        // # What is in the run folder
        // The metrics are a table for any spreadsheet; a report of the evaluation draws its curves from them.
        try (Stream<Path> files = Files.walk(folder.path())) {
            page.show(
                    List.of("file", "bytes"),
                    files.filter(Files::isRegularFile)
                            .sorted()
                            .map(path -> row(folder.path(), path))
                            .toList());
        }

        // # What to try next
        // Change β in plan.yaml and train into the same run folder: what does the trainer say?
        // ImportanceWeighted changes another field of the objective, the bound itself.
        return new Found(result, same);
    }

    private static String line(EpochReport report) {
        return "epoch %d: loss %s, rate %s, KL weight %s"
                .formatted(
                        report.epoch(),
                        Numbers.text(report.training().loss(), 1),
                        Numbers.text(report.learningRate(), 5),
                        Numbers.text(report.klWeight(), 2));
    }

    /** Messages with paths as seen from the page's folder. */
    private static String shortened(List<String> messages, Notebook page) {
        return String.join("\n", messages).replace(page.file("run").toString(), "run");
    }

    private static Chart schedule(
            String name, String caption, TrainingResult<Vae> result, ToDoubleFunction<EpochReport> value) {
        List<EpochReport> history = result.history();
        return new Chart(
                name,
                caption,
                Axis.of("epoch"),
                Axis.of(name.replace('-', ' ')),
                List.of(new Line(
                        name.replace('-', ' '),
                        history.stream().map(report -> (double) report.epoch()).toList(),
                        history.stream().mapToDouble(value).boxed().toList())));
    }

    /** The folder without what an earlier run of this lesson left in it. */
    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return folder;
    }

    private static List<String> row(Path folder, Path path) {
        return List.of(
                folder.relativize(path).toString(), String.valueOf(path.toFile().length()));
    }
}
