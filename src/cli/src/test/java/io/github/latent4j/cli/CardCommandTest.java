package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.assertOneLine;
import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.cli.MainTest.Answer;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.data.IdxWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The card of a model as a user gets it. */
class CardCommandTest {
    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path vae;
    private static Path plane;
    private static Path ae;

    @BeforeAll
    static void train() throws IOException {
        vae = trained("strokes-vae", "--latent", "3");
        plane = trained("plane", "--latent", "2");
        ae = trained("strokes-ae", "--model", "ae", "--latent", "3");
    }

    private static Path trained(String name, String... options) throws IOException {
        Path folder = Files.createDirectories(shared.resolve(name));
        List<Object> line = new ArrayList<>(
                List.of("train", "--data", "strokes", "--limit", "300", "--hidden", "16", "--epochs", "1"));
        line.addAll(List.of(options));
        line.addAll(List.of("--out", folder.resolve("model.zip")));
        assertThat(run(line.toArray()).code()).isZero();
        return folder;
    }

    private static List<String> blocks(String card, String language) {
        return Pattern.compile("```" + language + "\n(.*?)\n```", Pattern.DOTALL)
                .matcher(card)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    @Test
    void aCardTellsWhatAModelIsAndHowGood() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.md"), "# Made for\n\nThis test.\n");
        Path out = folder.resolve("README.md");
        Answer answer =
                run("card", vae, "--data", "strokes:test", "--limit", 50, "--draws", 5, "--notes", notes, "--out", out);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .isEqualTo("wrote %s: 13 figures, 4 pictures in %s%n".formatted(out, folder.resolve("pictures")));
        String card = Files.readString(out);
        assertThat(card)
                .startsWith("""
                        # strokes-vae

                        <!-- written by latent4j card -->

                        A variational autoencoder that turns 28 x 28 grey pixels in \\[0, 1\\] into 3 numbers and back, trained on 270 examples of strokes:train\\[0..300).

                        ![Samples](pictures/samples.png)
                        """)
                .contains("## Notes\n\n### Made for\n\nThis test.\n")
                .contains("On values between 0 and 1 its Bernoulli likelihood is no normalised density")
                .contains("A code has 3 numbers in place of the 784 values of an example")
                .contains("strokes is a data set of the catalogue: ", "Licence: Apache 2.0.")
                .containsPattern("\\| SHA-256 of the file \\| [0-9a-f]{64} \\|")
                .containsPattern("\\| File \\| model.zip, [\\d,]+ bytes \\|")
                .contains("| epochs | 1 |", "| Engine | fused |", "| beta | 1.0 |")
                .doesNotContain("| sparsityWeight |", "| pretrainingEpochs |")
                .containsPattern("\\| ELBO \\| −\\d+\\.\\d+ ± \\d+\\.\\d+ \\| nats per example \\|")
                .contains("| Log likelihood |");
        assertThat(card.lines().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## Use",
                        "## Notes",
                        "## Limits",
                        "## Data and licence",
                        "## Specification",
                        "## Training",
                        "## Figures",
                        "## Pictures");
        assertThat(blocks(card, "sh"))
                .containsExactly(
                        """
                        ./latent4j sample %1$s --out samples.png
                        ./latent4j encode %1$s --data strokes:test --out codes.csv
                        ./latent4j reconstruct %1$s --data strokes:test --out pairs.png""".formatted(vae),
                        "./latent4j evaluate %s --data strokes:test --limit 50 --draws 5".formatted(vae),
                        "./latent4j card %s --data strokes:test --limit 50 --draws 5 --notes %s --out %s"
                                .formatted(vae, notes, out));
        assertThat(blocks(card, "java").get(0)).contains("LatentModel.load(Path.of(\"%s/model.zip\"))".formatted(vae));
        for (Matcher picture = Pattern.compile("!\\[.*?]\\((.*?)\\)").matcher(card); picture.find(); ) {
            assertThat(folder.resolve(picture.group(1))).isRegularFile();
        }
    }

    @Test
    void theCommandOfTheCardGivesItsFigures() throws IOException {
        Path out = folder.resolve("card.md");
        run("card", vae, "--data", "strokes:test", "--limit", 50, "--seed", 3, "--draws", 5, "--out", out);
        String card = Files.readString(out);
        String line = blocks(card, "sh").get(1);
        Answer again = run((Object[]) line.substring("./latent4j ".length()).split(" "));
        // Name, value and unit stand in columns.
        List<String[]> figures = again.out()
                .lines()
                .skip(1)
                .map(row -> row.strip().split(" {2,}"))
                .toList();
        assertThat(figures).hasSize(13);
        for (String[] figure : figures) {
            assertThat(card.lines().map(text -> text.replace('−', '-')))
                    .anyMatch(text -> text.startsWith("| %s | %s |".formatted(figure[0], figure[1])));
        }
    }

