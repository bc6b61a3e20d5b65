package io.github.latent4j.domain;

import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** The code for one kind of processor that OpenBLAS has chosen. */
public final class OpenBlasKernel {
    private static final List<String> KERNELS = List.of(
            "ATHLON",
            "BANIAS",
            "BARCELONA",
            "BULLDOZER",
            "COOPERLAKE",
            "CORE2",
            "EXCAVATOR",
            "HASWELL",
            "NEHALEM",
            "PILEDRIVER",
            "PRESCOTT",
            "SANDYBRIDGE",
            "SKYLAKEX",
            "STEAMROLLER",
            "ZEN",
            "ARMV8",
            "CORTEXA53",
            "CORTEXA57",
            "NEOVERSEN1",
            "THUNDERX2T99");

    private OpenBlasKernel() {}

    /**
     * Asks the library of this process. OpenBLAS keeps a table of functions for each kind of processor and points to the one in
     * use; the binding has no function that says which it is, so the addresses are compared. The library's symbols are visible to
     * native libraries that are loaded later on from then on.
     *
     * @return such as {@code zen}; empty where the library does not tell
     * @throws LinkageError if there is no OpenBLAS for this machine
     */
    public static Optional<String> name() {
        File binding = new File(Loader.load(openblas_nolapack.class));
        File library = new File(binding.getParentFile(), "libopenblas_nolapack.so.0");
        if (!library.exists()) {
            return Optional.empty();
        }
        Loader.loadGlobal(library.getPath());
        Pointer chosen = Loader.addressof("gotoblas");
        if (chosen == null) {
            return Optional.empty();
        }
        Pointer table = new PointerPointer<Pointer>(chosen).get();
        return KERNELS.stream()
                .filter(kernel -> {
                    Pointer address = Loader.addressof("gotoblas_" + kernel);
                    return table != null && address != null && address.address() == table.address();
                })
                .map(kernel -> kernel.toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
