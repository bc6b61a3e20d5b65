package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Calls that fill arrays of the caller's allocate nothing once they have run a while. */
class NoAllocationTest {
    private static final int INPUTS = 30;
    private static final int LATENT = 4;
    private static final int ROWS = 41; // more than are computed at once, and no multiple of four
    private static final int WARM_UP = 3_000;
    private static final int CALLS = 1_000;
    private static final int ROUNDS = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Normal deviates enough for codes that differ, and nothing on the heap. */
    private static final class Generator implements RandomGenerator {
        private long state = 1;

        @Override
        public long nextLong() {
            state = state * 6364136223846793005L + 1442695040888963407L;
            return state;
        }

        @Override
        public double nextGaussian() {
            return 4 * nextDouble() - 2;
        }
    }

    private static Map<String, Runnable> calls(LatentModel model) {
        float[] x = RandomModels.examples(1, INPUTS, 1)[0];
        float[] z = new float[LATENT];
        float[] features = new float[INPUTS];
        Matrix batch = Matrix.of(RandomModels.examples(ROWS, INPUTS, 2));
        Matrix codes = Matrix.zeros(ROWS, LATENT);
        Matrix rows = Matrix.zeros(ROWS, INPUTS);
        double[] errors = new double[ROWS];
        Map<String, Runnable> calls = new LinkedHashMap<>();
        calls.put("encode", () -> model.encode(x, z));
        calls.put("decode", () -> model.decode(z, features));
        calls.put("reconstruct", () -> model.reconstruct(x, features));
        calls.put("errorPerFeature", () -> model.errorPerFeature(x, features));
        calls.put("reconstructionError", () -> model.reconstructionError(x));
        calls.put("encode a batch", () -> model.encode(batch, codes));
        calls.put("decode a batch", () -> model.decode(codes, rows));
        calls.put("reconstruct a batch", () -> model.reconstruct(batch, rows));
        calls.put("errorPerFeature of a batch", () -> model.errorPerFeature(batch, rows));
        calls.put("reconstructionErrors of a batch", () -> model.reconstructionErrors(batch, errors));
        if (model instanceof Vae vae) {
            float[] logVariance = new float[LATENT];
            Posterior posterior = new Posterior(codes, Matrix.zeros(ROWS, LATENT));
            RandomGenerator random = new Generator();
            calls.put("posterior", () -> vae.posterior(x, z, logVariance));
            calls.put("posterior of a batch", () -> vae.posterior(batch, posterior));
            calls.put("sample", () -> vae.sample(random, rows));
        }
        return calls;
    }

    @BeforeAll
    static void awaitVectors() throws InterruptedException {
        RandomModels.awaitVectors();
    }

    @TestFactory
    Stream<DynamicTest> steadyCallsAllocateNothing() {
        List<ModelSpec> specs = List.of(
                AutoencoderSpec.of(INPUTS, LATENT).withHidden(40),
                VaeSpec.of(INPUTS, LATENT).withHidden(40, 10),
                VaeSpec.of(INPUTS, LATENT).withHidden(40).withLikelihood(Likelihood.GAUSSIAN),
                VaeSpec.of(INPUTS, LATENT)
                        .withHidden(40)
                        .withLikelihood(Likelihood.parse("gaussian[10]+bernoulli[8]+categorical[12]")));
        return specs.stream().flatMap(spec -> calls(RandomModels.of(spec, 3)).entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey() + " of " + spec,
                        () -> assertThat(allocated(call.getValue())).isZero())));
    }

    /** The least of some rounds: the compiler may still change its mind in one, and then a vector is an object for a moment. */
    private static long allocated(Runnable call) {
        repeat(call, WARM_UP);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            repeat(call, CALLS);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }

    /** The measurement sees what is allocated. */
    @Test
    void callsThatMakeArraysAllocate() {
        LatentModel model = RandomModels.of(AutoencoderSpec.of(INPUTS, LATENT), 3);
        float[] x = new float[INPUTS];
        float[][] kept = new float[1][];
        assertThat(allocated(() -> kept[0] = model.encode(x))).isGreaterThanOrEqualTo(CALLS * (long) LATENT * 4);
    }
}
