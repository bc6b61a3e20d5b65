package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.RandomModels;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Digests of the bits of many products and of what models answer. Its {@code main} prints them as they come out under the flags
 * that a Java runtime was started with.
 */
final class ProductDigest {
    private static final int SHAPES = 60;
    private static final int MOST_OUTPUTS = 100;
    private static final int MOST_INPUTS = 70;
    private static final int MOST_ROWS = 40;

    private ProductDigest() {}

    /** A way to multiply: {@code y = x Wᵀ}. */
    @FunctionalInterface
    interface Kernel {
        void multiply(WeightRows weights, float[][] x, int rows, float[][] y);
    }

    /** What products are by definition: a sum in the order of the inputs for each output of each example. */
    static void byDefinition(WeightRows weights, float[][] x, int rows, float[][] y) {
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < weights.outputs(); o++) {
                float sum = 0;
                for (int i = 0; i < weights.inputs(); i++) {
                    sum = MultiplyAdd.of(x[r][i], weights.of(i)[o], sum);
                }
                y[r][o] = sum;
            }
        }
    }

    /** Plain Java, the examples together. */
    static void plain(WeightRows weights, float[][] x, int rows, float[][] y) {
        PlainMultiplication.multiply(weights, x, 0, rows, y);
    }

    /** Plain Java, each example alone. */
    static void oneByOne(WeightRows weights, float[][] x, int rows, float[][] y) {
        for (int r = 0; r < rows; r++) {
            PlainMultiplication.multiply(weights, new float[][] {x[r]}, 0, 1, new float[][] {y[r]});
        }
    }

    /** Multiplies matrices of many shapes, the smallest and the largest among them, with a third of the inputs 0. */
    static String ofProducts(Kernel kernel) {
        MessageDigest digest = sha256();
        Random random = new Random(1);
        for (int shape = 0; shape < SHAPES; shape++) {
            int outputs = shape < 2 ? 1 : shape < 4 ? MOST_OUTPUTS : 1 + random.nextInt(MOST_OUTPUTS);
            int inputs = shape % 2 == 0 && shape < 4 ? 1 : shape < 4 ? MOST_INPUTS : 1 + random.nextInt(MOST_INPUTS);
            int rows = shape < 4 ? MOST_ROWS : 1 + random.nextInt(MOST_ROWS);
            float[] weights = new float[outputs * inputs];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextGaussian();
            }
            float[][] x = DenseLayer.room(rows, inputs);
            for (float[] row : x) {
                for (int i = 0; i < inputs; i++) {
                    row[i] = random.nextInt(3) == 0 ? 0 : (float) random.nextGaussian();
                }
            }
            float[][] y = DenseLayer.room(rows, outputs);
            kernel.multiply(new WeightRows(weights, 0, outputs, inputs), x, rows, y);
            for (float[] row : y) {
                update(digest, row, outputs);
            }
        }
        return text(digest);
    }

    /** Asks models of several kinds, for batches and for the same examples one by one. */
    static String ofModels(boolean batches) {
        List<ModelSpec> specs = List.of(
                AutoencoderSpec.of(60, 20).withHidden(50),
                VaeSpec.of(60, 20).withHidden(50, 40),
                VaeSpec.of(60, 20).withHidden(50).withLikelihood(Likelihood.GAUSSIAN));
        MessageDigest digest = sha256();
        for (ModelSpec spec : specs) {
            LatentModel model = RandomModels.of(spec, 5);
            float[][] examples = RandomModels.examples(MOST_ROWS, spec.inputs(), 6);
            if (batches) {
                updateBatch(digest, model, Matrix.of(examples));
            } else {
                updateSingles(digest, model, examples);
            }
        }
        return text(digest);
    }

    private static void updateBatch(MessageDigest digest, LatentModel model, Matrix x) {
        Matrix codes = model.encode(x);
        Matrix reconstructions = model.reconstruct(x);
        double[] errors = model.reconstructionErrors(x);
        Matrix logVariances = model instanceof Vae vae ? vae.posterior(x).logVariance() : Matrix.zeros(x.rows(), 0);
        for (int r = 0; r < x.rows(); r++) {
            update(digest, codes.row(r), codes.columns());
            update(digest, reconstructions.row(r), x.columns());
            update(digest, logVariances.row(r), logVariances.columns());
            digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, errors[r]));
        }
    }

    private static void updateSingles(MessageDigest digest, LatentModel model, float[][] examples) {
        for (float[] x : examples) {
            float[] code = model.encode(x);
            update(digest, code, code.length);
            update(digest, model.reconstruct(x), x.length);
            if (model instanceof Vae vae) {
                update(digest, vae.posterior(x).logVariance().data(), code.length);
            }
            digest.update(ByteBuffer.allocate(Double.BYTES).putDouble(0, model.reconstructionError(x)));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, float[] values, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES);
        bytes.asFloatBuffer().put(values, 0, count);
        digest.update(bytes);
    }

    private static String text(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Prints a line for each digest, several times, so that the compiler has its say.
     *
     * @param arguments how often
     */
    public static void main(String[] arguments) {
        boolean vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        System.out.println("provider " + StandardMultiplication.INSTANCE.name());
        for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
            System.out.println(
                    "products " + ofProducts(vectors ? VectorMultiplication::multiply : ProductDigest::plain));
            System.out.println("products " + ofProducts(ProductDigest::oneByOne));
            System.out.println("models " + ofModels(true));
            System.out.println("models " + ofModels(false));
        }
    }
}
