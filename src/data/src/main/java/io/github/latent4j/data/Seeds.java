package io.github.latent4j.data;

/** Derives independent seeds from one seed and the numbers that say what each is for. */
public final class Seeds {
    private Seeds() {}

    /**
     * Mixes numbers into a seed with the finaliser of SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable pseudorandom
     * number generators").
     *
     * @param seed any number, 0 included
     * @param parts such as epoch and step
     * @return a seed that depends on each of them and on their order
     */
    public static long mix(long seed, long... parts) {
        long mixed = finalise(seed + 0x9E3779B97F4A7C15L);
        for (long part : parts) {
            mixed = finalise(mixed + 0x9E3779B97F4A7C15L * (part + 1));
        }
        return mixed;
    }

    private static long finalise(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
