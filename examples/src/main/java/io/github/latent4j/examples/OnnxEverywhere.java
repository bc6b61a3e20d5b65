package io.github.latent4j.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.latent4j.data.Dataset;
import io.github.latent4j.domain.OnnxFile;
import io.github.latent4j.domain.OnnxOutput;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.evaluation.sampling.Prior;
import io.github.latent4j.examples.notebook.LargestDifference;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.LessonData;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Posterior;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ONNX: a model where there is no JVM. ONNX is a format for trained networks that many programs read: ONNX Runtime has libraries for
 * Python, C#, C++ and browsers, and phones and accelerators have theirs.
 *
 * <p>This lesson trains a small VAE, writes it as ONNX files, has ONNX Runtime compute with them, and measures how far its numbers
 * are from latent4j's own. It takes less than half a minute.
 */
public final class OnnxEverywhere {
    private OnnxEverywhere() {}

    /**
     * What was found out.
     *
     * @param difference the largest one of any output; empty where ONNX Runtime does not run
     */
    record Outcome(Optional<Double> difference) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(OnnxEverywhere.class, OnnxEverywhere::run);
    }

    static Outcome run(Size size, Notebook page) throws IOException, OrtException {
        // # A model
        // Any model can be exported. This one is a VAE of small images with a code of 8 numbers; the lesson
        // VaeFirstSteps tells what that is.
        Dataset data = LessonData.clothesOrStrokes(page, size.of(20_000, 3_000), 1_000);
        TrainingResult<Vae> training = Trainer.with(TrainingPlan.defaults().withEpochs(size.of(10, 3)))
                .reportingTo(TrainingListener.lines(System.out))
                .fit(VaeSpec.of(784, 8).withHidden(256), data.train());
        Vae vae = training.model();
        page.show(LearningCurve.of(training.history(), "nats an image"));

        // # Export
        // Two files rather than one: the first takes images, as input x, and gives codes and reconstructions;
        // the second takes codes, as input z, and gives images. A file has the weights that its outputs need
        // and no others. The names of inputs and outputs are what other programs ask for.
        Path whole = page.file("vae.onnx");
        Path decoder = page.file("decoder.onnx");
        OnnxFile.write(vae, whole);
        OnnxFile.write(vae, EnumSet.of(OnnxOutput.DECODED), decoder);
        page.show(
                List.of("file", "input", "outputs", "kB"),
                List.of(
                        List.of("vae.onnx", "x", names(OnnxOutput.ofExamples(vae.spec())), kilobytes(whole)),
                        List.of("decoder.onnx", "z", names(EnumSet.of(OnnxOutput.DECODED)), kilobytes(decoder))));

        // # Is ONNX Runtime here?
        // Its Java library brings native code for Windows, macOS and Linux on usual processors. Elsewhere it
        // cannot be loaded, and the rest of this lesson is left out; the files are as good there as here.
        Optional<String> reason = whyNoOnnxRuntime();
        if (reason.isPresent()) {
            page.say("ONNX Runtime does not run on this machine (%s), so its numbers are left out.", reason.get());
            return new Outcome(Optional.empty());
        }
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        page.say("ONNX Runtime %s", environment.getVersion());

        // # The same numbers?
        // Images go in as a tensor of 32-bit floats, one image a row, of any number of rows. All outputs come
        // back, by their names. Each is held against what latent4j computes: the numbers differ in their last
        // digits, because the sums in them are taken in another order.
        Matrix images = data.test().read(0, 20);
        Posterior posterior = vae.posterior(images);
        Map<String, Matrix> outputs = outputs(environment, whole, "x", images);
        List<Compared> compared = List.of(
                compare("code", outputs, vae.encode(images)),
                compare("mean", outputs, posterior.mean()),
                compare("log_variance", outputs, posterior.logVariance()),
                compare("reconstruction", outputs, vae.reconstruct(images)));
        page.show(
                List.of("output", "numbers", "largest difference"),
                compared.stream().map(Compared::row).toList());
        page.show(
                Images.pairs(
                        images,
                        Objects.requireNonNull(outputs.get("reconstruction")),
                        data.test().input()),
                "Images, and below each its reconstruction as ONNX Runtime computed it.");

        // # New images from codes
        // The decoder alone makes images. Draw codes from the standard normal distribution, in whatever
        // language, feed them as z, and take decoded. These are drawn here, and decoded by ONNX Runtime.
        Matrix codes = Prior.of(vae).codes(40, new Random(1));
        Map<String, Matrix> decoded = outputs(environment, decoder, "z", codes);
        Compared samples = compare("decoded", decoded, vae.decode(codes));
        page.say("decoded: largest difference %.1e", samples.difference());
        page.show(
                Images.grid(
                        Objects.requireNonNull(decoded.get("decoded")),
                        data.test().input(),
                        10),
                "Forty images from drawn codes, decoded by ONNX Runtime.");

        // # What to try next
        // docs/onnx.md has the same calls in Python and JavaScript, and what is in a file. Within a JVM,
        // latent4j-runtime needs no native code at all. The way to and from plain Deeplearning4j is the last
        // lesson, PlainDl4j.
        double largest = Math.max(
                samples.difference(),
                compared.stream().mapToDouble(Compared::difference).max().orElseThrow());
        return new Outcome(Optional.of(largest));
    }

    /**
     * What two libraries say of one output.
     *
     * @param output its name
     * @param numbers how many
     * @param difference the largest, without its sign
     */
    private record Compared(String output, int numbers, double difference) {
        List<String> row() {
            return List.of(
                    output, String.format(Locale.ROOT, "%,d", numbers), String.format(Locale.ROOT, "%.1e", difference));
        }
    }

    private static Compared compare(String name, Map<String, Matrix> outputs, Matrix expected) {
        Matrix found = Objects.requireNonNull(outputs.get(name));
        return new Compared(name, found.data().length, LargestDifference.between(found, expected));
    }

    /** Why it cannot be used here; empty if it can. */
    private static Optional<String> whyNoOnnxRuntime() {
        try {
            OrtEnvironment.getEnvironment();
            return Optional.empty();
        } catch (LinkageError | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What ONNX Runtime computes: a matrix by the name of each output. */
    private static Map<String, Matrix> outputs(OrtEnvironment environment, Path file, String input, Matrix rows)
            throws OrtException {
        long[] shape = {rows.rows(), rows.columns()};
        Map<String, Matrix> outputs = new LinkedHashMap<>();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows.data()), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(
                        output.getKey(), Matrix.of((float[][]) output.getValue().getValue()));
            }
        }
        return outputs;
    }

    private static String names(Set<OnnxOutput> outputs) {
        return outputs.stream().map(OnnxOutput::text).collect(Collectors.joining(", "));
    }

    private static String kilobytes(Path file) throws IOException {
        return Numbers.text(Files.size(file) / 1e3, 0);
    }
}
