package io.github.latent4j.training.fused;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import org.bytedeco.javacpp.FloatPointer;

/**
 * The products of a dense layer with weights W of {@code outputs} rows and {@code inputs} columns, everything row-major and
 * outside the heap. {@code keep} is what the result's old values are multiplied with: 0 to overwrite, 1 to add.
 */
final class Blas {
    private static int users;
    private static int threadsBefore;

    private Blas() {}

    /** y = keep y + x Wᵀ. */
    static void forward(FloatPointer x, int rows, FloatPointer w, int outputs, int inputs, float keep, FloatPointer y) {
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                rows,
                outputs,
                inputs,
                1,
                x,
                inputs,
                w,
                inputs,
                keep,
                y,
                outputs);
    }

    /** dx = keep dx + dy W. */
    static void backward(
            FloatPointer dy, int rows, FloatPointer w, int outputs, int inputs, float keep, FloatPointer dx) {
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasNoTrans,
                rows,
                inputs,
                outputs,
                1,
                dy,
                outputs,
                w,
                inputs,
                keep,
                dx,
                inputs);
    }

    /** dW = keep dW + dyᵀ x. */
    static void gradient(
            FloatPointer dy, FloatPointer x, int rows, int outputs, int inputs, float keep, FloatPointer dw) {
        cblas_sgemm(
                CblasRowMajor,
                CblasTrans,
                CblasNoTrans,
                outputs,
                inputs,
                rows,
                1,
                dy,
                outputs,
                x,
                inputs,
                keep,
                dw,
                inputs);
    }

    /** db = dyᵀ 1. */
    static void columnSums(FloatPointer dy, int rows, int outputs, FloatPointer ones, FloatPointer db) {
        cblas_sgemv(CblasRowMajor, CblasTrans, rows, outputs, 1, dy, outputs, ones, 1, 0, db, 1);
    }

    /**
     * Has OpenBLAS compute in the calling thread alone, for workers call it at the same time. The number of threads is the
     * whole process's: it is put back when the last user has gone.
     */
    static synchronized void enterSingleThreaded() {
        if (users++ == 0) {
            threadsBefore = blas_get_num_threads();
            blas_set_num_threads(1);
        }
    }

    static synchronized void leaveSingleThreaded() {
        if (--users == 0) {
            blas_set_num_threads(threadsBefore);
        }
    }
}
