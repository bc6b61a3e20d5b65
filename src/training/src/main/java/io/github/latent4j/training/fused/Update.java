package io.github.latent4j.training.fused;

import io.github.latent4j.runtime.ParameterLayout.Block;
import io.github.latent4j.training.Optimisation;
import io.github.latent4j.training.Optimiser;
import io.github.latent4j.training.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The optimiser's step: in one pass over the parameters, piece by piece, the shards' gradients are summed in their order, the
 * step is taken and the weights brought outside. Pieces depend on nothing but themselves, so any worker may do any of them;
 * only a bound on the gradient's norm needs a pass more. The formulas are those of ND4J's updaters.
 */
final class Update {
    /** Values of a piece: several arrays of it fit into a core's first cache. */
    private static final int LENGTH = 2048;

    private static final String FIRST = "optimiser.first";
    private static final String SECOND = "optimiser.second";
    private static final float EPSILON = 1e-8f;
    private static final float ADAM_MEAN = 0.9f;
    private static final float ADAM_VARIANCE = 0.999f;
    private static final float RMSPROP_DECAY = 0.95f;
    private static final float MOMENTUM = 0.9f;

    private record Piece(int from, int to, boolean decays) {}

    private final Optimisation optimisation;
    private final Parameters parameters;
    private final List<Piece> pieces = new ArrayList<>();
    private final double[] squares;
    private final float[] sum;
    private final float[] part;
    /** The optimiser's memory: of Adam the gradient's mean and mean square, of the others one of the two. */
    private final float[] first;

    private final float[] second;

    Update(Optimisation optimisation, Parameters parameters, List<Block> blocks) {
        this.optimisation = optimisation;
        this.parameters = parameters;
        for (Block block : blocks) {
            for (int from = 0; from < block.length(); from += LENGTH) {
                pieces.add(new Piece(
                        block.offset() + from,
                        block.offset() + Math.min(from + LENGTH, block.length()),
                        block.isWeight()));
            }
        }
        this.squares = new double[pieces.size()];
        int all = parameters.values.length;
        this.sum = new float[all];
        this.part = new float[all];
        this.first = new float[sizeOfFirst(optimisation, all)];
        this.second = new float[sizeOfSecond(optimisation, all)];
        if (optimisation.optimiser() == Optimiser.RMSPROP) {
            Arrays.fill(first, EPSILON); // where ND4J starts the mean square
        }
    }

    /** Takes a step against the mean of the shards' gradients over a batch. */
    void take(Workers workers, Shard[] shards, int batchSize, Step step) {
        float scale = 1f / batchSize;
        if (optimisation.clipping() > 0) {
            workers.run(pieces.size(), p -> {
                gradient(pieces.get(p), shards, scale);
                squares[p] = squares(pieces.get(p));
            });
            double norm = Math.sqrt(Arrays.stream(squares).sum());
            float factor = norm > optimisation.clipping() ? (float) (optimisation.clipping() / norm) : 1;
            workers.run(pieces.size(), p -> move(pieces.get(p), factor, step));
        } else {
            workers.run(pieces.size(), p -> {
                gradient(pieces.get(p), shards, scale);
                move(pieces.get(p), 1, step);
            });
        }
    }

    private double squares(Piece piece) {
        double squares = 0;
        for (int i = piece.from(); i < piece.to(); i++) {
            squares += (double) sum[i] * sum[i];
        }
        return squares;
    }

    // The loops below run over one index in all arrays, which is what the compiler vectorises.

    /** The mean gradient of a piece, with the L2 penalty's. */
    private void gradient(Piece piece, Shard[] shards, float scale) {
        int from = piece.from();
        int to = piece.to();
        float[] s = sum;
        boolean started = false;
        for (Shard shard : shards) {
            if (shard.rows > 0) {
                shard.gradient.get(from, started ? part : s, to - from);
                if (started) {
                    add(s, part, from, to);
                }
                started = true;
            }
        }
        for (int i = from; i < to; i++) {
            s[i] *= scale;
        }
        if (piece.decays() && optimisation.weightDecay() > 0 && optimisation.optimiser() != Optimiser.ADAMW) {
            float decay = (float) optimisation.weightDecay();
            float[] p = parameters.values;
            for (int i = from; i < to; i++) {
                s[i] += decay * p[i];
            }
        }
    }

