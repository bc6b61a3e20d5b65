package io.github.latent4j.evaluation.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LatentDimensionTest {
    private static final Vae VAE = HandMade.random(VaeSpec.of(4, 3).withHidden(5), 1);

    @Test
    void activityIsTheMeanDivergence() {
        Matrix inputs = HandMade.uniform(50, 4, 1);
        List<LatentDimension> dimensions =
                LatentDimension.of(VAE, Examples.of(inputs, new InputContract.Vector(4), "some"));
        Posterior posterior = VAE.posterior(inputs);
        double sum = 0;
        for (int r = 0; r < 50; r++) {
            sum += posterior.kl(r, 2);
        }
        assertThat(dimensions.get(2).activity()).isEqualTo(sum / 50, within(1e-9));
    }

    @Test
    void activityOfAnAutoencoderIsTheVarianceOfItsCode() {
        Examples examples =
                Examples.of(Matrix.of(new float[] {1, 0}, new float[] {3, 10}), new InputContract.Vector(2), "some");
        assertThat(LatentDimension.of(Identity.autoencoder(2), examples))
                .extracting(LatentDimension::activity)
                .containsExactly(1.0, 25.0);
    }

    @Test
    void theMostActiveComesFirstAndOfEqualOnesTheEarlier() {
        List<LatentDimension> dimensions = Stream.of(0.5, 2.0, 0.5, 1.0)
                .map(kl -> new LatentDimension(kl, 0, 1, 1))
                .toList();
        assertThat(LatentDimension.byActivity(dimensions)).containsExactly(1, 3, 0, 2);
    }
}
