package io.github.latent4j.domain;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.latent4j.runtime.MultiplicationProvider;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Multiplication by OpenBLAS, with the weights outside the heap. Made for batches alone. OpenBLAS has different kernels for the
 * edges of a product, so the last bits of a result depend on the example's place in its batch, which is why nothing is multiplied
 * in this way unless asked for. Found by {@link MultiplicationProvider#forBatches()}.
 */
public final class OpenBlasMultiplication implements MultiplicationProvider {
    @Override
    public String name() {
        return "openblas";
    }

    /** {@inheritDoc} Here many, up to 256, since OpenBLAS lays the weights out anew for every product. */
    @Override
    public int rowsAtOnce(int widest) {
        int most = 1 << 22;
        return Math.max(4, Math.min(256, most / widest));
    }

    @Override
    public boolean forBatchesAlone() {
        return true;
    }

    @Override
    public Multiplication prepare(float[] weights, int offset, int outputs, int inputs) {
        FloatPointer w = new FloatPointer((long) outputs * inputs).put(weights, offset, outputs * inputs);
        return (x, rows, y) -> {
            try (FloatPointer in = new FloatPointer((long) rows * inputs);
                    FloatPointer out = new FloatPointer((long) rows * outputs)) {
                for (int r = 0; r < rows; r++) {
                    in.position((long) r * inputs).put(x[r], 0, inputs);
                }
                in.position(0);
                cblas_sgemm(
                        CblasRowMajor,
                        CblasNoTrans,
                        CblasTrans,
                        rows,
                        outputs,
                        inputs,
                        1f,
                        in,
                        inputs,
                        w,
                        inputs,
                        0f,
                        out,
                        outputs);
                for (int r = 0; r < rows; r++) {
                    out.position((long) r * outputs).get(y[r], 0, outputs);
                }
            }
        };
    }
}
