package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.PlainMultiplication;
import java.util.ServiceLoader;

/**
 * How a model multiplies its weights with a batch. A provider gets each weight matrix once and may lay it out as it likes.
 *
 * <p>Others than the plain one are found on the class path by {@link ServiceLoader}. Providers are thread-safe.
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

    /** The multiplication of batches with one weight matrix. Thread-safe. */
    interface Multiplication {
        /**
         * Computes y = x Wᵀ.
         *
         * @param x a row-major batch of {@code inputs} columns
         * @param rows the number of examples
         * @param y receives the product, {@code outputs} columns; what it held is overwritten
         */
        void multiply(float[] x, int rows, float[] y);
    }

    /**
     * Plain Java: always there, and a row's result has the same bits in any batch.
     *
     * @return the provider
     */
    static MultiplicationProvider plain() {
        return PlainMultiplication.INSTANCE;
    }

    /**
     * The provider for batches: the first one registered on the class path, which is OpenBLAS where
     * {@code latent4j-domain} is, else plain Java. The last bits of a row may depend on its batch.
     *
     * @return the provider
     */
    static MultiplicationProvider forBatches() {
        return ServiceLoader.load(MultiplicationProvider.class, MultiplicationProvider.class.getClassLoader())
                .findFirst()
                .orElse(plain());
    }
}
