package io.github.latent4j.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static Standing after(Schedule schedule, int warmingUp, double... losses) {
        Standing standing = Standing.START;
        for (int i = 0; i < losses.length; i++) {
            standing = standing.after(i + 1, OptionalDouble.of(losses[i]), i < warmingUp, schedule);
        }
        return standing;
    }

    @Test
    void theLowestLossIsTheBestAndPatienceCountsFromIt() {
        Standing standing = after(Schedule.CONSTANT, 0, 5, 3, 4, 3);
        assertThat(standing.bestEpoch()).isEqualTo(2);
        assertThat(standing.bestLoss()).isEqualTo(3);
        assertThat(standing.since()).isEqualTo(2);
        assertThat(standing.exhausts(2)).isTrue();
        assertThat(standing.exhausts(3)).isFalse();
        assertThat(standing.exhausts(0)).isFalse();
    }

    @Test
    void epochsOfTheWarmUpNeitherCountNorKeepTheBest() {
        assertThat(after(Schedule.CONSTANT, 3, 1, 2, 3)).isEqualTo(new Standing(3, Double.POSITIVE_INFINITY, 0, 1, 0));
        // Worse than all before it, but the first that counts.
        assertThat(after(Schedule.CONSTANT, 3, 1, 2, 3, 9).bestEpoch()).isEqualTo(4);
        assertThat(after(Schedule.CONSTANT, 3, 1, 2, 3, 9, 10, 8).bestEpoch()).isEqualTo(6);
        assertThat(after(Schedule.CONSTANT, 3, 1, 2, 3, 9, 10, 11).since()).isEqualTo(2);
    }

    @Test
    void withoutValidationTheNewestIsTheBest() {
        Standing standing = Standing.START
                .after(1, OptionalDouble.empty(), false, Schedule.CONSTANT)
                .after(2, OptionalDouble.empty(), false, Schedule.CONSTANT);
        assertThat(standing.bestEpoch()).isEqualTo(2);
        assertThat(standing.exhausts(1)).isFalse();
    }

    @Test
    void aPlateauLowersTheRateAndCountsAnew() {
        Schedule plateau = new Schedule.Plateau(2, 0.5);
        assertThat(after(plateau, 0, 1, 2).rateFactor()).isEqualTo(1);
        assertThat(after(plateau, 0, 1, 2, 2).rateFactor()).isEqualTo(0.5);
        assertThat(after(plateau, 0, 1, 2, 2, 2).rateFactor()).isEqualTo(0.5);
        assertThat(after(plateau, 0, 1, 2, 2, 2, 2).rateFactor()).isEqualTo(0.25);
        // A better epoch between ends the count, not the reduction.
        assertThat(after(plateau, 0, 1, 2, 2, 0.5, 2)).isEqualTo(new Standing(4, 0.5, 1, 0.5, 1));
        // The reduction does not start patience anew.
        assertThat(after(plateau, 0, 1, 2, 2, 2, 2).since()).isEqualTo(4);
    }
}
