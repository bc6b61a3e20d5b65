package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.evaluation.EvidenceBound;
import io.github.latent4j.runtime.Matrix;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VaeFirstStepsTest {
    @Test
    void theCodeOfTwoNumbersIsUsed() throws Exception {
        EvidenceBound bound =
                Lessons.run(VaeFirstSteps.class, VaeFirstSteps::run).bound().orElseThrow();
        assertThat(bound.elbo().mean())
                .isGreaterThan(ofTheMeanDigit() + 10)
                .isCloseTo(bound.expectedLogLikelihood().mean() - bound.kl().mean(), Offset.offset(1e-6));
        assertThat(bound.activeUnits()).isEqualTo(2);
    }

    /** The log likelihood of the lesson's test digits if each pixel has the mean it has in the training digits, in nats a digit. */
    private static double ofTheMeanDigit() {
        Dataset digits = Datasets.strokes(3_000, 1);
        Matrix training = digits.train().read(0, digits.train().size());
        Matrix test = digits.test().read(0, digits.test().size());
        double sum = 0;
        for (int i = 0; i < test.columns(); i++) {
            double mean = mean(training, i);
            // Bounded, so that a pixel that was never inked does not make the likelihood minus infinity.
            double p = Math.min(1 - 1e-3, Math.max(1e-3, mean));
            double x = mean(test, i);
            sum += x * Math.log(p) + (1 - x) * Math.log(1 - p);
        }
        return sum;
    }

    private static double mean(Matrix images, int pixel) {
        return IntStream.range(0, images.rows())
                .mapToDouble(row -> images.get(row, pixel))
                .average()
                .orElseThrow();
    }
}
