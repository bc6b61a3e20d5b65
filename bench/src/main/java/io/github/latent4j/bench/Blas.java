package io.github.latent4j.bench;

import com.sun.jna.Function;
import com.sun.jna.Pointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** What OpenBLAS says of itself. */
final class Blas {
    private Blas() {}

    /** The kernel that OpenBLAS took for this processor, such as {@code Zen}, which its Java binding does not tell. */
    static String kernel() {
        Loader.load(openblas_nolapack.class);
        org.bytedeco.javacpp.Pointer address = Loader.addressof("openblas_get_corename");
        return address == null
                ? "unknown"
                : Function.getFunction(new Pointer(address.address())).invokeString(new Object[0], false);
    }
}
