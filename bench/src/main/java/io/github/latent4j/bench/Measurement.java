package io.github.latent4j.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
        return rates().spread(label);
    }

    /** How many times as fast one peer is as another, round by round. */
    Spread ratio(String over, String under) {
        return rates().ratio(over, under);
    }

    /** The loss in the last round; NaN of a peer that computes none, or was not measured. */
    double loss(String label) {
        List<Round> of = rounds.getOrDefault(label, List.of());
        return of.isEmpty() ? Double.NaN : of.get(of.size() - 1).loss();
    }

    /** Of some peers the one with the highest median; empty if none of them was measured. */
    Optional<String> fastest(String... of) {
        return rates().highest(of);
    }

    private Series rates() {
        Map<String, List<Double>> rates = new LinkedHashMap<>();
        rounds.forEach(
                (label, of) -> rates.put(label, of.stream().map(Round::rate).toList()));
        return new Series(rates);
    }
}
