package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.latent4j.runtime.InputContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    private static final String IMAGES = "t10k-images-idx3-ubyte";
    private static final String LABELS = "t10k-labels-idx1-ubyte";

    private final Path folder;
    private final HttpServer server;
    private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();

    CatalogueTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        HttpHandler missing = request -> request.sendResponseHeaders(404, -1);
        answers.getOrDefault(exchange.getRequestURI().getPath(), missing).handle(exchange);
        exchange.close();
    }

    private URI address() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    private void serve(String path, byte[] body) {
        serve(path, body, body.length);
    }

    private void serve(String path, byte[] body, long announced) {
        answers.put(path, exchange -> {
            exchange.sendResponseHeaders(200, announced);
            exchange.getResponseBody().write(body);
        });
    }

    private Catalogue catalogue() {
        return new Catalogue(Fixtures.environment(folder));
    }

    private Catalogue mirrored() {
        Environment here = Fixtures.environment(folder);
        return new Catalogue(new Environment(here.data(), here.cache(), here.packages(), Optional.of(address())));
    }

    private void writeSet(String where, String ending, int pixel) throws IOException {
        byte[] images = Fixtures.idx(0x08, new int[] {1, 1, 1}, new byte[] {(byte) pixel});
        byte[] labels = Fixtures.labels(0);
        boolean gzip = ending.equals(".gz");
        for (String part : List.of("train", "t10k")) {
            Fixtures.write(
                    folder.resolve(where).resolve(part + "-images-idx3-ubyte" + ending),
                    gzip ? Fixtures.gzip(images) : images);
            Fixtures.write(
                    folder.resolve(where).resolve(part + "-labels-idx1-ubyte" + ending),
                    gzip ? Fixtures.gzip(labels) : labels);
        }
    }

    @Test
    void theFirstFolderThatHasTheFilesCounts() throws IOException {
        writeSet("packages/mnist", ".gz", 51);
        assertThat(pixel()).isEqualTo(0.2f);
        writeSet("cache/mnist", "", 102);
        assertThat(pixel()).isEqualTo(0.4f);
        writeSet("data/mnist", ".gz", 153);
        assertThat(pixel()).isEqualTo(0.6f);
        Files.delete(folder.resolve("data/mnist/" + LABELS + ".gz"));
        assertThat(pixel()).isEqualTo(0.4f);
    }

    private float pixel() throws IOException {
        try (Examples examples = catalogue().open("mnist", Part.TEST, SourceOptions.defaults())) {
            assertThat(examples.name()).isEqualTo("mnist:test");
            assertThat(examples.label(0)).isZero();
            return examples.example(0)[0];
        }
    }

    @Test
    void informationTellsWhereTheFilesAre() throws IOException {
        DatasetInfo missing = catalogue().info("fashion-mnist");
        assertThat(missing.folder()).isEmpty();
        assertThat(missing.address()).isPresent();
        assertThat(missing.licence()).isEqualTo("MIT");
        assertThat(missing.trainExamples()).isEqualTo(60_000);
        assertThat(missing.testExamples()).isEqualTo(10_000);
        writeSet("packages/fashion-mnist", ".gz", 1);
        assertThat(catalogue().info("fashion-mnist").folder()).contains(folder.resolve("packages/fashion-mnist"));
        Files.delete(folder.resolve("packages/fashion-mnist/" + LABELS + ".gz"));
        assertThat(catalogue().info("fashion-mnist").folder()).isEmpty();
        assertThat(catalogue().info("strokes").address()).isEmpty();
        assertThat(Datasets.names()).containsExactly("strokes", "fashion-mnist", "mnist");
        assertThat(Datasets.names())
                .allSatisfy(name -> assertThat(Datasets.info(name).name()).isEqualTo(name));
    }

    @Test
    void unknownNamesGetTheNearest() {
        assertThatThrownBy(() -> Datasets.load("fashion_mnits"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data set: found fashion_mnits, expected one of strokes, fashion-mnist, mnist; "
                        + "the nearest is fashion-mnist");
    }

    @Test
    void strokesNeedNoFiles() throws IOException {
        Dataset strokes = catalogue().open("strokes", SourceOptions.defaults().withSeed(9));
        assertThat(strokes.train().size()).isEqualTo(60_000);
        assertThat(strokes.test().size()).isEqualTo(10_000);
        assertThat(strokes.train().example(5))
                .isEqualTo(Datasets.strokes(6, 9).train().example(5));
        assertThat(strokes.test().example(5))
                .isEqualTo(Datasets.strokes(60_000, 9).test().example(5));
        assertThat(Fixtures.files(folder)).isZero();
    }

    @Test
    void aDownloadIsCheckedAndPutIntoPlace() throws IOException {
        byte[] content = Fixtures.images(50, 28, 28);
        byte[] compressed = Fixtures.gzip(content);
        serve("/mnist/a.gz", compressed);
        Path target = folder.resolve("a.gz");
        List<String> reports = new ArrayList<>();
        new Download(5000, (task, done, total) -> reports.add(task + " " + done + "/" + total))
                .fetch(
                        address().resolve("mnist/a.gz"),
                        target,
                        new Sha256().bytes(content).hex());
        assertThat(target).hasBinaryContent(compressed);
        assertThat(reports).last().isEqualTo("downloading a.gz %1$d/%1$d".formatted(compressed.length));
        assertThat(Fixtures.files(folder)).isEqualTo(1);
    }

    @Test
    void aDownloadOfOtherContentIsRefused() throws IOException {
        byte[] labels = Fixtures.labels(1, 2, 3);
        serve("/mnist/" + IMAGES + ".gz", Fixtures.gzip(labels));
        assertThatThrownBy(() -> mirrored().open("mnist", Part.TEST, SourceOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage(advice("found SHA-256 " + new Sha256().bytes(labels).hex()
                        + " of the uncompressed content, expected "
                        + "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"));
        assertThat(Fixtures.files(folder)).isZero();
    }

    private String advice(String reason) {
        return "%smnist/%s.gz: %s; put %s and %s (or the same with .gz) into %s or $LATENT4J_DATA/mnist, or use strokes, which needs no files"
                .formatted(address(), IMAGES, reason, IMAGES, LABELS, folder.resolve("cache/mnist"));
    }

    @Test
    void damagedGzipIsRefused() throws IOException {
        byte[] compressed = Fixtures.gzip(Fixtures.images(50, 28, 28));
        compressed[compressed.length - 6] ^= 1;
        serve("/mnist/" + IMAGES + ".gz", compressed);
        assertThatThrownBy(() -> mirrored().open("mnist", Part.TEST, SourceOptions.defaults()))
                .hasMessage(advice("found damaged gzip, expected a sound file"));
        assertThat(Fixtures.files(folder)).isZero();
    }

    @Test
    void missingFilesOfTheServerAreTold() throws IOException {
        assertThatThrownBy(() -> mirrored().open("mnist", Part.TEST, SourceOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage(advice("found HTTP status 404, expected 200"));
        assertThat(Fixtures.files(folder)).isZero();
    }

    @Test
    void aConnectionThatBreaksLeavesNothing() throws IOException {
        serve("/mnist/" + IMAGES + ".gz", new byte[1000], 100_000);
        assertThatThrownBy(() -> mirrored().open("mnist", Part.TEST, SourceOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(address() + "mnist/" + IMAGES + ".gz: ")
                .hasMessageEndingWith("or use strokes, which needs no files");
        assertThat(Fixtures.files(folder)).isZero();
    }

    @Test
    void noNetworkSaysWhereToPutTheFiles() throws IOException {
        URI gone = address();
        server.stop(0);
        Environment here = Fixtures.environment(folder);
        Catalogue catalogue =
                new Catalogue(new Environment(here.data(), here.cache(), here.packages(), Optional.of(gone)));
        assertThatThrownBy(() -> catalogue.open("mnist", SourceOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "found no connection to 127.0.0.1, expected a network; put train-images-idx3-ubyte"
                                + " and train-labels-idx1-ubyte (or the same with .gz) into "
                                + folder.resolve("cache/mnist"));
        assertThat(Fixtures.files(folder)).isZero();
    }

    @Test
    void theEnvironmentIsReadFromVariables() {
        Path home = Path.of("/home/ada");
        assertThat(Environment.of(Map.of(), home))
                .isEqualTo(new Environment(
                        Optional.empty(),
                        Path.of("/home/ada/.cache/latent4j"),
                        Path.of("/usr/share/datasets"),
                        Optional.empty()));
        assertThat(Environment.of(Map.of("XDG_CACHE_HOME", "/x", "LATENT4J_DATA", "/d"), home)
                        .folders("mnist"))
                .containsExactly(
                        Path.of("/d/mnist"), Path.of("/x/latent4j/mnist"), Path.of("/usr/share/datasets/mnist"));
        assertThat(Environment.of(Map.of("XDG_CACHE_HOME", "/x", "LATENT4J_CACHE", "/c", "LATENT4J_DATA", ""), home))
                .isEqualTo(new Environment(
                        Optional.empty(), Path.of("/c"), Path.of("/usr/share/datasets"), Optional.empty()));
        assertThat(Environment.of(Map.of("LATENT4J_MIRROR", "https://example.org/sets"), home)
                        .mirror())
                .contains(URI.create("https://example.org/sets/"));
        assertThatThrownBy(() -> Environment.of(Map.of("LATENT4J_MIRROR", "example.org"), home))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "LATENT4J_MIRROR: found example.org, expected an address that starts with http:// or https://");
    }

    @Test
    void aCacheThatCannotBeMadeIsTold() throws IOException {
        Path blocked = Fixtures.write(folder.resolve("blocked"), new byte[1]);
        Environment here = new Environment(Optional.empty(), blocked, folder, Optional.of(address()));
        assertThatThrownBy(() -> new Catalogue(here).open("mnist", Part.TRAIN, SourceOptions.defaults()))
                .isInstanceOf(IOException.class)
                .hasMessage(blocked.resolve("mnist")
                        + ": the cache folder cannot be made; set LATENT4J_CACHE to a folder that can be written");
    }

    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void debiansFashionMnistIsWhatTheCatalogueExpects() throws IOException {
        Environment here = Fixtures.environment(folder);
        Catalogue catalogue = new Catalogue(
                new Environment(Optional.empty(), here.cache(), Path.of("/usr/share/datasets"), Optional.empty()));
        Dataset fashion = catalogue.open("fashion-mnist", SourceOptions.defaults());
        DatasetInfo info = catalogue.info("fashion-mnist");
        assertThat(fashion.train().size()).isEqualTo(info.trainExamples());
        assertThat(fashion.test().size()).isEqualTo(info.testExamples());
        assertThat(fashion.train().input()).isEqualTo(new InputContract.Image(28, 28, 1));
        assertThat(fashion.test().labelNames()).hasSize(10);
        assertThat(fashion.test().label(0)).isEqualTo(9);
        assertThat(info.folder()).contains(Path.of("/usr/share/datasets/fashion-mnist"));
        fashion.train().close();
        fashion.test().close();
    }

    @Test
    @Tag("debian")
    @EnabledIf("fashionMnistIsExpected")
    void downloadsOfTheRightContentAreKept() throws IOException {
        Path debian = Path.of("/usr/share/datasets/fashion-mnist");
        for (String name : List.of("train-images-idx3-ubyte", "train-labels-idx1-ubyte", IMAGES, LABELS)) {
            serve("/fashion-mnist/" + name + ".gz", Files.readAllBytes(debian.resolve(name + ".gz")));
        }
        Dataset fashion = mirrored().open("fashion-mnist", SourceOptions.defaults());
        assertThat(fashion.train().size()).isEqualTo(60_000);
        fashion.train().close();
        fashion.test().close();
        answers.clear();
        mirrored().open("fashion-mnist", SourceOptions.defaults()).train().close();
        assertThat(mirrored().info("fashion-mnist").folder()).contains(folder.resolve("cache/fashion-mnist"));
    }

    /** Where Debian's package is not installed the test is left out, but not in CI, which installs it. */
    static boolean fashionMnistIsExpected() {
        return System.getenv("CI") != null || Files.isDirectory(Path.of("/usr/share/datasets/fashion-mnist"));
    }
}
