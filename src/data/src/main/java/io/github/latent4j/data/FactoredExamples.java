package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.util.List;
import java.util.Objects;

/** Others' examples, of which it is known what they were made from. */
final class FactoredExamples implements Examples {
    private final Examples source;
    private final List<Factor> factors;
    private final double[][] values;

    FactoredExamples(Examples source, List<Factor> factors, double[][] values) {
        this.source = source;
        this.factors = List.copyOf(factors);
        this.values = new double[values.length][];
        if (values.length != source.size()) {
            throw new IllegalArgumentException("%s: found the factors of %d examples, expected %d"
                    .formatted(source.name(), values.length, source.size()));
        }
        for (int i = 0; i < values.length; i++) {
            this.values[i] = values[i].clone();
            if (values[i].length != factors.size()) {
                throw new IllegalArgumentException("%s: found %d factors of example %d, expected %d"
                        .formatted(source.name(), values[i].length, i, factors.size()));
            }
            for (int f = 0; f < factors.size(); f++) {
                check(i, this.factors.get(f), values[i][f]);
            }
        }
    }

    private void check(int index, Factor factor, double value) {
        boolean right = factor.isContinuous()
                ? Double.isFinite(value)
                : value >= 0 && value < factor.values() && value == Math.rint(value);
        if (!right) {
            throw new IllegalArgumentException("%s: found %s as the factor %s of example %d, expected %s"
                    .formatted(
                            source.name(),
                            value,
                            factor.name(),
                            index,
                            factor.isContinuous()
                                    ? "a finite number"
                                    : "a whole number from 0 to " + (factor.values() - 1)));
        }
    }

    @Override
    public int size() {
        return source.size();
    }

    @Override
    public InputContract input() {
        return source.input();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String sha256() {
        return source.sha256();
    }

    @Override
    public void read(int[] indices, float[] into) {
        source.read(indices, into);
    }

    @Override
    public List<String> labelNames() {
        return source.labelNames();
    }

    @Override
    public int label(int index) {
        return source.label(index);
    }

    @Override
    public List<Factor> factors() {
        return factors;
    }

    @Override
    public double factor(int index, int factor) {
        Objects.checkIndex(factor, factors.size());
        return values[Objects.checkIndex(index, values.length)][factor];
    }

    @Override
    public int origin(int index) {
        return source.origin(index);
    }

    @Override
    public void close() {
        // The source is closed by whoever opened it.
    }
}
