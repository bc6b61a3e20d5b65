package io.github.latent4j.training;

import io.github.latent4j.data.Examples;
import io.github.latent4j.runtime.Matrix;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads the batches of an epoch one after the other, one ahead of the step under way, in a thread of its own. What goes wrong
 * there is thrown by {@link #next()}. The thread is never interrupted, which would close the file that it reads.
 */
final class BatchReader implements AutoCloseable {
    /**
     * A batch. Its values are overwritten once the batch after it has been taken.
     *
     * @param indices which examples it holds
     * @param examples one a row
     */
    record Batch(int[] indices, Matrix examples) {}

    private final Examples data;
    private final IntUnaryOperator order;
    private final int size;
    private final ExecutorService thread;
    /** Two buffers: of the batch that the step works on, and of the one that is read meanwhile. */
    private final float[][] buffers;

    private int read;
    private CompletableFuture<Batch> ahead;

    /**
     * Starts to read.
     *
     * @param data what to read
     * @param order of its examples in this epoch
     * @param size examples of a batch; the last may have fewer
     * @param first the batch to start with, from 0
     */
    BatchReader(Examples data, IntUnaryOperator order, int size, int first) {
        this.data = data;
        this.order = order;
        this.size = size;
        this.read = first;
        int most = Math.min(size, data.size()) * data.input().size();
        this.buffers = new float[][] {new float[most], new float[most]};
        this.thread = Executors.newSingleThreadExecutor(work -> {
            Thread reader = new Thread(work, "latent4j-batches");
            reader.setDaemon(true);
            return reader;
        });
        this.ahead = readNext();
    }

    /** How many batches there are. */
    static int count(int examples, int size) {
        return (examples - 1) / size + 1;
    }

    private CompletableFuture<Batch> readNext() {
        int number = read++;
        return CompletableFuture.supplyAsync(() -> read(number), thread);
    }

    private Batch read(int number) {
        int from = number * size;
        int[] indices = IntStream.range(from, (int) Math.min((long) from + size, data.size()))
                .map(order)
                .toArray();
        int length = indices.length * data.input().size();
        float[] values = buffers[number % 2].length == length ? buffers[number % 2] : new float[length];
        data.read(indices, values);
        return new Batch(indices, Matrix.wrap(indices.length, data.input().size(), values));
    }

    /** The next batch, of which there must be one. */
    Batch next() {
        try {
            Batch batch = ahead.join();
            if (read < count(data.size(), size)) {
                ahead = readNext();
            }
            return batch;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Ends the thread, once it has read what it is at. */
    @Override
    public void close() {
        thread.shutdown();
        ahead.handle((batch, failure) -> true).join();
    }
}
