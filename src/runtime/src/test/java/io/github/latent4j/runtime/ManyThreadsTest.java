package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many threads get from one instance, bit for bit, what one thread gets. */
class ManyThreadsTest {
    private static final int THREADS = 32;
    private static final int CALLS = 20_000;
    private static final int FEWER_CALLS = 2_000;
    private static final int INPUTS = 12;
    private static final int LATENT = 3;

    /** Batches begin at an example and have a size that depends on it; some are larger than what is computed at once. */
    private static final int EXAMPLES = 24;

    private static final int LARGEST_BATCH = 40;

    private static final float[][] X = RandomModels.examples(EXAMPLES + LARGEST_BATCH, INPUTS, 1);
    private static final float[][] Z = RandomModels.examples(EXAMPLES + LARGEST_BATCH, LATENT, 2);

    /** Something to ask a model of type {@code M} about the example {@code k}; the answer depends on nothing else. */
    @FunctionalInterface
    private interface Call<M> {
        double[] answer(M model, int k);
    }

    private static final List<Call<LatentModel>> CALLS_OF_ALL = List.of(
            (model, k) -> numbers(model.encode(X[k])),
            (model, k) -> filled(LATENT, code -> model.encode(X[k], code)),
            (model, k) -> numbers(model.encode(batch(X, k))),
            (model, k) -> filled(k, LATENT, codes -> model.encode(batch(X, k), codes)),
            (model, k) -> numbers(model.decode(Z[k])),
            (model, k) -> filled(INPUTS, example -> model.decode(Z[k], example)),
            (model, k) -> numbers(model.decode(batch(Z, k))),
            (model, k) -> filled(k, INPUTS, examples -> model.decode(batch(Z, k), examples)),
            (model, k) -> numbers(model.reconstruct(X[k])),
            (model, k) -> filled(INPUTS, reconstruction -> model.reconstruct(X[k], reconstruction)),
            (model, k) -> numbers(model.reconstruct(batch(X, k))),
            (model, k) -> filled(k, INPUTS, examples -> model.reconstruct(batch(X, k), examples)),
            (model, k) -> numbers(model.errorPerFeature(X[k])),
            (model, k) -> filled(INPUTS, errors -> model.errorPerFeature(X[k], errors)),
            (model, k) -> numbers(model.errorPerFeature(batch(X, k))),
            (model, k) -> filled(k, INPUTS, errors -> model.errorPerFeature(batch(X, k), errors)),
            (model, k) -> new double[] {model.reconstructionError(X[k])},
            (model, k) -> model.reconstructionErrors(batch(X, k)),
            (model, k) -> {
                double[] errors = new double[size(k)];
                model.reconstructionErrors(batch(X, k), errors);
                return errors;
            });

    private static final List<Call<Vae>> CALLS_OF_VAES = List.of(
            (vae, k) -> numbers(vae.posterior(X[k])),
            (vae, k) -> {
                Posterior posterior = new Posterior(Matrix.zeros(1, LATENT), Matrix.zeros(1, LATENT));
                vae.posterior(
                        X[k], posterior.mean().data(), posterior.logVariance().data());
                return numbers(posterior);
            },
            (vae, k) -> numbers(vae.posterior(batch(X, k))),
            (vae, k) -> {
                Posterior posterior = new Posterior(Matrix.zeros(size(k), LATENT), Matrix.zeros(size(k), LATENT));
                vae.posterior(batch(X, k), posterior);
                return numbers(posterior);
            },
            (vae, k) -> numbers(vae.sample(size(k), new Random(k))),
            (vae, k) -> filled(k, INPUTS, samples -> vae.sample(new Random(k), samples)),
            (vae, k) -> vae.logLikelihoodGiven(batch(X, k), batch(Z, k)),
            (vae, k) -> numbers(vae.elbo(X[k], new Random(k))),
            (vae, k) -> numbers(vae.elbo(batch(X, k), new Random(k))),
            (vae, k) -> new double[] {vae.logLikelihood(X[k], 5, new Random(k))},
            (vae, k) -> vae.logLikelihood(batch(X, k), 2, new Random(k)));

    private static int size(int k) {
        return 1 + k * 7 % LARGEST_BATCH;
    }

    private static Matrix batch(float[][] rows, int k) {
        return Matrix.of(Arrays.copyOfRange(rows, k, k + size(k)));
    }

    private static double[] filled(int length, Consumer<float[]> call) {
        float[] array = new float[length];
        call.accept(array);
        return numbers(array);
    }

    private static double[] filled(int k, int columns, Consumer<Matrix> call) {
        Matrix matrix = Matrix.zeros(size(k), columns);
        call.accept(matrix);
        return numbers(matrix);
    }

