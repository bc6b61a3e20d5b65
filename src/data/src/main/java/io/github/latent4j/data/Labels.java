package io.github.latent4j.data;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The labels of examples: a number for each, and a name for each number. Immutable. */
final class Labels {
    /** More classes than this are a mistake, and their names would fill the memory. */
    static final int GREATEST = 65_535;

    static final Labels NONE = new Labels(List.of(), new int[0]);

    private final List<String> names;
    private final int[] numbers;

    private Labels(List<String> names, int[] numbers) {
        this.names = List.copyOf(names);
        this.numbers = numbers.clone();
    }

    static Labels of(List<String> names, int[] numbers) {
        return new Labels(names, numbers);
    }

    /** Labels that are numbers and have no other names. */
    static Labels ofNumbers(int[] numbers) {
        int greatest = Arrays.stream(numbers).max().orElse(-1);
        return new Labels(
                IntStream.rangeClosed(0, greatest).mapToObj(String::valueOf).toList(), numbers);
    }

    /** Labels that are words, one an example; they are numbered in the order of their texts. */
    static Labels ofWords(List<String> words) {
        List<String> names = List.copyOf(new TreeSet<>(words));
        return new Labels(
                names,
                words.stream()
                        .mapToInt(word -> Collections.binarySearch(names, word))
                        .toArray());
    }

    /** The names in the order of their numbers; empty if there are no labels. */
    List<String> names() {
        return names;
    }

    boolean isEmpty() {
        return numbers.length == 0;
    }

    int number(int example) {
        return numbers[example];
    }

    IntStream numbers() {
        return Arrays.stream(numbers);
    }

    void digest(Sha256 digest) {
        numbers().forEach(digest::number);
        names.forEach(digest::text);
    }
}
