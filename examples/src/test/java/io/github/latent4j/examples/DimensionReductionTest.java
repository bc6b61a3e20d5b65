package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.DimensionReduction.Shares;
import java.util.List;
import org.junit.jupiter.api.Test;

class DimensionReductionTest {
    @Test
    void aVaesTwoNumbersTellMoreThanTwoComponents() throws Exception {
        List<Shares> found = Lessons.run(DimensionReduction.class, DimensionReduction::run);
        assertThat(found).extracting(Shares::numbers).containsExactly(2, 8);
        assertThat(found.get(0).vae()).isGreaterThan(found.get(0).pca() + 0.02);
        assertThat(found.get(1).vae()).isGreaterThan(found.get(0).vae() + 0.1);
    }
}
