package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Handwritten-looking digits, 28 × 28 grey pixels with white ink on black like MNIST's, drawn by a pen that follows smooth
 * curves. What made each example is known: the digit, the slant, the thickness of the pen, the scale, the rotation and the
 * place. All are drawn uniformly from their {@linkplain Factors ranges}, independently of each other. Besides, every control
 * point of every curve wobbles a little, which no factor tells.
 *
 * <p>An example is drawn when it is read and depends on the seed and its index alone: any number of examples takes no
 * memory, and example 7 is the same in a set of 10 and in one of a million. Every pixel is a multiple of 1/255, so that an
 * IDX file of bytes holds the examples without loss. The same seed gives the same bits on every machine. Immutable and
 * thread-safe.
 */
public final class Strokes implements Examples {
    /** Changes when the same seed gives other examples. */
    private static final String VERSION = "strokes 1";

    private static final InputContract.Image INPUT = new InputContract.Image(StrokePen.SIDE, StrokePen.SIDE, 1);
    private static final List<String> LABEL_NAMES =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();
    private static final List<Factor> FACTORS = List.of(
            Factor.categorical("digit", LABEL_NAMES.size()),
            Factor.continuous("slant"),
            Factor.continuous("thickness"),
            Factor.continuous("scale"),
            Factor.continuous("rotation"),
            Factor.continuous("offsetX"),
            Factor.continuous("offsetY"));

    private final int size;
    private final long seed;
    private final String name;

    private Strokes(int size, long seed, String name) {
        if (size < 1) {
            throw new IllegalArgumentException("%s: found %d examples, expected at least 1".formatted(name, size));
        }
        this.size = size;
        this.seed = seed;
        this.name = name;
    }

    /**
     * Examples from a seed.
     *
     * @param count how many, at least 1
     * @param seed any number
     * @return the examples
     * @throws IllegalArgumentException if there are fewer than one
     */
    public static Strokes of(int count, long seed) {
        return new Strokes(count, seed, "strokes");
    }

    /** The examples of one part of the data set; the parts never share a seed. */
    static Strokes of(int count, long seed, Part part) {
        return new Strokes(count, Seeds.mix(seed, part == Part.TRAIN ? 0 : 1), "strokes:" + part.text());
    }

    /**
     * What made an example.
     *
     * @param digit 0 to 9, which is the label
     * @param slant how far the top leans over to the right, as a share of the height: −0.2 to 0.5
     * @param thickness the width of the pen in pixels: 1.6 to 3.2
     * @param scale the height of the digit before slant and rotation, in units of 17 pixels: 0.8 to 1.05
     * @param rotation in degrees, clockwise: −12 to 12
     * @param offsetX how far the middle of the digit's box lies to the right of the image's, in pixels: −1.5 to 1.5
     * @param offsetY how far it lies below, in pixels: −1.5 to 1.5
     */
    public record Factors(
            int digit, double slant, double thickness, double scale, double rotation, double offsetX, double offsetY) {
        static Factors of(Draws draws) {
            return new Factors(
                    (int) draws.uniform(0, 10),
                    draws.uniform(-0.2, 0.5),
                    draws.uniform(1.6, 3.2),
                    draws.uniform(0.8, 1.05),
                    draws.uniform(-12, 12),
                    draws.uniform(-1.5, 1.5),
                    draws.uniform(-1.5, 1.5));
        }
    }

    /** The random numbers of one example: first those of the factors, then those of the wobble. */
    static final class Draws {
        private final long key;
        private int count;

        Draws(long seed, int index) {
            this.key = Seeds.mix(seed, index);
        }

        double uniform(double from, double to) {
            return from + (to - from) * ((Seeds.mix(key, count++) >>> 11) * 0x1p-53);
        }
    }

    /**
     * What made an example.
     *
     * @param index from 0 to {@code size() - 1}
     * @return its factors
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    public Factors factors(int index) {
        return Factors.of(draws(index));
    }

    private Draws draws(int index) {
        return new Draws(seed, Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public InputContract input() {
        return INPUT;
    }

    @Override
    public String name() {
        return name;
    }

    /** The digest of what the examples follow from: the version of the generator, their number and the seed. */
    @Override
    public String sha256() {
        return new Sha256().text(VERSION).number(size).number(seed).hex();
    }

    @Override
    public void read(int[] indices, float[] into) {
        Objects.checkFromIndexSize(0, indices.length * INPUT.size(), into.length);
        Arrays.fill(into, 0, indices.length * INPUT.size(), 0); // the pen adds to what is there
        StrokePen pen = new StrokePen();
        for (int i = 0; i < indices.length; i++) {
            Draws draws = draws(indices[i]);
            pen.draw(Factors.of(draws), draws, into, i * INPUT.size());
        }
    }

    @Override
    public List<String> labelNames() {
        return LABEL_NAMES;
    }

    @Override
    public int label(int index) {
        return factors(index).digit();
    }

    /** The components of {@link Factors}, in their order and by their names. */
    @Override
    public List<Factor> factors() {
        return FACTORS;
    }

    @Override
    public double factor(int index, int factor) {
        Factors all = factors(index);
        return switch (Objects.checkIndex(factor, FACTORS.size())) {
            case 0 -> all.digit();
            case 1 -> all.slant();
            case 2 -> all.thickness();
            case 3 -> all.scale();
            case 4 -> all.rotation();
            case 5 -> all.offsetX();
            default -> all.offsetY();
        };
    }
}