    private static double[] numbers(float... values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static double[] numbers(Matrix matrix) {
        return numbers(matrix.data());
    }

    private static double[] numbers(Posterior posterior) {
        float[] both =
                Arrays.copyOf(posterior.mean().data(), 2 * posterior.mean().data().length);
        System.arraycopy(posterior.logVariance().data(), 0, both, both.length / 2, both.length / 2);
        return numbers(both);
    }

    private static double[] numbers(Elbo... bounds) {
        return Arrays.stream(bounds)
                .flatMapToDouble(bound -> DoubleStream.of(bound.logLikelihood(), bound.kl()))
                .toArray();
    }

    /** A model with what one thread alone got from it for each call and example. */
    private record Expected(LatentModel model, double[][][] answers) {
        static Expected of(LatentModel model) {
            return new Expected(
                    model,
                    IntStream.range(0, calls(model))
                            .mapToObj(call -> IntStream.range(0, EXAMPLES)
                                    .mapToObj(k -> answer(model, call, k))
                                    .toArray(double[][]::new))
                            .toArray(double[][][]::new));
        }

        /** The same answers, expected of another instance. */
        Expected of(ModelSpec spec, float[] parameters) {
            return new Expected(LatentModel.of(spec, parameters), answers);
        }

        private static int calls(LatentModel model) {
            return CALLS_OF_ALL.size() + (model instanceof Vae ? CALLS_OF_VAES.size() : 0);
        }

        private static double[] answer(LatentModel model, int call, int k) {
            return call < CALLS_OF_ALL.size()
                    ? CALLS_OF_ALL.get(call).answer(model, k)
                    : CALLS_OF_VAES.get(call - CALLS_OF_ALL.size()).answer((Vae) model, k);
        }

        /** Asks something and compares: equal arrays have equal bits, also those of 0 and -0. */
        boolean holds(Random random) {
            int call = random.nextInt(answers.length);
            int k = random.nextInt(EXAMPLES);
            return Arrays.equals(answer(model, call, k), answers[call][k]);
        }
    }

    /** The model in service. */
    private static final class Current {
        volatile Expected model;

        Current(Expected model) {
            this.model = model;
        }
    }

    /** Wide enough for vectors, of which {@code vector} takes two at a time. */
    private static final VaeSpec SPEC = VaeSpec.of(INPUTS, LATENT).withHidden(40, 33);

    @BeforeAll
    static void awaitVectors() throws InterruptedException {
        RandomModels.awaitVectors();
    }

    @Test
    void everyAnswerHasTheBitsOfTheSerialOne() throws Exception {
        assertThat(wrongAnswers(new Current(Expected.of(RandomModels.of(SPEC, 3))), CALLS))
                .isZero();
    }

    static List<ModelSpec> otherKinds() {
        return List.of(
                AutoencoderSpec.of(INPUTS, LATENT).withHidden(35),
                AutoencoderSpec.of(INPUTS, LATENT).withHidden(35).withTiedWeights(Activation.SIGMOID),
                SPEC.withLikelihood(Likelihood.GAUSSIAN));
    }

    @ParameterizedTest
    @MethodSource("otherKinds")
    void soDoAnswersOfOtherKindsOfModel(ModelSpec spec) throws Exception {
        assertThat(wrongAnswers(new Current(Expected.of(RandomModels.of(spec, 3))), FEWER_CALLS))
                .isZero();
    }

    @Test
    void answersComeFromOneModelWhileItIsReplacedByAnother() throws Exception {
        Expected one = Expected.of(RandomModels.of(SPEC, 3));
        Expected other = Expected.of(RandomModels.of(SPEC, 4));
        assertThat(one.answers()[0][0]).isNotEqualTo(other.answers()[0][0]);
        float[] oneParameters = one.model().parameters();
        float[] otherParameters = other.model().parameters();

        Current current = new Current(one);
        AtomicInteger replaced = new AtomicInteger();
        Thread replacer = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                current.model = replaced.getAndIncrement() % 2 == 0
                        ? other.of(SPEC, otherParameters)
                        : one.of(SPEC, oneParameters);
            }
        });
        replacer.start();
        try {
            assertThat(wrongAnswers(current, FEWER_CALLS)).isZero();
        } finally {
            replacer.interrupt();
            replacer.join();
        }
        assertThat(replaced).hasPositiveValue();
    }

    /** Threads that begin together ask what they draw; each time they take the model that is current. */
    private static int wrongAnswers(Current current, int calls) throws Exception {
        CountDownLatch start = new CountDownLatch(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            tasks.add(() -> {
                start.countDown();
                start.await();
                int wrong = 0;
                for (int i = 0; i < calls; i++) {
                    wrong += current.model.holds(random) ? 0 : 1;
                }
                return wrong;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int wrong = 0;
            for (Future<Integer> answer : threads.invokeAll(tasks)) {
                wrong += answer.get();
            }
            return wrong;
        } finally {
            threads.shutdown();
        }
    }
}
