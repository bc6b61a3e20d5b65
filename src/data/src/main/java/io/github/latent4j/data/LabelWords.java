package io.github.latent4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Collects labels as they come: a number a row, and each text once. */
final class LabelWords {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,4}");
    private static final int FIRST = 1024;

    private final Map<String, Integer> words = new LinkedHashMap<>();
    private int[] codes = new int[FIRST];
    private int size;

    /** Takes a label. False if there are too many different ones already. */
    boolean add(String word) {
        Integer code = words.get(word);
        if (code == null) {
            if (words.size() > Labels.GREATEST) {
                return false;
            }
            code = words.size();
            words.put(word, code);
        }
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, 2 * size);
        }
        codes[size++] = code;
        return true;
    }

    /** Whole numbers count from 0; other texts get numbers in their order. */
    Labels labels() {
        List<String> met = List.copyOf(words.keySet());
        boolean numbers = met.stream()
                .allMatch(word -> NUMBER.matcher(word).matches() && Integer.parseInt(word) <= Labels.GREATEST);
        if (numbers) {
            int[] of = met.stream().mapToInt(Integer::parseInt).toArray();
            return Labels.ofNumbers(
                    Arrays.stream(codes, 0, size).map(code -> of[code]).toArray());
        }
        List<String> names = new ArrayList<>(met);
        names.sort(null);
        int[] of = met.stream().mapToInt(names::indexOf).toArray();
        return Labels.of(
                names, Arrays.stream(codes, 0, size).map(code -> of[code]).toArray());
    }
}
