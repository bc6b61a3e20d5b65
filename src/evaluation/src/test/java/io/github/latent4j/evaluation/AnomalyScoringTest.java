package io.github.latent4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyScoring.Judged;
import io.github.latent4j.evaluation.AnomalyScoring.Reasons;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnomalyScoringTest {
    /** Gives back the first of two values: the score is half the second one's square. */
    private static final AnomalyDetector DETECTOR = AnomalyDetector.of(HandMade.keepsTheFirst(0)
            .withCard(ModelCard.of(InputContract.Table.ofNumbers(List.of("kept", "lost")))
                    .withDetection(new Detection(
                            AnomalyScore.RECONSTRUCTION,
                            List.of(new Detection.Part(AnomalyScore.RECONSTRUCTION, new double[] {0, 1, 2})),
                            new double[] {1, 1},
                            1,
                            1,
                            new double[] {0, 1, 2},
                            1.5,
                            "by hand",
                            Optional.empty()))));

    private static Examples examples(int rows) {
        return Examples.of(
                HandMade.normal(rows, 2, 2, 7), InputContract.Table.ofNumbers(List.of("kept", "lost")), "rows.csv");
    }

    @Test
    void verdictsComeInOrderAndAreThoseOfEachExampleAlone() {
        Examples examples = examples(1000);
        for (int workers : new int[] {1, 3}) {
            List<Judged> found = new ArrayList<>();
            AnomalyScoring.with(DETECTOR).withWorkers(workers).judge(examples, found::add);
            assertThat(found)
                    .isEqualTo(IntStream.range(0, 1000)
                            .mapToObj(i -> new Judged(i, DETECTOR.judge(examples.example(i)), List.of()))
                            .toList());
        }
        assertThat(AnomalyScoring.with(DETECTOR).scores(examples)).isEqualTo(DETECTOR.scores(examples.read(0, 1000)));
    }

    @Test
    void reasonsAreThoseOfTheDetector() {
        Examples examples = examples(100);
        List<Judged> some = new ArrayList<>();
        List<Judged> all = new ArrayList<>();
        AnomalyScoring.with(DETECTOR).withReasons(Reasons.ANOMALIES).judge(examples, some::add);
        AnomalyScoring.with(DETECTOR).withReasons(Reasons.ALL).judge(examples, all::add);
        assertThat(some).anyMatch(judged -> judged.verdict().anomaly());
        for (int i = 0; i < 100; i++) {
            assertThat(all.get(i).reasons()).hasSize(2).isEqualTo(DETECTOR.reasons(examples.example(i)));
            assertThat(some.get(i).reasons())
                    .isEqualTo(some.get(i).verdict().anomaly() ? all.get(i).reasons() : List.of());
        }
    }

    @Test
    void progressEndsAtTheLastExample() {
        List<String> news = new ArrayList<>();
        AnomalyScoring.with(DETECTOR)
                .reportingTo((task, done, total) -> news.add(task + " " + done + " of " + total))
                .scores(examples(130));
        assertThat(news)
                .containsExactly(
                        "scoring rows.csv 64 of 130", "scoring rows.csv 128 of 130", "scoring rows.csv 130 of 130");
    }

    @Test
    void whatGoesWrongInAThreadIsThrown() {
        Examples wide = Examples.of(Matrix.zeros(200, 3), new InputContract.Vector(3), "wide.csv");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyScoring.with(DETECTOR).scores(wide))
                .withMessageContaining("3");
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> AnomalyScoring.with(DETECTOR).judge(examples(500), judged -> {
                    throw new UncheckedIOException(new java.io.IOException("full"));
                }));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AnomalyScoring.with(DETECTOR).withWorkers(0))
                .withMessage("workers: found 0, expected at least 1");
    }

    @Test
    void scoresAreHalfTheSquareOfWhatIsLost() {
        Matrix rows = Matrix.of(new float[] {9, 2}, new float[] {-4, 0});
        double[] scores = AnomalyScoring.with(DETECTOR)
                .scores(Examples.of(rows, InputContract.Table.ofNumbers(List.of("kept", "lost")), "two"));
        assertThat(Arrays.stream(scores).boxed()).containsExactly(2.0, 0.0);
    }
}
