package io.github.latent4j.evaluation.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraversalTest {
    private static final Vae VAE = HandMade.random(VaeSpec.of(4, 3), 1);

    @Test
    void ofThePriorGoesThreeDeviationsToEitherSide() {
        List<Traversal.Path> paths = Traversal.ofPrior(VAE).paths();
        assertThat(paths).extracting(Traversal.Path::dimension).containsExactly(0, 1, 2);
        Traversal.Path second = paths.get(1);
        assertThat(second.from()).isEqualTo(-3);
        assertThat(second.to()).isEqualTo(3);
        assertThat(second.codes().rows()).isEqualTo(11);
        for (int i = 0; i < 11; i++) {
            assertThat(second.codes().row(i)).containsExactly(new float[] {0, -3 + 0.6f * i, 0}, within(1e-6f));
        }
    }

    @Test
    void otherDimensionsStayAtTheGivenCode() {
        Traversal traversal = Traversal.ofPrior(VAE, 2)
                .around(new float[] {7, 8, 9})
                .withDimensions(List.of(2, 0))
                .withSteps(2);
        assertThat(traversal.paths().get(0).codes())
                .isEqualTo(Matrix.of(new float[] {7, 8, -2}, new float[] {7, 8, 2}));
        assertThat(traversal.paths().get(1).codes())
                .isEqualTo(Matrix.of(new float[] {-2, 8, 9}, new float[] {2, 8, 9}));
    }

    @Test
    void ofCodesGoesBetweenTheirQuantiles() {
        Matrix codes = Matrix.zeros(101, 2);
        for (int i = 0; i <= 100; i++) {
            codes.data()[2 * i] = (i * 37) % 101;
            codes.data()[2 * i + 1] = 5;
        }
        // Φ(-1.6448536) = .05: the numbers from 0 to 100 have their 5 % and 95 % quantiles at 5 and 95.
        List<Traversal.Path> paths =
                Traversal.ofCodes(codes, 1.6448536269514722).withSteps(3).paths();
        assertThat(paths.get(0).codes().data()).containsExactly(new float[] {5, 5, 50, 5, 95, 5}, within(1e-4f));
        assertThat(paths.get(1).codes().data()).containsExactly(50, 5, 50, 5, 50, 5);
        // So far out the normal distribution has no probability in double precision.
        assertThat(Traversal.ofCodes(codes, 50).paths().get(0).from()).isZero();
        assertThat(Traversal.ofCodes(codes, 50).paths().get(0).to()).isEqualTo(100);
    }

    @Test
    void wrongArgumentsAreTold() {
        Traversal traversal = Traversal.ofPrior(VAE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traversal.withSteps(1))
                .withMessage("steps: found 1, expected at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traversal.withDimensions(List.of(1, 3)))
                .withMessage("dimensions: found 3, expected 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traversal.withDimensions(List.of()))
                .withMessage("dimensions: found none, expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> traversal.around(new float[2]))
                .withMessage("code: found 2 values, expected 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Traversal.ofPrior(VAE, -1))
                .withMessage("range: found -1.0, expected a finite number above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Traversal.ofCodes(Matrix.zeros(0, 2), 3))
                .withMessage("found no code, expected at least one");
    }
}
