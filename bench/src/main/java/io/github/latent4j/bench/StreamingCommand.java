package io.github.latent4j.bench;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.Part;
import io.github.latent4j.data.SourceOptions;
import io.github.latent4j.data.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How fast data train that do not fit into the heap. */
@Command(
        name = "streaming",
        description = {
            "Trains on a large IDX file with a heap of 512 MB, and in turn on examples in memory; tells the ratio.",
            "The file is made of the source's images, shifted, and kept in bench/target."
        },
        mixinStandardHelpOptions = true)
final class StreamingCommand implements Callable<Integer> {
    private static final String SMALL_HEAP = "512m";
    private static final String LARGE_HEAP = "4g";

    @Mixin
    private ContestOptions options;

    @Mixin
    private DataOption data;

    @Mixin
    private EngineOption engine;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Examples of the file. Default: ${DEFAULT-VALUE}.")
    private int examples;

    @Option(
            names = "--in-memory",
            paramLabel = "N",
            defaultValue = "60000",
            description = "Examples in memory. Default: ${DEFAULT-VALUE}.")
    private int inMemory;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "512",
            description = "Examples of a step. Default: ${DEFAULT-VALUE}.")
    private int batch;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "2",
            description = "Threads of each process. Default: ${DEFAULT-VALUE}.")
    private int threads;

    @Override
    public Integer call() throws IOException {
        options.atLeast(1, "--examples", examples);
        options.atLeast(1, "--in-memory", inMemory);
        options.atLeast(1, "--batch", batch);
        options.atLeast(1, "--threads", threads);
        String name = engine.name();
        Contest contest = options.contest();
        String source = "idx:" + file();
        Measurement measurement = contest.run(List.of(
                new Contestant("streamed", name, new Task(source, batch, threads, Optional.empty()), SMALL_HEAP),
                new Contestant(
                        "in memory", name, new Task(source, batch, threads, Optional.of(inMemory)), LARGE_HEAP)));
        PairReport report = new PairReport("streamedOverInMemory", "streamed", "in memory", measurement);
        options.print(System.out, report.json(), report.text());
        return 0;
    }

    private Path file() throws IOException {
        String name = "streaming-%s-%d.idx".formatted(data.source().replaceAll("\\W+", "-"), examples);
        Path file = options.app().resolveSibling(name);
        if (!Files.exists(file)) {
            System.err.printf("making %s%n", file);
            try (Examples images = Sources.open(data.source(), Part.TRAIN, SourceOptions.defaults())) {
                ShiftedImages.of(images).write(file, examples);
            } catch (IllegalArgumentException e) {
                throw options.wrong(String.valueOf(e.getMessage()));
            }
        }
        return file;
    }
}
