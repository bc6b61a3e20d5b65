package io.github.latent4j.evaluation.internal;

import org.nd4j.linalg.api.blas.Blas;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

/**
 * While it is open, ND4J and its BLAS compute with one thread: the steps of small networks take longer to share out than to
 * compute, and on a busy machine threads that wait for each other take many times as long. It holds for the whole process, so
 * what else computes with ND4J meanwhile is slower and not different.
 */
final class OneThread implements AutoCloseable {
    private final Environment environment = Nd4j.getEnvironment();
    private final Blas blas = Nd4j.factory().blas();
    private final int threads = environment.maxThreads();
    private final int masterThreads = environment.maxMasterThreads();
    private final int blasThreads = blas.getMaxThreads();

    OneThread() {
        set(1, 1, 1);
    }

    private void set(int all, int master, int ofBlas) {
        environment.setMaxThreads(all);
        environment.setMaxMasterThreads(master);
        blas.setMaxThreads(ofBlas);
    }

    @Override
    public void close() {
        set(threads, masterThreads, blasThreads);
    }
}
