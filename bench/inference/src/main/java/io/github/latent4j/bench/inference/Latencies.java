package io.github.latent4j.bench.inference;

/**
 * How long single calls took, in nanoseconds.
 *
 * @param all the time of all calls together
 * @param denseP50 median over dense inputs
 * @param denseP99 of 100 calls 99 took at most this
 * @param halfZeroP50 median over inputs half of whose values are 0
 * @param halfZeroP99 likewise
 */
public record Latencies(long all, long denseP50, long denseP99, long halfZeroP50, long halfZeroP99) {
    /** The least of some sorted values that so many percent of them do not exceed. */
    static long percentile(long[] sorted, int percent) {
        return sorted[(int) (((long) sorted.length * percent + 99) / 100) - 1];
    }

    /** The values, in their order, parted by blanks. */
    String line() {
        return all + " " + denseP50 + " " + denseP99 + " " + halfZeroP50 + " " + halfZeroP99;
    }

    /**
     * Reads what a process answers.
     *
     * @param line as {@link EncodingProcess} says
     * @return the latencies
     * @throws IllegalArgumentException if it is another line
     */
    public static Latencies parse(String line) {
        String[] words = line.split(" ");
        if (words.length != 5) {
            throw new IllegalArgumentException("found '%s', expected five numbers".formatted(line));
        }
        return new Latencies(
                Long.parseLong(words[0]),
                Long.parseLong(words[1]),
                Long.parseLong(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]));
    }
}
