package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.ImportanceWeighted.Figures;
import io.github.latent4j.examples.ImportanceWeighted.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportanceWeightedTest {
    @Test
    void moreDrawsComeCloserAndTheIwaeGainsMostByThem() throws Exception {
        Found found = Lessons.run(ImportanceWeighted.class, ImportanceWeighted::run);
        for (Figures model : List.of(found.vae(), found.iwae())) {
            assertThat(model.logLikelihood(1)).isGreaterThan(model.logLikelihood(0));
            assertThat(model.logLikelihood(2)).isGreaterThan(model.logLikelihood(1));
            assertThat(model.last()).isGreaterThan(model.bound().elbo().mean());
        }
        assertThat(found.iwae().last() - found.iwae().bound().elbo().mean())
                .isGreaterThan(found.vae().last() - found.vae().bound().elbo().mean());
    }
}
