package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Matrix;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** Examples in memory. */
final class MatrixExamples implements Examples {
    private final Matrix examples;
    private final InputContract input;
    private final String name;
    private final List<String> labelNames;
    private final int[] labels;

    MatrixExamples(Matrix examples, InputContract input, String name, List<String> labelNames, int[] labels) {
        if (examples.rows() < 1) {
            throw new IllegalArgumentException("%s: found no example, expected at least one".formatted(name));
        }
        if (examples.columns() != input.size()) {
            throw new IllegalArgumentException("%s: found %d values an example, expected %d: %s"
                    .formatted(name, examples.columns(), input.size(), input.text()));
        }
        float[] data = examples.data();
        boolean table = input instanceof InputContract.Table;
        for (int i = 0; i < data.length; i++) {
            if (!Float.isFinite(data[i]) && !(table && Float.isNaN(data[i]))) {
                throw new IllegalArgumentException("%s: found %s in example %d at index %d, expected a finite number%s"
                        .formatted(
                                name, data[i], i / examples.columns(), i % examples.columns(), table ? " or NaN" : ""));
            }
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= labelNames.size()) {
                throw new IllegalArgumentException("%s: found label %d of example %d, expected 0 to %d"
                        .formatted(name, labels[i], i, labelNames.size() - 1));
            }
        }
        this.examples = examples;
        this.input = input;
        this.name = name;
        this.labelNames = List.copyOf(labelNames);
        this.labels = labels.clone();
    }

    @Override
    public int size() {
        return examples.rows();
    }

    @Override
    public InputContract input() {
        return input;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String sha256() {
        Sha256 digest = new Sha256();
        ByteBuffer row = ByteBuffer.allocate(examples.columns() * Float.BYTES);
        for (int r = 0; r < examples.rows(); r++) {
            row.clear().asFloatBuffer().put(examples.data(), r * examples.columns(), examples.columns());
            digest.bytes(row.array());
        }
        for (int label : labels) {
            digest.number(label);
        }
        return digest.hex();
    }

    @Override
    public void read(int[] indices, float[] into) {
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(
                    examples.data(),
                    Objects.checkIndex(indices[i], examples.rows()) * examples.columns(),
                    into,
                    i * examples.columns(),
                    examples.columns());
        }
    }

    @Override
    public List<String> labelNames() {
        return labelNames;
    }

    @Override
    public int label(int index) {
        if (labels.length == 0) {
            throw new IllegalStateException(name + ": found no labels, expected some");
        }
        return labels[index];
    }
}
