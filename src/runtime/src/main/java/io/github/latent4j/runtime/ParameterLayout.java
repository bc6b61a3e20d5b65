package io.github.latent4j.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Where the weights and biases of a model stand in DL4J's flat parameter vector, which is the content of
 * {@code coefficients.bin}.
 *
 * <p>DL4J stores a weight matrix of {@code inputs} rows and {@code outputs} columns column by column; read row by row that
 * is a matrix of {@code outputs} rows and {@code inputs} columns, which is how it is described here.
 *
 * @param blocks the blocks, each starting where the one before ends
 */
public record ParameterLayout(List<Block> blocks) {
    /**
     * One weight matrix or bias vector.
     *
     * @param name DL4J's name of the parameter, for networks of several layers with the layer's index in front, as in
     *     {@code 0_W}
     * @param offset the index of its first value
     * @param outputs the number of units that it leads to
     * @param inputs the number of units that it comes from; 1 for a bias
     */
    public record Block(String name, int offset, int outputs, int inputs) {
        /**
         * The number of values.
         *
         * @return {@code outputs * inputs}
         */
        public int length() {
            return outputs * inputs;
        }

        /**
         * Whether this is a weight matrix.
         *
         * @return false for biases
         */
        public boolean isWeight() {
            return name.endsWith("W");
        }
    }

    /**
     * Makes a layout.
     *
     * @throws IllegalArgumentException if a block does not start where the one before ends
     */
    public ParameterLayout {
        blocks = List.copyOf(blocks);
        int end = 0;
        for (Block block : blocks) {
            if (block.offset() != end) {
                throw new IllegalArgumentException(
                        "parameter %s: found offset %d, expected %d".formatted(block.name(), block.offset(), end));
            }
            end += block.length();
        }
    }

    /**
     * The number of all parameters.
     *
     * @return the length of the flat vector
     */
    public int length() {
        Block last = blocks.get(blocks.size() - 1);
        return last.offset() + last.length();
    }

    /**
     * A block by its name.
     *
     * @param name the name
     * @return the block
     * @throws NoSuchElementException if there is none of that name
     */
    public Block block(String name) {
        for (Block block : blocks) {
            if (block.name().equals(name)) {
                return block;
            }
        }
        throw new NoSuchElementException("no parameter named " + name);
    }

    /** Checks the number of hidden layers, before each of them is looked at. */
    static void requireFewLayers(String what, List<Integer> sizes) {
        if (sizes.size() > ModelSpec.MOST_HIDDEN_LAYERS) {
            throw new IllegalArgumentException("%s layers: found %d, expected at most %d"
                    .formatted(what, sizes.size(), ModelSpec.MOST_HIDDEN_LAYERS));
        }
    }

    /** Collects blocks one behind the other. */
    static final class Builder {
        /** As many as fit into the 2 GB of an array of bytes, with ND4J's header. */
        private static final long MOST_PARAMETERS = (1 << 29) - (1 << 10);

        private final List<Block> blocks = new ArrayList<>();
        private long end;

        Builder add(String name, long outputs, int inputs) {
            long length = outputs * inputs; // of two numbers below 2^32 and 2^31
            if (end + length > MOST_PARAMETERS) {
                throw new IllegalArgumentException(
                        "found a model of more than 2^29 parameters, expected one of 2 GB at most");
            }
            blocks.add(new Block(name, (int) end, (int) outputs, inputs));
            end += length;
            return this;
        }

        ParameterLayout build() {
            return new ParameterLayout(blocks);
        }
    }
}
