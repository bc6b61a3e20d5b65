package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainDl4jTest {
    @Test
    void bothSidesComputeTheSame() throws Exception {
        PlainDl4j.Outcome outcome = Lessons.run(PlainDl4j.class, PlainDl4j::run);
        assertThat(outcome.saved()).isLessThan(1e-4);
        assertThat(outcome.brought()).isLessThan(1e-4);
        assertThat(outcome.after()).isLessThan(outcome.before());
    }
}
