package io.github.latent4j.data;

import io.github.latent4j.runtime.InputContract;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The data sets that are known by name, on one machine. */
final class Catalogue {
    static final String STROKES = "strokes";
    static final int STROKES_TRAIN = 60_000;
    static final int STROKES_TEST = 10_000;

    private static final int TIMEOUT_MILLIS = 30_000;
    private static final InputContract.Image DIGITS = new InputContract.Image(28, 28, 1);

    /**
     * A file of a set.
     *
     * @param name without {@code .gz}
     * @param sha256 the digest of its uncompressed content
     */
    private record PublishedFile(String name, String sha256) {}

    private record PublishedPart(int examples, PublishedFile images, PublishedFile labels) {}

    /** A set that is published as IDX files. */
    private record Published(
            String name,
            String description,
            String origin,
            String licence,
            URI address,
            PublishedPart train,
            PublishedPart test) {
        PublishedPart part(Part part) {
            return part == Part.TRAIN ? train : test;
        }

        private static Published of(
                String name,
                String description,
                String origin,
                String licence,
                String address,
                String trainImages,
                String trainLabels,
                String testImages,
                String testLabels) {
            return new Published(
                    name,
                    description,
                    origin,
                    licence,
                    URI.create(address),
                    new PublishedPart(
                            60_000,
                            new PublishedFile("train-images-idx3-ubyte", trainImages),
                            new PublishedFile("train-labels-idx1-ubyte", trainLabels)),
                    new PublishedPart(
                            10_000,
                            new PublishedFile("t10k-images-idx3-ubyte", testImages),
                            new PublishedFile("t10k-labels-idx1-ubyte", testLabels)));
        }
    }

    private static final List<Published> PUBLISHED = List.of(
            Published.of(
                    "fashion-mnist",
                    "photographs of ten kinds of clothing",
                    "H. Xiao, K. Rasul, R. Vollgraf (Zalando Research), arXiv 1708.07747",
                    "MIT",
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
            Published.of(
                    "mnist",
                    "handwritten digits",
                    "Y. LeCun, C. Cortes, C. J. C. Burges",
                    "CC BY-SA 3.0",
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    private final Environment environment;

    Catalogue(Environment environment) {
        this.environment = environment;
    }

    static List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(STROKES);
        PUBLISHED.forEach(set -> names.add(set.name()));
        return List.copyOf(names);
    }

    /**
     * Opens one part of a set, which is downloaded if it is not on this machine.
     *
     * @throws IllegalArgumentException if there is no set of this name
     */
    Examples open(String name, Part part, SourceOptions options) throws IOException {
        if (name.equals(STROKES)) {
            return Strokes.of(part == Part.TRAIN ? STROKES_TRAIN : STROKES_TEST, options.seed(), part);
        }
        Published set = published(name);
        Optional<Path> found = find(set, part);
        Path folder = found.isPresent() ? found.get() : download(set, part, options.progress());
        PublishedPart files = set.part(part);
        return IdxExamples.open(
                file(folder, files.images()).orElseThrow(),
                file(folder, files.labels()),
                name + ":" + part.text(),
                environment);
    }

    Dataset open(String name, SourceOptions options) throws IOException {
        Examples train = open(name, Part.TRAIN, options);
        try {
            return new Dataset(name, train, open(name, Part.TEST, options));
        } catch (IOException | RuntimeException e) {
            train.close();
            throw e;
        }
    }

    /**
     * Describes a set and looks for it.
     *
     * @throws IllegalArgumentException if there is no set of this name
     */
    DatasetInfo info(String name) {
        if (name.equals(STROKES)) {
            return new DatasetInfo(
                    STROKES,
                    "digits drawn by a pen, made from a seed, with known factors",
                    STROKES_TRAIN,
                    STROKES_TEST,
                    DIGITS,
                    "latent4j",
                    "Apache 2.0",
                    Optional.empty(),
                    Optional.empty());
        }
        Published set = published(name);
        return new DatasetInfo(
                name,
                set.description(),
                set.train().examples(),
                set.test().examples(),
                DIGITS,
                set.origin(),
                set.licence(),
                find(set, Part.values()),
                Optional.of(address(set)));
    }

    private static Published published(String name) {
        return PUBLISHED.stream()
                .filter(set -> set.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("data set: found %s, expected one of %s; the nearest is %s"
                                .formatted(name, String.join(", ", names()), Names.nearest(name, names()))));
    }

    /** The first folder that has all files of the parts. */
    private Optional<Path> find(Published set, Part... parts) {
        return environment.folders(set.name()).stream()
                .filter(folder -> Arrays.stream(parts)
                        .map(set::part)
                        .allMatch(part -> file(folder, part.images()).isPresent()
                                && file(folder, part.labels()).isPresent()))
                .findFirst();
    }

    private static Optional<Path> file(Path folder, PublishedFile file) {
        return List.of(file.name(), file.name() + ".gz").stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private URI address(Published set) {
        return environment
                .mirror()
                .map(mirror -> mirror.resolve(set.name() + "/"))
                .orElse(set.address());
    }

    private Path download(Published set, Part part, Progress progress) throws IOException {
        Path folder = environment.cacheFolder(set.name());
        Download download = new Download(TIMEOUT_MILLIS, progress);
        for (PublishedFile file :
                List.of(set.part(part).images(), set.part(part).labels())) {
            if (file(folder, file).isPresent()) {
                continue;
            }
            URI address = address(set).resolve(file.name() + ".gz");
            try {
                download.fetch(address, folder.resolve(file.name() + ".gz"), file.sha256());
            } catch (IOException e) {
                throw new IOException(
                        "%s: %s; put %s and %s (or the same with .gz) into %s or $LATENT4J_DATA/%s, or use %s, which needs no files"
                                .formatted(
                                        address,
                                        e.getMessage(),
                                        set.part(part).images().name(),
                                        set.part(part).labels().name(),
                                        folder,
                                        set.name(),
                                        STROKES),
                        e);
            }
        }
        return folder;
    }
}
