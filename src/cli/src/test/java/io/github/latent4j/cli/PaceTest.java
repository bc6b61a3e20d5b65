package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.training.EpochReport;
import io.github.latent4j.training.Losses;
import io.github.latent4j.training.TrainingEngine.Phase;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Phase TRAINING = new Phase("training", 4);
    private static final Losses BOUND = new Losses(105.44, 80.13, 25.31);

    private static EpochReport report(Phase phase, int epoch, double seconds) {
        return new EpochReport(phase, epoch, BOUND, Optional.empty(), 1e-3, 1, false, seconds, 100);
    }

    @Test
    void aStepTellsLossesSpeedAndTimeLeft() {
        Pace pace = new Pace(60_000, 100);
        assertThat(pace.step(TRAINING, 1, 50, 100, BOUND, 105))
                .isEqualTo("training 1/4  50%  loss 105.4 (rec 80.13, KL 25.31)  120/s  29 min left")
                .hasSizeLessThan(80);
    }

    @Test
    void theTimeLeftFollowsTheMeanEpoch() {
        Pace pace = new Pace(1000, 0);
        for (int step = 1; step <= 10; step++) {
            String line = pace.step(TRAINING, 1, step, 10, Losses.ofError(0.01234), step);
            assertThat(line)
                    .isEqualTo("training 1/4 %3d%%  loss 0.01234  100/s  %d s left".formatted(10 * step, 40 - step));
        }
        assertThat(pace.epoch(report(TRAINING, 1, 12), 12)).contains("36 s left");
        assertThat(pace.step(TRAINING, 2, 5, 10, BOUND, 12.5)).endsWith("  200/s  30 s left");
        assertThat(pace.epoch(report(TRAINING, 2, 200), 212)).contains("4 min left");
        assertThat(pace.epoch(report(TRAINING, 3, 20_000), 20_212)).contains("1.9 h left");
        assertThat(pace.epoch(report(TRAINING, 4, 20), 20_232)).isEmpty();
    }

    @Test
    void anotherPhaseHasAnotherPace() {
        Pace pace = new Pace(1000, 0);
        assertThat(pace.epoch(report(new Phase("pretraining layer 1", 2), 1, 100), 100))
                .contains("2 min left");
        assertThat(pace.epoch(report(TRAINING, 1, 5), 105)).contains("15 s left");
    }

    @Test
    void anEpochThatGoesOnInItsMiddleTellsTheSpeedOfTheStepsThatWereSeen() {
        Pace pace = new Pace(1000, 0);
        pace.step(TRAINING, 3, 91, 100, BOUND, 1);
        assertThat(pace.step(TRAINING, 3, 92, 100, BOUND, 2)).endsWith("  10/s  2 min left");
    }
}
