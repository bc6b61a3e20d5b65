package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.latent.Probes;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionReductionTest {
    @Test
    void twoNumbersOfAVaeTellMoreThanTwoComponents() throws Exception {
        List<DimensionReduction.Reduction> found = Lessons.run(DimensionReduction.class, DimensionReduction::run);
        Probes two = found.get(0).probes();
        assertThat(two.code().dimensions()).isEqualTo(2);
        assertThat(two.code().nearestNeighbour()).isGreaterThan(two.pca().nearestNeighbour());
        assertThat(found.get(1).probes().code().nearestNeighbour())
                .isGreaterThan(two.code().nearestNeighbour());
    }
}
