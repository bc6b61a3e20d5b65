package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Rounds rounds(String orders) {
        return new Rounds(
                new BufferedReader(new StringReader(orders)), new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return said.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void aRoundTellsItsExamplesAndTheirMeanLoss() {
        Rounds rounds = rounds("round 3\nround 2\n");
        rounds.ready("a peer 1.0");
        rounds.stepped(1, 10, 2);
        rounds.stepped(1, 10, 3);
        assertThat(rounds.left()).isEqualTo(1);
        rounds.stepped(1, 5, 10);
        assertThat(rounds.left()).isEqualTo(2);
        assertThatThrownBy(() -> rounds.stepped(2, 20, Double.NaN)).isInstanceOf(Rounds.OverException.class);

        assertThat(lines()).hasSize(3).first().isEqualTo("ready a peer 1.0");
        Round first = Round.parse(lines().get(1)).orElseThrow();
        assertThat(first.examples()).isEqualTo(25);
        assertThat(first.loss()).isEqualTo(4);
        assertThat(first.nanos()).isPositive();
        Round second = Round.parse(lines().get(2)).orElseThrow();
        assertThat(second.examples()).isEqualTo(20);
        assertThat(second.loss()).isNaN();
    }

    @Test
    void aRoundSurvivesItsLine() {
        Round round = new Round(12_800, 2_500_000_000L, 243.25);
        assertThat(Round.parse(round.line())).contains(round);
        assertThat(round.rate()).isEqualTo(5_120);
        assertThat(Round.parse("some library's chatter")).isEmpty();
    }
}
