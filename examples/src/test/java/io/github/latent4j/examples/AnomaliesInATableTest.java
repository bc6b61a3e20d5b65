package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.evaluation.AnomalyEvaluation.Labelled;
import org.junit.jupiter.api.Test;

class AnomaliesInATableTest {
    @Test
    void theDetectorFindsWhatNoSingleColumnShows() throws Exception {
        AnomaliesInATable.Outcome outcome = Lessons.run(AnomaliesInATable.class, AnomaliesInATable::run);
        Labelled labelled = outcome.evaluation().labelled().orElseThrow();
        assertThat(labelled.auroc().orElseThrow()).isGreaterThan(0.8).isGreaterThan(outcome.farthestCell() + 0.1);
        assertThat(labelled.falseAlarms().orElseThrow()).isLessThan(0.15);
        assertThat(outcome.firstReason()).isEqualTo("mode");
        assertThat(outcome.chosen()).isGreaterThan(outcome.farthestCell() + 0.1);
        assertThat(Lessons.folder(AnomaliesInATable.class)).isDirectoryContaining("glob:**/pumps.zip");
    }
}
