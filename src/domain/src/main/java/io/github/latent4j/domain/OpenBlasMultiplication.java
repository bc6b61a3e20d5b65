package io.github.latent4j.domain;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import io.github.latent4j.runtime.MultiplicationProvider;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Multiplication by OpenBLAS, with the weights outside the heap. Made for batches; the last bits of a row may depend on its
 * batch and on the number of OpenBLAS's threads. Found by {@link MultiplicationProvider#forBatches()}.
 */
public final class OpenBlasMultiplication implements MultiplicationProvider {
    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public Multiplication prepare(float[] weights, int offset, int outputs, int inputs) {
        FloatPointer w = new FloatPointer((long) outputs * inputs).put(weights, offset, outputs * inputs);
        return (x, rows, y) -> {
            if (rows == 0) {
                return;
            }
            try (FloatPointer in = new FloatPointer((long) rows * inputs);
                    FloatPointer out = new FloatPointer((long) rows * outputs)) {
                in.put(x, 0, rows * inputs);
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
                out.get(y, 0, rows * outputs);
            }
        };
    }
}
