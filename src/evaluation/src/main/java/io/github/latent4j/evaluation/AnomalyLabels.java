package io.github.latent4j.evaluation;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.internal.Quoted;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which examples are anomalies, told by their labels. Immutable and thread-safe. */
public final class AnomalyLabels {
    private static final Set<String> ANOMALOUS = Set.of(
            "1", "1.0", "true", "yes", "y", "anomaly", "anomalous", "outlier", "attack", "fraud", "abnormal", "bad");
    private static final Set<String> NORMAL =
            Set.of("0", "0.0", "false", "no", "n", "normal", "inlier", "good", "ok", "benign");
    private static final int SHOWN = 5;

    private final int size;
    private final BitSet anomalies;

    private AnomalyLabels(int size, BitSet anomalies) {
        this.size = size;
        this.anomalies = anomalies;
    }

    /**
     * The labels of examples. Which of two values is the anomaly need not be told if one of them is {@code 1}, {@code true},
     * {@code yes}, {@code y}, {@code anomaly}, {@code anomalous}, {@code outlier}, {@code attack}, {@code fraud}, {@code
     * abnormal} or {@code bad} and the other {@code 0}, {@code false}, {@code no}, {@code n}, {@code normal}, {@code inlier},
     * {@code good}, {@code ok} or {@code benign}, in capitals or not. All examples may have the same value. Of more than two values
     * the one of anomalies is to be given; all others are normal.
     *
     * @param examples with labels
     * @param what the labels are called in messages, such as {@code label column kind}
     * @param anomaly the label of anomalies, if it is known
     * @return which are anomalies
     * @throws IllegalArgumentException if no example has the given value although there are two or more,
     *     or none was given and the values do not tell; the message names the examples and lists the values
     * @throws IllegalStateException if the examples have no labels
     */
    public static AnomalyLabels of(Examples examples, String what, Optional<String> anomaly) {
        List<String> names = examples.labelNames();
        if (names.isEmpty()) {
            throw new IllegalStateException(examples.name() + ": found no labels, expected some");
        }
        BitSet present = new BitSet(names.size());
        IntStream.range(0, examples.size()).forEach(i -> present.set(examples.label(i)));
        List<String> values = present.stream().mapToObj(names::get).toList();
        String place = examples.name() + ": " + what;
        if (values.size() > 2 && anomaly.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: found %d values (%s), expected two, or to be told which one is the anomaly"
                            .formatted(place, values.size(), shown(values)));
        }
        Optional<String> odd = anomaly.isPresent() ? given(place, values, anomaly.get()) : guessed(place, values);
        int number = odd.map(names::indexOf).orElse(-1);
        BitSet anomalies = new BitSet(examples.size());
        IntStream.range(0, examples.size())
                .filter(i -> examples.label(i) == number)
                .forEach(anomalies::set);
        return new AnomalyLabels(examples.size(), anomalies);
    }

    /**
     * What is known without labels of a data set.
     *
     * @param size the number of examples, at least 1
     * @param anomaly whether an example, from 0 to {@code size - 1}, is an anomaly; asked once for each
     * @return which are anomalies
     * @throws IllegalArgumentException if the number is below 1
     */
    public static AnomalyLabels of(int size, IntPredicate anomaly) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "anomaly labels: found %d examples, expected at least 1".formatted(size));
        }
        BitSet anomalies = new BitSet(size);
        IntStream.range(0, size).filter(anomaly).forEach(anomalies::set);
        return new AnomalyLabels(size, anomalies);
    }

    private static Optional<String> given(String place, List<String> values, String anomaly) {
        if (values.size() >= 2 && !values.contains(anomaly)) {
            throw new IllegalArgumentException("%s: found the values %s, expected %s among them"
                    .formatted(place, shown(values), Quoted.cut(anomaly)));
        }
        return Optional.of(anomaly);
    }

    /** The value that says anomaly; empty where all examples have a value that says normal. */
    private static Optional<String> guessed(String place, List<String> values) {
        List<String> odd =
                values.stream().filter(value -> knownIn(ANOMALOUS, value)).toList();
        long normal = values.stream().filter(value -> knownIn(NORMAL, value)).count();
        if (odd.size() + normal != values.size() || odd.size() > 1 || normal > 1) {
            throw new IllegalArgumentException("%s: found the %s %s, expected to be told which value is the anomaly"
                    .formatted(place, values.size() == 1 ? "value" : "values", shown(values)));
        }
        return odd.stream().findFirst();
    }

    private static boolean knownIn(Set<String> words, String value) {
        return words.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    private static String shown(List<String> values) {
        return values.stream().limit(SHOWN).map(Quoted::cut).collect(Collectors.joining(", "))
                + (values.size() > SHOWN ? ", …" : "");
    }

    /**
     * The number of examples.
     *
     * @return at least 1
     */
    public int size() {
        return size;
    }

    /**
     * The number of anomalies among them.
     *
     * @return from 0 to {@link #size()}
     */
    public int anomalies() {
        return anomalies.cardinality();
    }

    /**
     * Whether an example is an anomaly.
     *
     * @param index from 0 to {@code size() - 1}
     * @return true if its label says so
     */
    public boolean isAnomaly(int index) {
        return anomalies.get(index);
    }
}
