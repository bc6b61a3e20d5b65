package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.EvidenceBound;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VaeFirstStepsTest {
    @Test
    void theCodeOfTwoNumbersIsUsed() throws Exception {
        EvidenceBound bound =
                Lessons.run(VaeFirstSteps.class, VaeFirstSteps::run).bound().orElseThrow();
        // The mean pixel alone explains the digits no better than about -240 nats.
        assertThat(bound.elbo().mean())
                .isGreaterThan(-230)
                .isCloseTo(bound.expectedLogLikelihood().mean() - bound.kl().mean(), Offset.offset(1e-6));
        assertThat(bound.activeUnits()).isEqualTo(2);
    }
}
