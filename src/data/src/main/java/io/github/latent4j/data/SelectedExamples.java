package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/** Some examples of others, which own the data. */
final class SelectedExamples implements Examples {
    private final Examples source;
    private final int size;
    private final IntUnaryOperator index;
    private final String name;

    SelectedExamples(Examples source, int size, IntUnaryOperator index, String name) {
        if (size < 1) {
            throw new IllegalArgumentException(
                    "%s: found a selection of %d examples, expected at least 1".formatted(name, size));
        }
        this.source = source;
        this.size = size;
        this.index = index;
        this.name = name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public InputContract input() {
        return source.input();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String sha256() {
        Sha256 digest = new Sha256().text(source.sha256());
        for (int i = 0; i < size; i++) {
            digest.text(Integer.toString(index.applyAsInt(i)));
        }
        return digest.hex();
    }

    @Override
    public void read(int[] indices, float[] into) {
        source.read(Arrays.stream(indices).map(this::sourceIndex).toArray(), into);
    }

    @Override
    public List<String> labelNames() {
        return source.labelNames();
    }

    @Override
    public int label(int i) {
        return source.label(sourceIndex(i));
    }

    @Override
    public List<Factor> factors() {
        return source.factors();
    }

    @Override
    public double factor(int i, int factor) {
        return source.factor(sourceIndex(i), factor);
    }

    @Override
    public int origin(int i) {
        return source.origin(sourceIndex(i));
    }

    private int sourceIndex(int i) {
        return index.applyAsInt(Objects.checkIndex(i, size));
    }

    @Override
    public void close() {
        // The source is closed by whoever opened it.
    }
}
