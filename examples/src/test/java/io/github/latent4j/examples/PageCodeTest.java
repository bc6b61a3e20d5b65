package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Datasets;
import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.report.Images;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.VaeSpec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All Java code of README.md, docs, the models' cards and the Javadoc's first page compiles and runs as it stands. */
class PageCodeTest {
    private static final List<String> OF_THE_RUNTIME =
            List.of("io.github.latent4j.runtime.*", "java.io.*", "java.nio.file.*", "java.util.*");
    private static final List<String> OF_ALL = Stream.concat(
                    OF_THE_RUNTIME.stream(),
                    Stream.of(
                            "io.github.latent4j.data.*",
                            "io.github.latent4j.domain.*",
                            "io.github.latent4j.evaluation.*",
                            "io.github.latent4j.evaluation.latent.*",
                            "io.github.latent4j.evaluation.report.*",
                            "io.github.latent4j.evaluation.sampling.*",
                            "io.github.latent4j.training.*",
                            "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
                            "org.deeplearning4j.util.ModelSerializer",
                            "org.nd4j.linalg.api.ndarray.INDArray",
                            "org.nd4j.linalg.factory.Nd4j"))
            .toList();

    /** The tables that pages speak of; the tests of their command lines take them, too. */
    private static final Path TABLES = Page.ROOT.resolve("src/cli/src/test/resources/documents");

    @TempDir
    Path folder;

    static List<String> pages() throws IOException {
        return Page.all().stream()
                .filter(page -> page.blocks() > 0)
                .map(Page::name)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itsCodeRuns(String name) throws IOException, InterruptedException {
        Page page = Page.of(name);
        long found = page.programs().stream()
                .mapToLong(program -> program.statements().size())
                .sum();
        assertThat(found).as("blocks and what is given").isGreaterThanOrEqualTo(page.blocks());
        writeFixtures();
        if (page.text().contains("\"models/")) {
            copyModels();
        }
        // What a service needs is latent4j-runtime and its JSON library alone.
        boolean ofTheRuntime = name.equals("docs/embedding.md");
        String classPath = System.getProperty("java.class.path");
        PageCode.run(
                page.programs(),
                ofTheRuntime ? OF_THE_RUNTIME : OF_ALL,
                ofTheRuntime ? runtimeAlone(classPath) : classPath,
                folder);
    }

    private void writeFixtures() throws IOException {
        try (Stream<Path> tables = Files.list(TABLES)) {
            for (Path table : tables.toList()) {
                Files.copy(table, folder.resolve(table.getFileName()));
            }
        }
        Examples strokes = Datasets.strokes(40, 1).train();
        for (int i = 0; i < strokes.size(); i++) {
            Path photo = folder.resolve("photos/" + strokes.labelNames().get(strokes.label(i)) + "/" + i + ".png");
            Files.createDirectories(photo.getParent());
            Images.grid(strokes.read(i, i + 1), strokes.input(), 1).write(photo);
        }
        VaeSpec spec = VaeSpec.of(784, 16).withHidden(64);
        LatentModel model = LatentModel.of(spec, new float[spec.layout().length()])
                .withCard(ModelCard.of(new InputContract.Image(28, 28, 1)));
        ModelFile.write(model, folder.resolve("m.zip"));
    }

    private void copyModels() throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT.resolve("models"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(Page.ROOT.relativize(file).toString()));
            }
        }
    }

    private static String runtimeAlone(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> {
                    String path = entry.replace('\\', '/');
                    return path.contains("/src/runtime/")
                            || path.matches(".*/(latent4j-runtime|jackson-jr|jackson-core)[^/]*\\.jar");
                })
                .collect(Collectors.joining(File.pathSeparator));
    }
}
