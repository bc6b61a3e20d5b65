package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that did not learn the same would not be worth comparing. */
class PeersTest {
    private static final int STEPS = 60;
    private static final Task TASK = new Task("strokes", 64, 2, Optional.of(2_000));

    /** The rounds of a peer in this process: the first goes twice through the data, nearly. */
    private static List<Round> rounds(String peer) throws IOException {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Rounds rounds = new Rounds(
                new BufferedReader(new StringReader("round %d\nround 5\n".formatted(STEPS))),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Peers.make(peer).train(TASK, rounds)).isInstanceOf(Rounds.OverException.class);
        return said.toString(StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .map(line -> Round.parse(line).orElseThrow())
                .toList();
    }

    static List<String> learners() {
        // The natives for AVX2 are not on the tests' class path; the bounds do not learn.
        List<String> others = List.of(Peers.DL4J, Peers.PLAIN_AVX2, Peers.BOUND, Peers.BOUND_WHOLE);
        return Peers.names().stream().filter(peer -> !others.contains(peer)).toList();
    }

    @ParameterizedTest
    @MethodSource("learners")
    void allLearnAsDl4jsLayerDoes(String peer) throws IOException {
        List<Round> ours = rounds(Peers.DL4J);
        List<Round> theirs = rounds(peer);
        assertThat(theirs)
                .extracting(Round::examples)
                .isEqualTo(ours.stream().map(Round::examples).toList());
        assertThat(theirs.get(0).loss()).isCloseTo(ours.get(0).loss(), Percentage.withPercentage(3));
        assertThat(theirs.get(1).loss()).isCloseTo(ours.get(1).loss(), Percentage.withPercentage(3));
        assertThat(theirs.get(1).loss()).isLessThan(0.9 * theirs.get(0).loss());
    }

    @Test
    void theBoundCountsTheExamplesOfItsSteps() throws IOException {
        for (String bound : List.of(Peers.BOUND, Peers.BOUND_WHOLE)) {
            assertThat(rounds(bound)).extracting(Round::examples).containsExactly(64L * STEPS, 64L * 5);
        }
    }

    @Test
    void anUnknownPeerIsRefused() {
        assertThatThrownBy(() -> Peers.make("abacus"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("peer: found abacus, expected one of " + String.join(", ", Peers.names()));
    }
}
