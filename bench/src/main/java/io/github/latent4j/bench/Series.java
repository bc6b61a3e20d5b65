package io.github.latent4j.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One quantity, measured round by round.
 *
 * @param values of each peer, by its label, all of one number
 */
record Series(Map<String, List<Double>> values) {
    Set<String> labels() {
        return values.keySet();
    }

    Spread spread(String label) {
        return Spread.of(of(label));
    }

    /** One peer's values over another's, round by round. */
    Spread ratio(String over, String under) {
        return Spread.ofRatios(of(over), of(under));
    }

    /** Of some peers the one with the highest median; empty if none of them was measured. */
    Optional<String> highest(String... of) {
        return Stream.of(of).filter(values::containsKey).max(Comparator.comparingDouble(label -> spread(label)
                .median()));
    }

    private List<Double> of(String label) {
        List<Double> of = values.get(label);
        if (of == null) {
            throw new IllegalArgumentException(
                    "peer: found %s, expected one of %s".formatted(label, String.join(", ", values.keySet())));
        }
        return of;
    }
}
