package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.assertOneLine;
import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.cli.MainTest.Answer;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** sample, interpolate and traverse: what they write, what they say, and what they refuse. */
class LatentCommandsTest {
    private static final InputContract IMAGES = new InputContract.Image(28, 28, 1);

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static String digits;
    private static String labelled;
    private static Path vae;
    private static Path plane;
    private static Path ae;

    @BeforeAll
    static void makeModels() throws IOException {
        Examples strokes = Datasets.strokes(120, 1).train();
        Path images = shared.resolve("digits.idx");
        try (IdxWriter writer = IdxWriter.bytes(images, 28, 28)) {
            writer.write(strokes.read(0, 120));
            writer.finish();
        }
        digits = "idx:" + images;
        byte[] labels = new byte[8 + 120];
        labels[2] = 8;
        labels[3] = 1;
        labels[7] = 120;
        for (int i = 0; i < 120; i++) {
            labels[8 + i] = (byte) (i % 3);
        }
        Path labelFile = shared.resolve("labels.idx");
        Files.write(labelFile, labels);
        labelled = digits + "," + labelFile;
        vae = write("vae.zip", VaeSpec.of(784, 4).withHidden(8));
        plane = write("plane.zip", VaeSpec.of(784, 2).withHidden(8));
        ae = write("ae.zip", AutoencoderSpec.of(784, 3).withHidden(8));
    }

