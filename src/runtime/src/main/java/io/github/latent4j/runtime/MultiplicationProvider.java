package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.PlainMultiplication;
import io.github.latent4j.runtime.internal.StandardMultiplication;
import java.util.ServiceLoader;

/**
 * How a model multiplies its weights with examples. A provider gets each weight matrix once and may lay it out as it likes.
 * Providers are thread-safe. Three makes are there:
 *
 * <ul>
 *   <li>{@code plain}: Java that the compiler vectorises. Always there.
 *   <li>{@code vector}: {@code jdk.incubator.vector}, where the Java runtime was started with {@code --add-modules
 *       jdk.incubator.vector}. It gives the same bits as {@code plain} and is faster for batches.
 *   <li>{@code openblas}: native code, for batches alone, where {@code latent4j-domain} is on the class path. Agrees with the
 *       others to 1e-5.
 * </ul>
 *
 * <p>With {@code plain} and {@code vector}, of which models are loaded with the one that {@link #standard()} gives, the result
 * for an example does not depend on the batch that it is in. With {@code openblas}, which {@link LatentModel#using} takes, its last
 * bits do.
 */
public interface MultiplicationProvider {
    /**
     * A short name, such as {@code plain}.
     *
     * @return the name
     */
    String name();

    /**
     * Prepares a weight matrix.
     *
     * @param weights holds the matrix, row-major, one row an output; copied as needed, not kept
     * @param offset where it starts
     * @param outputs its rows
     * @param inputs its columns
     * @return the multiplication with this matrix, safe for use by several threads
     */
    Multiplication prepare(float[] weights, int offset, int outputs, int inputs);

    /**
     * How many examples of a batch go through a model together.
     *
     * @param widest values of the widest layer
     * @return at least 1; here from 4 to 32, and no more than make 65,536 values of that layer, so that the values on their way
     *     stay in a processor's second cache
     */
    default int rowsAtOnce(int widest) {
        int cached = 1 << 16;
        return Math.max(4, Math.min(32, cached / widest / 4 * 4));
    }

    /**
     * Whether this is made for batches alone. Methods that take one example then multiply as {@link #standard()} does, but for
     * a VAE's {@code elbo} and {@code logLikelihood}.
     *
     * @return false, unless a provider says otherwise
     */
    default boolean forBatchesAlone() {
        return false;
    }

    /** The multiplication of examples with one weight matrix. Thread-safe. */
    interface Multiplication {
        /**
         * Computes y = x Wᵀ.
         *
         * @param x an array of at least {@code inputs} values for each example, not changed
         * @param rows the number of examples
         * @param y receives the products, an array of at least {@code outputs} values for each example; what they held is
         *     overwritten
         */
        void multiply(float[][] x, int rows, float[][] y);
    }

    /**
     * Plain Java.
     *
     * @return the provider
     */
    static MultiplicationProvider plain() {
        return PlainMultiplication.INSTANCE;
    }

    /**
     * What models are loaded with: {@code vector} where it is there, else {@code plain}. Both give the same bits.
     *
     * @return the provider
     */
    static MultiplicationProvider standard() {
        return StandardMultiplication.INSTANCE;
    }

    /**
     * The fastest for large batches in one thread: {@code vector} where it is there, else the first provider registered on the
     * class path, which is OpenBLAS where {@code latent4j-domain} is, else {@code plain}. The last bits of a result may depend on
     * the batch.
     *
     * @return the provider
     */
    static MultiplicationProvider forBatches() {
        if (standard() != plain()) {
            return standard();
        }
        return ServiceLoader.load(MultiplicationProvider.class, MultiplicationProvider.class.getClassLoader())
                .findFirst()
                .orElse(plain());
    }
}
