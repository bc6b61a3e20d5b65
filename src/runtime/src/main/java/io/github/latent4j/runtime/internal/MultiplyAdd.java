package io.github.latent4j.runtime.internal;

/**
 * The product a b + c, rounded once where the processor does that in one instruction, as nearly all of today do: then it has the
 * same bits on each of them, compiled or not, vectorised or not. Elsewhere {@link Math#fma(float, float, float)} would compute
 * with big decimals, a thousand times slower; there it is rounded twice.
 */
final class MultiplyAdd {
    /** Whether products are rounded once. */
    static final boolean FUSED = fast();

    private static final int TRIALS = 32;
    private static final int CALLS = 16;

    /** An instruction takes some 30 ns a call in the interpreter; big decimals take several hundred, compiled, and more else. */
    private static final long MOST_NANOS = CALLS * 150L;

    private MultiplyAdd() {}

    static float of(float a, float b, float c) {
        return FUSED ? Math.fma(a, b, c) : a * b + c;
    }

    /** Java does not say what the processor has, so the least time of some trials tells. */
    private static boolean fast() {
        float value = 1;
        for (int trial = 0; trial < TRIALS; trial++) {
            long start = System.nanoTime();
            for (int i = 0; i < CALLS; i++) {
                value = Math.fma(value, 0.75f, 0.3f);
            }
            if (System.nanoTime() - start < MOST_NANOS && value > 0) {
                return true;
            }
        }
        return false;
    }
}
