package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InAServiceTest {
    @Test
    void threadsGetTheBitsOfOneThreadAndAnswersOfOneModelOrTheOther() throws Exception {
        InAService.Outcome outcome = Lessons.run(InAService.class, InAService::run);
        assertThat(outcome.answers()).isPositive().isEqualTo(outcome.asked());
        assertThat(outcome.different()).isZero();
        assertThat(outcome.byModel()).hasSize(3);
        assertThat(outcome.byModel().get(0)).isPositive();
        assertThat(outcome.byModel().get(1)).isPositive();
        assertThat(outcome.byModel().get(2)).isZero();
    }
}
