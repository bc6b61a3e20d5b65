package io.github.latent4j.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a contest gave.
 *
 * @param rounds of each peer, by its label, all of one number
 * @param what computed in each peer: versions, kernels
 */
record Measurement(Map<String, List<Round>> rounds, Map<String, String> what) {
    Set<String> labels() {
        return rounds.keySet();
    }

    /** Examples per second. */
    Spread rate(String label) {
        return Spread.of(rates(label));
    }

    /** How many times as fast one peer is as another, round by round. */
    Spread ratio(String over, String under) {
        return Spread.ofRatios(rates(over), rates(under));
    }

    /** The loss in the last round; NaN of a peer that computes none. */
    double loss(String label) {
        List<Round> of = of(label);
        return of.get(of.size() - 1).loss();
    }

    /** Of some peers the one with the highest median; empty if none of them was measured. */
    Optional<String> fastest(String... of) {
        return Stream.of(of).filter(rounds::containsKey).max(Comparator.comparingDouble(label -> rate(label)
                .median()));
    }

    private List<Double> rates(String label) {
        return of(label).stream().map(Round::rate).toList();
    }

    private List<Round> of(String label) {
        List<Round> of = rounds.get(label);
        if (of == null) {
            throw new IllegalArgumentException(
                    "peer: found %s, expected one of %s".formatted(label, String.join(", ", rounds.keySet())));
        }
        return of;
    }
}
