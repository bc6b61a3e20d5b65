package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.BetaVae.Trained;
import java.util.List;
import org.junit.jupiter.api.Test;

class BetaVaeTest {
    @Test
    void aDearerCodeTellsLessAndFreeBitsKeepAllDimensions() throws Exception {
        List<Trained> all = Lessons.run(BetaVae.class, BetaVae::run);
        Trained one = all.get(0);
        Trained eight = all.get(1);
        assertThat(eight.bound().kl().mean()).isLessThan(one.bound().kl().mean());
        assertThat(eight.bound().elbo().mean()).isLessThan(one.bound().elbo().mean());
        assertThat(eight.evaluation().reconstructionError())
                .isGreaterThan(one.evaluation().reconstructionError());
        assertThat(eight.bound().klPerDimension()).anyMatch(kl -> kl < 0.3);
        assertThat(all.get(3).bound().klPerDimension()).allMatch(kl -> kl > 0.3);
        assertThat(all).allMatch(trained -> trained.factors().mig() < 0.5);
        assertThat(one.givenUp()).isZero();
        assertThat(all.get(2).givenUp()).as("β = 8, warm-up").isPositive();
        // What the code does not tell cannot be predicted from it.
        assertThat(eight.factors().informativenessError())
                .isGreaterThan(one.factors().informativenessError() + 0.05);
    }
}
