package io.github.latent4j.examples.notebook;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Charts of how trainings went. */
public final class LearningCurve {
    private LearningCurve() {}

    /**
     * The loss of one training after each epoch, on what was trained on and on what was held out.
     *
     * @param history its epochs, at least one; those of pretraining are left out
     * @param unit of the loss
     * @return the chart
     */
    public static Chart of(List<EpochReport> history, String unit) {
        List<EpochReport> epochs = last(history);
        List<Series> series = new ArrayList<>();
        series.add(new Line(
                "training",
                numbers(epochs),
                epochs.stream().map(e -> e.training().loss()).toList()));
        if (epochs.stream().allMatch(e -> e.validation().isPresent())) {
            series.add(new Line("held out", numbers(epochs), heldOut(epochs)));
        }
        return new Chart(
                "learning-curve",
                "The loss after each epoch; lower is better.",
                Axis.of("epoch"),
                Axis.of("loss, " + unit),
                series);
    }

    /**
     * The loss of several trainings on held-out examples after each epoch.
     *
     * @param histories the epochs of each by its name, at least one; all with held-out examples
     * @param unit of the loss
     * @return the chart
     */
    public static Chart compare(Map<String, List<EpochReport>> histories, String unit) {
        List<Series> series = new ArrayList<>();
        histories.forEach((name, history) -> {
            List<EpochReport> epochs = last(history);
            series.add(new Line(name, numbers(epochs), heldOut(epochs)));
        });
        return new Chart(
                "learning-curves",
                "The loss on held-out examples after each epoch; lower is better.",
                Axis.of("epoch"),
                Axis.of("loss, " + unit),
                series);
    }

    private static List<EpochReport> last(List<EpochReport> history) {
        return history.stream()
                .filter(epoch ->
                        epoch.phase().equals(history.get(history.size() - 1).phase()))
                .toList();
    }

    private static List<Double> numbers(List<EpochReport> epochs) {
        return epochs.stream().map(e -> (double) e.epoch()).toList();
    }

    private static List<Double> heldOut(List<EpochReport> epochs) {
        return epochs.stream().map(e -> e.validation().orElseThrow().loss()).toList();
    }
}
