package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
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

    /** The digest of the source: that, seed and share give the selection again. */
    @Override
    public String sha256() {
        return source.sha256();
    }

    @Override
    public Matrix read(int[] indices) {
        return source.read(Arrays.stream(indices).map(this::sourceIndex).toArray());
    }

    @Override
    public List<String> labelNames() {
        return source.labelNames();
    }

    @Override
    public int label(int i) {
        return source.label(sourceIndex(i));
    }

    private int sourceIndex(int i) {
        return index.applyAsInt(Objects.checkIndex(i, size));
    }

    @Override
    public void close() {
        // The source is closed by whoever opened it.
    }
}
