package io.github.latent4j.evaluation.sampling;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Permutation;
import io.github.latent4j.data.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Two examples to go from one to the other.
 *
 * @param from the index of the first
 * @param to the index of the second
 */
public record ExamplePair(int from, int to) {
    private static final int MOST_DRAWS = 100;

    /**
     * A seeded, uniformly random choice of pairs: of different labels if the examples have them, in any case of two examples.
     *
     * @param examples at least two
     * @param count how many pairs, at least 1
     * @param seed any number; a pair depends on it and its place alone
     * @return the pairs; one may occur twice
     * @throws IllegalArgumentException if there are fewer than two examples or no pair is asked for
     */
    public static List<ExamplePair> choose(Examples examples, int count, long seed) {
        if (examples.size() < 2) {
            throw new IllegalArgumentException(
                    "%s: found %d example, expected at least 2".formatted(examples.name(), examples.size()));
        }
        if (count < 1) {
            throw new IllegalArgumentException("pairs: found %d, expected at least 1".formatted(count));
        }
        return IntStream.range(0, count)
                .mapToObj(i -> choose(examples, new SplittableRandom(Seeds.mix(seed, i))))
                .toList();
    }

    private static ExamplePair choose(Examples examples, SplittableRandom random) {
        int size = examples.size();
        int from = random.nextInt(size);
        int first = another(size, from, random);
        if (examples.labelNames().isEmpty()) {
            return new ExamplePair(from, first);
        }
        int to = first;
        for (int draw = 1; draw < MOST_DRAWS && examples.label(to) == examples.label(from); draw++) {
            to = another(size, from, random);
        }
        if (examples.label(to) != examples.label(from)) {
            return new ExamplePair(from, to);
        }
        // Other labels are rare, if there are any: all examples are looked at, in an order that has nothing to do with
        // theirs.
        int found = IntStream.range(0, size)
                .map(new Permutation(size, random.nextLong()))
                .filter(i -> examples.label(i) != examples.label(from))
                .findFirst()
                .orElse(first);
        return new ExamplePair(from, found);
    }

    /** Uniformly one of the others. */
    private static int another(int size, int than, SplittableRandom random) {
        return (than + 1 + random.nextInt(size - 1)) % size;
    }
}