    @Test
    void whatCannotBeWrittenIsFoundBeforeAnythingIsMeasured() throws IOException {
        for (Path model : List.of(vae, ae)) {
            Path nowhere = folder.resolve("none/card.md");
            Answer answer = run("card", model, "--data", "strokes:test", "--out", nowhere);
            assertOneLine(answer, 1, nowhere + ": found no folder to write into, expected one");
            assertThat(answer.err()).hasLineCount(1);
            assertThat(nowhere.getParent()).doesNotExist();
        }
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--out", folder),
                1,
                folder + ": found a folder, expected the name of a file to write");
        Path notes = Files.writeString(folder.resolve("notes.md"), "Fine.\n\n```java\nint i;\n");
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--notes", notes, "--out", folder.resolve("card.md")),
                1,
                notes + ": Markdown: found ``` on line 3 that nothing closes, expected its end below it");
        Path pictures = Files.createFile(folder.resolve("pictures"));
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--out", folder.resolve("card.md")),
                1,
                pictures + ": found a file, expected a folder or nothing there");
        assertThat(folder.resolve("card.md")).doesNotExist();
    }

    @Test
    void picturesThatAreNotOfTheCardAreKept() throws IOException {
        Path out = folder.resolve("card.md");
        Path mine = Files.createDirectory(folder.resolve("pictures")).resolve("samples.png");
        Files.writeString(mine, "mine");
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--limit", 5, "--out", out),
                1,
                "%s: found a picture that is not of %s, expected none; --force replaces it".formatted(mine, out));
        assertThat(mine).hasContent("mine");
        assertThat(out).doesNotExist();
        assertThat(run("card", ae, "--data", "strokes:test", "--limit", 5, "--out", out)
                        .code())
                .as("a card without samples")
                .isZero();
        assertThat(mine).hasContent("mine");
        assertThat(run("card", vae, "--data", "strokes:test", "--limit", 5, "--out", out, "--force")
                        .code())
                .isZero();
        assertThat(mine).binaryContent().startsWith((byte) 0x89, (byte) 'P');
        Path other = Files.writeString(folder.resolve("pictures/other.png"), "mine");
        assertThat(run("card", ae, "--data", "strokes:test", "--limit", 5, "--out", out)
                        .code())
                .isZero();
        assertThat(mine).as("of the card before, and not of this").doesNotExist();
        assertThat(folder.resolve("pictures/reconstructions.png")).exists();
        assertThat(other).exists();
    }

    @Test
    void theDataThemselvesAreNoReference() {
        assertOneLine(
                run(
                        "card",
                        ae,
                        "--data",
                        "strokes:test",
                        "--limit",
                        60,
                        "--reference",
                        "strokes:test",
                        "--out",
                        folder.resolve("card.md")),
                1,
                "--reference: found the same examples as with --data (strokes:test[0..60)), expected others, such as those of the training");
    }

    @Test
    void theSameCardHasTheSameBytes() throws IOException {
        Path out = plane.resolve("README.md");
        assertThat(run("card", plane, "--data", "strokes:test", "--limit", 30).code())
                .isZero();
        byte[] first = Files.readAllBytes(out);
        byte[] picture = Files.readAllBytes(plane.resolve("pictures/manifold.png"));
        assertThat(new String(first, StandardCharsets.UTF_8)).contains("![The latent plane](pictures/manifold.png)");
        assertThat(run("card", plane, "--data", "strokes:test", "--limit", 30, "--force")
                        .code())
                .isZero();
        assertThat(out).hasBinaryContent(first);
        assertThat(plane.resolve("pictures/manifold.png")).hasBinaryContent(picture);
        try (Stream<Path> files = Files.list(plane)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model.zip", "model.run", "README.md", "pictures");
        }
    }

    @Test
    void aReferenceBringsTheFiguresOfAReport() throws IOException {
        Path out = folder.resolve("card.md");
        Path images = folder.resolve("images.idx");
        Examples strokes = Datasets.strokes(200, 5).train();
        try (IdxWriter values = IdxWriter.bytes(images, 28, 28)) {
            values.write(strokes.read(0, strokes.size()));
            values.finish();
        }
        byte[] labels = new byte[8 + strokes.size()];
        labels[2] = 8;
        labels[3] = 1;
        labels[7] = (byte) strokes.size();
        for (int i = 0; i < strokes.size(); i++) {
            labels[8 + i] = (byte) strokes.label(i);
        }
        Path labelFile = Files.write(folder.resolve("labels.idx"), labels);
        String reference = "idx:%s,%s".formatted(images, labelFile);
        Answer answer =
                run("card", ae, "--data", "strokes:test", "--limit", 60, "--reference", reference, "--out", out);
        assertThat(answer.code()).as(answer.err()).isZero();
        String card = Files.readString(out);
        assertThat(card)
                .contains("![Reconstructions](pictures/reconstructions.png)")
                .contains("An autoencoder has no prior and no likelihood", "| sparsityWeight | 0.0 |")
                .doesNotContain("| beta |", "| warmUp |", "| binarise |", "| pretrainingMasking |")
                .contains("### Latent space", "What is fitted to measure was fitted on the reference");
        assertThat(blocks(card, "sh").get(1)).endsWith("--reference %s --report report".formatted(reference));
    }

    @Test
    void aTableGetsACardWithoutPictures() throws IOException {
        StringBuilder rows = new StringBuilder("flow,heat,state\n");
        for (int i = 0; i < 80; i++) {
            rows.append(i % 7).append(',').append(i % 7 * 2.5).append(i < 76 ? ",normal\n" : ",broken\n");
        }
        Path table = Files.writeString(folder.resolve("my table.csv"), rows);
        Path model = folder.resolve("m.zip");
        assertThat(run("train", "--data", "csv:" + table, "--label", "state", "--epochs", 1, "--out", model)
                        .code())
                .isZero();
        Answer answer = run(
                "card",
                model,
                "--data",
                "csv:" + table,
                "--label",
                "state",
                "--anomaly",
                "broken",
                "--licence",
                "ours",
                "--json");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(JSON.std.mapFrom(answer.out()))
                .containsEntry("file", folder.resolve("README.md").toString())
                .containsEntry("pictures", List.of())
                .containsKeys("elbo", "auroc");
        assertThat(folder.resolve("pictures")).doesNotExist();
        String card = Files.readString(folder.resolve("README.md"));
        assertThat(card)
                .startsWith("# m\n")
                .contains("Licence of the data: ours.")
                .containsOnlyOnce("| SHA-256 |")
                .contains("and back, and finds anomalies")
                .contains("The threshold of its anomaly detector (")
                .doesNotContain("![");
        assertThat(blocks(card, "sh").get(0))
                .startsWith(
                        "./latent4j score %s --data 'csv:%s' --label state --out scores.csv\n".formatted(model, table));
        assertThat(blocks(card, "java").get(0)).contains("AnomalyDetector.of(model).judge(record)");
        Answer without = run("card", model, "--data", "csv:" + table, "--label", "state");
        assertThat(without.err()).contains("The card does not state the licence of the data; --licence TEXT does.");
        assertThat(folder.resolve("README.md"))
                .content()
                .contains("\n\nThe licence of the data is not stated here.\n\n");
    }

    @Test
    void notesAreNotLost() throws IOException {
        Path out = folder.resolve("card.md");
        Path notes = Files.writeString(folder.resolve("notes.md"), "For me.\n");
        Object[] card = {"card", vae, "--data", "strokes:test", "--limit", 30, "--out", out};
        run(Stream.concat(Stream.of(card), Stream.of("--notes", notes)).toArray());
        assertOneLine(
                run(card),
                1,
                out + ": found a card with notes, expected --notes with a file of them; --force leaves them out");
        assertThat(out).content().contains("For me.");
        run(Stream.concat(Stream.of(card), Stream.of("--force")).toArray());
        assertThat(out).content().doesNotContain("For me.");
        assertOneLine(
                run(Stream.concat(Stream.of(card), Stream.of("--notes", folder)).toArray()),
                1,
                folder + ": found a folder, expected a file of Markdown");
    }

    @Test
    void whatIsNoCardIsKept() throws IOException {
        Path other = Files.writeString(folder.resolve("README.md"), "mine");
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--limit", 5, "--out", other),
                1,
                other
                        + ": found a file that is no card, expected a card or nothing there; --out names another place, --force replaces it");
        assertThat(other).hasContent("mine");
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--out", vae.resolve("model.zip"), "--force"),
                1,
                vae.resolve("model.zip") + ": found the model itself, expected another file to write");
        assertOneLine(
                run("card", vae, "--data", "strokes:test", "--out", other, "--force", "--licence", "ours"),
                2,
                "--licence: found it for strokes, of which the catalogue says Apache 2.0, expected it for other data (see: latent4j card --help)");
        assertOneLine(
                run(
                        "card",
                        vae,
                        "--data",
                        "strokes:test",
                        "--out",
                        other,
                        "--force",
                        "--notes",
                        folder.resolve("none")),
                1,
                folder.resolve("none") + ": found no such file");
        assertThat(run("card", vae, "--data", "strokes:test", "--limit", 5, "--out", other, "--force")
                        .code())
                .isZero();
        assertThat(other).content().startsWith("# strokes-vae\n");
    }
}
