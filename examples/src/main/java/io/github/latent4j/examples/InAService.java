package io.github.latent4j.examples;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Line;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.AnomalyDetector;
import io.github.latent4j.runtime.AnomalyDetector.Verdict;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.training.AnomalyTrainer;
import io.github.latent4j.training.TableDefaults;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A model in a service. Training needs native code and some time; answering needs neither. A service puts one small jar on its class
 * path, loads a file, and has one immutable object that any number of threads may ask.
 *
 * <p>This lesson trains a detector for records of pumps, asks it from many threads, holds their answers to the bits of a single
 * thread, and replaces the model while it is asked. It takes less than half a minute.
 */
public final class InAService {
    private InAService() {}

    /**
     * What came out.
     *
     * @param asked how many answers the threads were to get
     * @param answers how many they got, by their own count
     * @param different how many of them were not, bit for bit, what one thread alone gets
     * @param byModel while the model was replaced: answers of the first model, of the second, and of neither
     */
    record Outcome(long asked, long answers, long different, List<Long> byModel) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(InAService.class, InAService::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException, InterruptedException, ExecutionException {
        // # Somewhere, a model is trained
        // This part runs where you train: it reads a table, fits a model with a detector, and writes a file.
        // The lesson AnomaliesInATable explains what happens in it. Here are two models, a newer one for
        // later.
        Path file = page.file("pumps.zip");
        Path newer = page.file("newer-pumps.zip");
        train(page.file("pumps.csv"), size.of(2_000, 500), 1, file);
        train(page.file("newer-pumps.csv"), size.of(2_000, 500), 2, newer);

        // # The service loads it
        // From here on latent4j-runtime is enough: plain Java, no native code, less than a megabyte with the
        // one library that it brings. Load the model once, when the service starts.
        LatentModel model = LatentModel.load(file);
        AnomalyDetector detector = AnomalyDetector.of(model);
        page.say("%s", model);

        // # A record in, an answer out
        // Records come from a queue or a request as maps. Nothing has to be prepared for the model: how cells
        // become numbers is part of its file. What it cannot take it refuses with a sentence that you can
        // hand on to whoever sent the record. An empty cell is nothing bad, though.
        Path queue = page.file("queue.csv");
        PumpLog.writeHealthy(queue, size.of(5_000, 500), 3);
        List<Map<String, String>> records = LessonData.records(queue);
        page.say("%s", detector.judge(records.get(0)));
        Map<String, String> bad = new HashMap<>(records.get(0));
        bad.put("flow_m3h", "plenty");
        page.say("%s", refusal(detector, bad));
        bad.remove("flow_m3h");
        page.say("%s", refusal(detector, bad));

        // # Many threads
        // The detector never changes, so threads share it without a lock. In each row of the table all
        // records are judged four times, by as many threads as the row says, and every answer is compared
        // with what one thread got before: the score and the p-value have to be the same to the last bit.
        // That makes answers fit to be cached, tested and compared. One thread has judged all records twice
        // before the clock runs, as Java compiles what it runs often.
        List<Verdict> expected = judged(detector, records);
        judged(detector, records);
        List<List<String>> rates = new ArrayList<>();
        long asked = 0;
        long answers = 0;
        long different = 0;
        int work = 4 * records.size();
        for (int threads : new int[] {1, 2, 4, 16}) {
            long start = System.nanoTime();
            List<long[]> counts = onThreads(threads, thread -> {
                int from = (int) ((long) work * thread / threads);
                int to = (int) ((long) work * (thread + 1) / threads);
                return judgedAndDifferent(detector, records, expected, from, to);
            });
            double seconds = (System.nanoTime() - start) / 1e9;
            asked += work;
            answers += counts.stream().mapToLong(count -> count[0]).sum();
            different += counts.stream().mapToLong(count -> count[1]).sum();
            rates.add(List.of("" + threads, count(Math.round(work / seconds))));
        }
        page.say("%,d answers by many threads, of which %d differ from those of one", answers, different);
        page.say("this machine has %d processors", Runtime.getRuntime().availableProcessors());
        page.show(List.of("threads", "records a second"), rates);

        // # How long does one answer take?
        // A mean hides the slow ones. Here each call is timed, with one thread at work: the line says what
        // share of the calls took at most so long. To judge a row, the detector leaves out each of its cells
        // once, and looks for the nearest of the rows that it was trained on; the other line is one plain
        // reconstruction. The slowest calls are the tail. All calls have about the same work to do, so look
        // for its reasons outside of the model: the garbage collector, Java's compiler, or another program
        // that had the processor.
        List<Double> judging = sorted(records, record -> detector.judge(record));
        List<Double> reconstructing =
                sorted(records, record -> model.reconstruct(model.card().table().features(record)));
        page.show(new Chart(
                "latency",
                "The share of calls that took at most so long.",
                new Axis("microseconds", Chart.Scale.LOGARITHMIC),
                new Axis("share of the calls", Chart.Scale.UNIT),
                List.of(quantiles("judge", judging), quantiles("reconstruct", reconstructing))));
        page.say(
                "half of the answers took at most %.0f µs, 99 %% at most %.0f µs, the slowest %.0f µs",
                at(judging, 0.5), at(judging, 0.99), at(judging, 1));
        page.say("half of the reconstructions took at most %.0f µs", at(reconstructing, 0.5));

        // # Arrays of your own
        // Where numbers come as arrays, such as pixels, there are calls that fill an array which you bring
        // and make no object at all. Such an array belongs to one thread at a time.
        float[] features = model.card().table().features(records.get(0));
        float[] code = new float[model.spec().latent()];
        model.encode(features, code);
        page.say("as the call that makes an array: %s", Arrays.equals(code, model.encode(features)));

        // # A newer model without a pause
        // Keep the detector in a volatile field, as the class Current at the end of this page does, load the
        // newer one beside it, and set the field. Each request takes the detector once and keeps to it. Three
        // threads judge all records here; a fourth does so too, and sets the field when it is halfway. Every
        // answer has to be one that either model gives.
        Current current = new Current(detector);
        AnomalyDetector second = AnomalyDetector.of(LatentModel.load(newer));
        List<Verdict> others = judged(second, records);
        List<long[]> counts = onThreads(
                4,
                thread -> whose(expected, others, i -> {
                    if (thread == 0 && i == records.size() / 2) {
                        current.detector = second;
                    }
                    return current.detector.judge(records.get(i));
                }));
        List<Long> byModel = IntStream.range(0, 3)
                .mapToObj(i -> counts.stream().mapToLong(count -> count[i]).sum())
                .toList();
        page.show(
                List.of("answers of the first", "of the newer", "of neither"),
                List.of(byModel.stream().map(InAService::count).toList()));

        // # What to try next
        // ScoringService, beside this class, is a whole web service around a model file on the JDK's own
        // server, with limits and a reload; docs/embedding.md has all the rest, from memory to warm-up. Where
        // there is no JVM, a model goes as an ONNX file: that is the lesson OnnxEverywhere.
        return new Outcome(asked, answers, different, byModel);
    }

    /** What requests take their detector from. */
    private static final class Current {
        private volatile AnomalyDetector detector;

        Current(AnomalyDetector detector) {
            this.detector = detector;
        }
    }

    private static void train(Path csv, int rows, long seed, Path file) throws IOException {
        PumpLog.writeHealthy(csv, rows, seed);
        Examples log = Sources.csv(csv, SourceOptions.defaults());
        // Fewer epochs than suit the table: how fast a model answers does not depend on how well it was
        // trained.
        TrainingPlan plan = TableDefaults.plan(log.size()).withEpochs(100);
        ModelFile.write(
                AnomalyTrainer.with(Trainer.with(plan))
                        .fit(TableDefaults.spec((Table) log.input()), log)
                        .model(),
                file);
    }

    private static String refusal(AnomalyDetector detector, Map<String, String> record) {
        try {
            return detector.judge(record).toString();
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What so many threads find out; each is given its number, from 0. */
    private static <R> List<R> onThreads(int threads, Function<Integer, R> task)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<R>> tasks = IntStream.range(0, threads)
                    .<Callable<R>>mapToObj(thread -> () -> task.apply(thread))
                    .toList();
            List<R> found = new ArrayList<>();
            for (Future<R> future : pool.invokeAll(tasks)) {
                found.add(future.get());
            }
            return found;
        } finally {
            pool.shutdown();
        }
    }

    private static List<Verdict> judged(AnomalyDetector detector, List<Map<String, String>> records) {
        return records.stream().map(record -> detector.judge(record)).toList();
    }

    /** How many records are judged, round and round, and how many of them otherwise than expected. */
    private static long[] judgedAndDifferent(
            AnomalyDetector detector, List<Map<String, String>> records, List<Verdict> expected, int from, int to) {
        long[] counts = new long[2];
        for (int i = from; i < to; i++) {
            int record = i % records.size();
            Verdict verdict = detector.judge(records.get(record));
            counts[0]++;
            counts[1] += verdict.equals(expected.get(record)) ? 0 : 1;
        }
        return counts;
    }

    /** How many answers are the first model's, the second's, and neither's. */
    private static long[] whose(List<Verdict> first, List<Verdict> second, IntFunction<Verdict> answer) {
        long[] counts = new long[3];
        for (int i = 0; i < first.size(); i++) {
            Verdict verdict = answer.apply(i);
            counts[verdict.equals(first.get(i)) ? 0 : verdict.equals(second.get(i)) ? 1 : 2]++;
        }
        return counts;
    }

    private static List<Double> sorted(List<Map<String, String>> records, Consumer<Map<String, String>> call) {
        return records.stream()
                .map(record -> {
                    long start = System.nanoTime();
                    call.accept(record);
                    return (System.nanoTime() - start) / 1e3;
                })
                .sorted()
                .toList();
    }

    private static double at(List<Double> ascending, double share) {
        return ascending.get((int) (share * (ascending.size() - 1)));
    }

    private static Line quantiles(String name, List<Double> ascending) {
        List<Double> shares =
                IntStream.rangeClosed(0, 99).mapToObj(i -> i / 100.0).toList();
        return new Line(name, shares.stream().map(share -> at(ascending, share)).toList(), shares);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