    private static void add(float[] sum, float[] part, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += part[i];
        }
    }

    private void move(Piece piece, float factor, Step step) {
        int from = piece.from();
        int to = piece.to();
        float[] g = sum;
        float[] p = parameters.values;
        if (factor != 1) {
            for (int i = from; i < to; i++) {
                g[i] *= factor;
            }
        }
        if (optimisation.optimiser() == Optimiser.ADAMW && piece.decays()) {
            float kept = (float) (1 - step.learningRate() * optimisation.weightDecay());
            for (int i = from; i < to; i++) {
                p[i] *= kept;
            }
        }
        float rate = (float) step.learningRate();
        switch (optimisation.optimiser()) {
            case ADAM, ADAMW -> {
                double t = step.taken() + 1.0;
                double corrected =
                        step.learningRate() * Math.sqrt(1 - Math.pow(ADAM_VARIANCE, t)) / (1 - Math.pow(ADAM_MEAN, t));
                adam(p, first, second, g, from, to, (float) corrected);
            }
            case RMSPROP -> rmsProp(p, first, g, from, to, rate);
            case NESTEROV -> nesterov(p, first, g, from, to, rate);
            case SGD -> sgd(p, g, from, to, rate);
        }
        parameters.push(from, to - from);
    }

    private static void adam(float[] p, float[] m, float[] v, float[] g, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            float mean = ADAM_MEAN * m[i] + (1 - ADAM_MEAN) * g[i];
            float square = ADAM_VARIANCE * v[i] + (1 - ADAM_VARIANCE) * g[i] * g[i];
            m[i] = mean;
            v[i] = square;
            p[i] -= rate * mean / ((float) Math.sqrt(square) + EPSILON);
        }
    }

    private static void rmsProp(float[] p, float[] v, float[] g, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            float square = RMSPROP_DECAY * v[i] + (1 - RMSPROP_DECAY) * g[i] * g[i];
            v[i] = square;
            p[i] -= rate * g[i] / ((float) Math.sqrt(square) + EPSILON);
        }
    }

    private static void nesterov(float[] p, float[] v, float[] g, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            float before = v[i];
            float velocity = MOMENTUM * before - rate * g[i];
            v[i] = velocity;
            p[i] += (1 + MOMENTUM) * velocity - MOMENTUM * before;
        }
    }

    private static void sgd(float[] p, float[] g, int from, int to, float rate) {
        for (int i = from; i < to; i++) {
            p[i] -= rate * g[i];
        }
    }

    /** Says so if a state's memory of an optimiser is of another size; one from before the first step has none. */
    static void requireFits(Map<String, float[]> state, Optimisation optimisation, int parameters) {
        if (state.containsKey(FIRST) || state.containsKey(SECOND)) {
            FusedTraining.array(state, FIRST, sizeOfFirst(optimisation, parameters));
            FusedTraining.array(state, SECOND, sizeOfSecond(optimisation, parameters));
        }
    }

    private static int sizeOfFirst(Optimisation optimisation, int parameters) {
        return optimisation.optimiser() == Optimiser.SGD ? 0 : parameters;
    }

    private static int sizeOfSecond(Optimisation optimisation, int parameters) {
        return optimisation.optimiser() == Optimiser.ADAM || optimisation.optimiser() == Optimiser.ADAMW
                ? parameters
                : 0;
    }

    /** Adds the optimiser's memory to a state. */
    void save(Map<String, float[]> into) {
        into.put(FIRST, first.clone());
        into.put(SECOND, second.clone());
    }

    /** Takes it from a state. */
    void restore(Map<String, float[]> from) {
        FusedTraining.copy(from, FIRST, first);
        FusedTraining.copy(from, SECOND, second);
    }
}
