package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MixedTableAndMissingValuesTest {
    @Test
    void theModelKnowsMoreThanTheColumnAlone() throws Exception {
        MixedTableAndMissingValues.Outcome outcome =
                Lessons.run(MixedTableAndMissingValues.class, MixedTableAndMissingValues::run);
        assertThat(outcome.model()).isLessThan(0.6);
        assertThat(outcome.byHidden()).hasSize(5).allMatch(ratio -> ratio < 1.1);
        assertThat(outcome.byHidden().get(0)).isLessThan(outcome.byHidden().get(4));
    }
}