    private static Path write(String name, ModelSpec spec) throws IOException {
        Random random = new Random(1);
        float[] parameters = new float[spec.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.2 * random.nextGaussian());
        }
        Path file = shared.resolve(name);
        ModelFile.write(LatentModel.of(spec, parameters).withCard(ModelCard.of(IMAGES)), file);
        return file;
    }

    private static float[] values(String line) {
        String[] texts = line.split(",");
        float[] values = new float[texts.length];
        for (int i = 0; i < texts.length; i++) {
            values[i] = Float.parseFloat(texts[i]);
        }
        return values;
    }

    private static List<Map<?, ?>> rows(Map<String, Object> fields) {
        List<Map<?, ?>> rows = new ArrayList<>();
        if (fields.get("rows") instanceof List<?> list) {
            list.forEach(row -> rows.add((Map<?, ?>) row));
        }
        return rows;
    }

    /** A file of values, each row as the model decodes a code. */
    private static void assertDecoded(Path csv, LatentModel model, Matrix codes) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(codes.rows() + 1);
        for (int i = 0; i < codes.rows(); i++) {
            assertThat(values(lines.get(i + 1))).isEqualTo(model.decode(codes.row(i)));
        }
    }

    @Test
    void samplesOfThePriorAreThoseOfTheModel() throws IOException {
        Path csv = folder.resolve("samples.csv");
        Answer answer = run("sample", vae, "--count", 5, "--seed", 7, "--out", csv);
        assertThat(answer.out()).isEqualTo("wrote %s: 5 samples%ncodes from the prior%n".formatted(csv));
        Vae model = (Vae) LatentModel.load(vae);
        Matrix codes = Matrix.zeros(5, 4);
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            codes.data()[i] = (float) random.nextGaussian();
        }
        assertDecoded(csv, model, codes);
        assertThat(model.decode(codes)).isEqualTo(model.sample(5, new Random(7)));

        Answer cold = run("sample", vae, "--count", 5, "--seed", 7, "--temperature", 0.5, "--json", "--out", csv);
        assertThat(JSON.std.mapFrom(cold.out()))
                .containsEntry("samples", 5)
                .containsEntry("from", "prior")
                .containsEntry("temperature", 0.5)
                .containsEntry("seed", 7);
        for (int i = 0; i < 20; i++) {
            codes.data()[i] /= 2;
        }
        assertDecoded(csv, model, codes);
    }

    @Test
    void anyModelSamplesFromAMixture() throws IOException {
        for (Path model : List.of(vae, ae)) {
            Path one = folder.resolve("one.png");
            Path again = folder.resolve("again.png");
            Answer answer = run("sample", model, "--from", "mixture", "--data", digits, "--count", 9, "--out", one);
            assertThat(answer.out())
                    .containsPattern(
                            "codes from (one Gaussian|a mixture of \\d Gaussians), fitted to 120 codes of digits.idx, the"
                                    + " number chosen by BIC from 1 to \\d");
            run("sample", model, "--from", "mixture", "--data", digits, "--count", 9, "--out", again);
            assertThat(again).hasSameBinaryContentAs(one);
            run("sample", model, "--from", "mixture", "--data", digits, "--count", 9, "--seed", 2, "--out", again);
            assertThat(Files.mismatch(again, one)).isNotNegative();
        }
        Answer two = run(
                "sample",
                ae,
                "--from",
                "mixture",
                "--data",
                digits,
                "--components",
                2,
                "--limit",
                50,
                "--json",
                "--out",
                folder.resolve("two.csv"));
        Map<String, Object> fields = JSON.std.mapFrom(two.out());
        assertThat(fields)
                .containsEntry("from", "mixture")
                .containsEntry("codes", 50)
                .containsEntry("components", 2)
                .containsKeys("bic", "data");
    }

    @Test
    void interpolationBeginsAndEndsWithReconstructions() throws IOException {
        Path csv = folder.resolve("way.csv");
        Answer answer = run(
                "interpolate",
                vae,
                "--data",
                digits,
                "--from",
                3,
                "--to",
                110,
                "--steps",
                4,
                "--path",
                "linear",
                "--out",
                csv);
        assertThat(answer.out())
                .isEqualTo(
                        "wrote %s: 1 ways%nlinear, 4 steps, examples of digits.idx counted from 0%nlines 2 to 5: from example 3 to example 110%n"
                                .formatted(csv));
        LatentModel model = LatentModel.load(vae);
        Examples strokes = Datasets.strokes(120, 1).train();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(5);
        assertThat(values(lines.get(1))).isEqualTo(model.reconstruct(strokes.example(3)));
        assertThat(values(lines.get(4))).isEqualTo(model.reconstruct(strokes.example(110)));
    }

    @Test
    void pairsAreChosenBySeedAndNamed() throws IOException {
        Path one = folder.resolve("one.png");
        Path again = folder.resolve("again.png");
        Answer answer = run("interpolate", vae, "--data", labelled, "--pairs", 3, "--steps", 5, "--out", one, "--json");
        Map<String, Object> fields = JSON.std.mapFrom(answer.out());
        assertThat(fields)
                .containsEntry("path", "spherical")
                .containsEntry("ways", 3)
                .containsEntry("seed", 1);
        assertThat(rows(fields)).hasSize(3).allMatch(pair -> !String.valueOf(pair.get("fromLabel"))
                .equals(String.valueOf(pair.get("toLabel"))));
        BufferedImage image = ImageIO.read(one.toFile());
        assertThat(image.getWidth()).isGreaterThan(image.getHeight());
        run("interpolate", vae, "--data", labelled, "--pairs", 3, "--steps", 5, "--out", again);
        assertThat(again).hasSameBinaryContentAs(one);
        Answer straight = run("interpolate", ae, "--data", labelled, "--out", again);
        assertThat(straight.out())
                .contains("8 ways", "linear, 10 steps")
                .containsPattern("row 8: from example \\d+ \\([012]\\) to example \\d+ \\([012]\\)");
    }

    @Test
    void traversalOfAVaeNeedsNoData() throws IOException {
        Path csv = folder.resolve("ways.csv");
        Answer answer = run("traverse", vae, "--dimensions", "3,1", "--steps", 3, "--range", 2, "--out", csv);
        assertThat(answer.out())
                .isEqualTo(
                        "wrote %s: 2 ways%nlines 2 to 4: dimension 3 from -2.000 to 2.000%nlines 5 to 7: dimension 1 from -2.000 to 2.000%n"
                                .formatted(csv));
        assertDecoded(csv, LatentModel.load(vae), Matrix.wrap(6, 4, new float[] {
            0, 0, 0, -2, 0, 0, 0, 0, 0, 0, 0, 2, 0, -2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0
        }));
        Path png = folder.resolve("ways.png");
        assertThat(run("traverse", vae, "--out", png).out()).contains("4 ways", "row 4: dimension 3 from");
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat((double) image.getWidth() / image.getHeight()).isBetween(2.4, 3.0);
    }

    @Test
    void traversalAroundAnExampleOfTheMostActiveDimensions() throws IOException {
        Path csv = folder.resolve("ways.csv");
        Answer answer = run(
                "traverse", vae, "--data", digits, "--example", 5, "--most", 2, "--steps", 2, "--out", csv, "--json");
        Map<String, Object> fields = JSON.std.mapFrom(answer.out());
        List<Map<?, ?>> rows = rows(fields);
        assertThat(rows).hasSize(2);
        double first = Double.parseDouble(String.valueOf(rows.get(0).get("kl")));
        double second = Double.parseDouble(String.valueOf(rows.get(1).get("kl")));
        assertThat(first).isGreaterThan(second).isPositive();
        Vae model = (Vae) LatentModel.load(vae);
        float[] code = model.encode(Datasets.strokes(120, 1).train().example(5));
        int dimension = Integer.parseInt(String.valueOf(rows.get(0).get("dimension")));
        code[dimension] = -3;
        assertThat(values(Files.readAllLines(csv).get(1))).isEqualTo(model.decode(code));
    }

    @Test
    void traversalOfAnAutoencoderTakesItsRangesFromData() throws IOException {
        Path csv = folder.resolve("ways.csv");
        assertThat(run("traverse", ae, "--data", digits, "--most", 2, "--out", csv)
                        .out())
                .containsPattern("lines 13 to 23: dimension \\d from \\S+ to \\S+, variance 0");
        assertThat(run("traverse", ae, "--data", digits, "--out", csv).out()).contains("3 ways");
        assertOneLine(
                run("traverse", ae, "--out", csv),
                2,
                "--data: found none with an autoencoder, which has no prior, expected examples from whose codes the ranges"
                        + " are taken (see: latent4j traverse --help)");
    }

    @Test
    void manifoldIsDrawn() throws IOException {
        Path png = folder.resolve("manifold.png");
        assertThat(run("traverse", plane, "--manifold", "--steps", 5, "--out", png)
                        .out())
                .contains("25 images", "dimension 0 to the right");
        assertThat(ImageIO.read(png.toFile()).getWidth()).isGreaterThan(5 * 28);
        assertOneLine(
                run("traverse", vae, "--manifold", "--out", png),
                1,
                "found a VAE of 4 latent dimensions, expected 2 to draw its latent plane");
        assertOneLine(
                run("traverse", ae, "--manifold", "--out", png),
                1,
                ae + ": found an autoencoder, expected a VAE, which alone has a prior, whose plane --manifold draws");
        assertOneLine(
                run("traverse", plane, "--manifold", "--range", 2, "--out", png),
                2,
                "--manifold: found options of single dimensions with it, expected no other than --steps (see: latent4j"
                        + " traverse --help)");
        assertOneLine(
                run("traverse", plane, "--manifold", "--out", "m.csv"),
                2,
                "--manifold: found --out m.csv, expected a .png (see: latent4j traverse --help)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sample --count 0 | --count: found 0, expected at least 1",
                "sample --count 100000000 | --count: found 100000000, expected at most 2739137 of such a model",
                "sample --temperature 0 | --temperature: found 0.0, expected a number above 0",
                "sample --temperature NaN | --temperature: found NaN, expected a number above 0",
                "sample --from mixture | --from mixture: found no --data, expected examples to whose codes the mixture is"
                        + " fitted",
                "sample --data DATA | --data: found it with --from prior, expected it with --from mixture alone",
                "sample --components 3 | --components: found it with --from prior, expected it with --from mixture alone",
                "sample --from mixture --data DATA --components 0 | --components: found 0, expected auto or at least 1",
                "sample --limit 3 | Error: Missing required argument(s): --data=SOURCE",
                "interpolate --data DATA --from 3 | found --from without --to, expected both or neither",
                "interpolate --data DATA --to 3 | found --to without --from, expected both or neither",
                "interpolate --data DATA --from 3 --to 4 --pairs 2 | --pairs: found it with --from and --to, expected it"
                        + " without them",
                "interpolate --data DATA --from 0 --to 120 | --to: found 120, expected 0 to 119, an example of digits.idx",
                "interpolate --data DATA --from -1 --to 5 | --from: found -1, expected 0 to 119, an example of digits.idx",
                "interpolate --data DATA --steps 1 | steps: found 1, expected at least 2",
                "interpolate --data DATA --pairs 0 | pairs: found 0, expected at least 1",
                "interpolate --data DATA --limit 1 | digits.idx[0..1): found 1 example, expected at least 2",
                "traverse --steps 1 | steps: found 1, expected at least 2",
                "traverse --dimensions 0,4 | dimensions: found 4, expected 0 to 3",
                "traverse --range 0 | range: found 0.0, expected a finite number above 0",
                "traverse --most 2 | --most: found no --data, expected the examples that it is about",
                "traverse --example 2 | --example: found no --data, expected the examples that it is about",
                "traverse --data DATA --most 5 | --most: found 5, expected 1 to 4, the latent dimensions of the model",
                "traverse --data DATA --most 2 --dimensions 1 | --most: found it with --dimensions, expected one of both",
                "traverse --data DATA --example 120 | --example: found 120, expected 0 to 119, an example of digits.idx",
                "traverse --data DATA | --data: found it without --example and --most, expected one of them, since the ranges"
                        + " are those of the prior",
            })
    void wrongUsageIsTold(String line, String message) {
        Path out = folder.resolve("out.png");
        String[] words = (line + " --out " + out).replace("DATA", digits).split(" ");
        Object[] arguments = new Object[words.length + 1];
        arguments[0] = words[0];
        arguments[1] = vae;
        System.arraycopy(words, 1, arguments, 2, words.length - 1);
        assertOneLineOf(run(arguments), 2, "%s (see: latent4j %s --help)".formatted(message, words[0]));
        assertThat(out).doesNotExist();
    }

    private static void assertOneLineOf(Answer answer, int code, String line) {
        assertThat(answer.err().lines().reduce((a, b) -> b)).hasValue(line);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void dataOfAnotherSizeAndTooFewAreTold() throws IOException {
        Path table = folder.resolve("table.csv");
        Files.writeString(table, "a,b\n1,2\n3,4\n");
        Path out = folder.resolve("out.png");
        String message = "table.csv: found examples of 2 numeric columns: a, b, expected 28 x 28 grey pixels in [0, 1],"
                + " which the model takes";
        assertOneLine(run("sample", vae, "--from", "mixture", "--data", "csv:" + table, "--out", out), 1, message);
        assertOneLine(run("interpolate", vae, "--data", "csv:" + table, "--out", out), 1, message);
        assertOneLine(run("traverse", ae, "--data", "csv:" + table, "--out", out), 1, message);
        assertOneLine(
                run(
                        "sample",
                        vae,
                        "--from",
                        "mixture",
                        "--data",
                        digits,
                        "--limit",
                        3,
                        "--components",
                        5,
                        "--out",
                        out),
                1,
                "found 3 codes of 4 dimensions, expected at least 5, one a component, of at least 1 dimension");
        assertThat(out).doesNotExist();
    }
}
