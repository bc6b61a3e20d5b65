package io.github.latent4j.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A web service around a model file, on the JDK's own server. Run {@code main} with a model file and a port, or without
 * arguments: then it trains a small model first, and serves it on port 8080 until it is interrupted.
 *
 * <pre>
 * POST /encode        [0, 0.5, …] or [[0, 0.5, …], …]   codes
 * POST /reconstruct   the same                          reconstructions
 * POST /score         the same                          mean squared errors
 * GET  /model                                           what the model is
 * POST /reload                                          reads the file again
 * </pre>
 *
 * <p>It listens on this machine alone, knows no users, and a client that sends slowly holds a thread for as long: put it behind
 * what your services have for that, which should hand on whole requests. Nothing of what a client
 * sends becomes a file's name.
 */
public final class ScoringService implements AutoCloseable {
    /** Bodies may be that long: some 500 images of 28 x 28 pixels. */
    static final int MOST_BYTES = 4 << 20;

    /** What of a body that is too long is read and thrown away, so that the client gets to the answer. */
    private static final int MOST_WASTE = 64 << 20;

    private static final int WARM_UP_CALLS = 300;
    private static final int SECONDS_TO_FINISH = 10;

    /** Requests that wait for a thread. */
    private static final int MOST_WAITING = 1000;

    private final Path file;
    private final HttpServer server;
    private final ExecutorService threads;
    private final Semaphore free;
    private final int size;
    private final ReentrantLock reloading = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** The one thing that changes. A request takes it once and keeps to it. */
    private volatile LatentModel model;

    private ScoringService(Path file, LatentModel model, int port, int size) throws IOException {
        this.file = file;
        this.model = model;
        this.size = size;
        this.free = new Semaphore(size, true);
        // What finds no place in the queue is refused: the server then closes the connection.
        this.threads = new ThreadPoolExecutor(size, size, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING));
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Runs the example in full.
     *
     * @param arguments a model file and a port, or nothing
     * @throws IOException if the file cannot be read or the port cannot be had
     */
    public static void main(String[] arguments) throws IOException {
        // The JDK's server reads these once: answer without waiting for more to send, and let nobody take a thread for
        // longer than half a minute by sending slowly.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
        Path file = arguments.length > 0
                ? Path.of(arguments[0])
                : smallModel(5_000, Files.createDirectories(Path.of("examples/out/ScoringService")));
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8080;
        ScoringService service = run(file, port, Runtime.getRuntime().availableProcessors());
        Runtime.getRuntime().addShutdownHook(new Thread(service::close));
        System.out.printf("%s at http://localhost:%d%n", service.model, service.port());
    }

    /**
     * Starts to serve.
     *
     * @param file the model file, which {@code /reload} reads again
     * @param port where to listen; 0 for any that is free
     * @param threads how many requests are served at once
     * @return the service, to be closed
     * @throws IOException if the file cannot be read or the port cannot be had
     */
    static ScoringService run(Path file, int port, int threads) throws IOException {
        ScoringService service = new ScoringService(file, load(file), port, threads);
        service.server.start();
        return service;
    }

    /** A model to play with: a VAE of pen strokes. */
    static Path smallModel(int examples, Path folder) throws IOException {
        Path file = folder.resolve("digits.zip");
        ModelFile.write(
                Trainer.with(TrainingPlan.defaults().withEpochs(2))
                        .fit(
                                VaeSpec.of(784, 8).withHidden(64),
                                Datasets.strokes(examples, 1).train())
                        .model(),
                file);
        return file;
    }

    /** The port that it listens on. */
    int port() {
        return server.getAddress().getPort();
    }

    /** Reads the file and lets the compiler see the model before requests do. */
    private static LatentModel load(Path file) throws IOException {
        LatentModel loaded = LatentModel.load(file);
        float[] example = new float[loaded.spec().inputs()];
        Matrix batch = Matrix.zeros(8, example.length);
        for (int i = 0; i < WARM_UP_CALLS; i++) {
            loaded.reconstructionError(example);
            loaded.reconstructionErrors(batch);
        }
        return loaded;
    }

    /** An answer other than 200 with a sentence. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;

        private final int status;

        Refusal(int status, String sentence) {
            super(sentence);
            this.status = status;
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try {
            free.acquire();
        } catch (InterruptedException e) {
            exchange.close(); // the service has closed
            return;
        }
        try (exchange) {
            int status = 200;
            byte[] answer;
            try {
                answer = answer(exchange);
            } catch (Refusal refusal) {
                status = refusal.status;
                answer = sentence(refusal.getMessage());
            } catch (IllegalArgumentException e) {
                status = 400;
                answer = sentence(e.getMessage());
            } catch (RuntimeException e) {
                System.getLogger("scoring").log(System.Logger.Level.ERROR, "a request failed", e);
                status = 500;
                answer = sentence("the request failed; the service's log says why");
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
        } finally {
            free.release();
        }
    }

    private static byte[] sentence(@Nullable String sentence) throws IOException {
        return JsonRows.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("error", sentence);
            json.writeEndObject();
        });
    }

    private static final Map<String, String> METHODS =
            Map.of("/encode", "POST", "/reconstruct", "POST", "/score", "POST", "/model", "GET", "/reload", "POST");

    private byte[] answer(HttpExchange exchange) throws IOException, Refusal {
        String path = exchange.getRequestURI().getPath();
        String method = METHODS.get(path);
        if (method == null) {
            throw new Refusal(
                    404,
                    "found path %s, expected one of %s"
                            .formatted(path, METHODS.keySet().stream().sorted().toList()));
        }
        if (!method.equals(exchange.getRequestMethod())) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new Refusal(405, "found method %s, expected %s".formatted(exchange.getRequestMethod(), method));
        }
        LatentModel current = model;
        return switch (path) {
            case "/model" -> JsonRows.bytes(json -> describe(json, current));
            case "/reload" -> reload();
            default -> compute(path, current, JsonRows.parse(body(exchange)));
        };
    }

    private static byte[] body(HttpExchange exchange) throws IOException, Refusal {
        InputStream stream = exchange.getRequestBody();
        byte[] body = stream.readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            byte[] waste = new byte[1 << 16];
            for (int read = 0, n = 0; read < MOST_WASTE && n >= 0; read += n) {
                n = stream.read(waste);
            }
            throw new Refusal(413, "body: found more than %d bytes, expected at most that".formatted(MOST_BYTES));
        }
        return body;
    }

    private static byte[] compute(String path, LatentModel model, JsonRows request) throws IOException {
        if (request.batch()) {
            Matrix x = request.matrix();
            return switch (path) {
                case "/encode" -> JsonRows.bytes(json -> JsonRows.write(json, model.encode(x)));
                case "/reconstruct" -> JsonRows.bytes(json -> JsonRows.write(json, model.reconstruct(x)));
                default -> {
                    double[] errors = model.reconstructionErrors(x);
                    yield JsonRows.bytes(json -> {
                        json.writeStartArray();
                        for (double error : errors) {
                            JsonRows.write(json, error);
                        }
                        json.writeEndArray();
                    });
                }
            };
        }
        float[] x = request.rows().get(0);
        return switch (path) {
            case "/encode" -> JsonRows.bytes(json -> JsonRows.write(json, model.encode(x)));
            case "/reconstruct" -> JsonRows.bytes(json -> JsonRows.write(json, model.reconstruct(x)));
            default -> JsonRows.bytes(json -> JsonRows.write(json, model.reconstructionError(x)));
        };
    }

    private static void describe(JsonGenerator json, LatentModel model) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", model.spec().kind());
        json.writeNumberField("inputs", model.spec().inputs());
        json.writeNumberField("latent", model.spec().latent());
        json.writeStringField("input", model.card().input().text());
        json.writeStringField("provider", model.provider().name());
        json.writeStringField(
                "data", model.card().provenance().map(p -> p.data()).orElse(null));
        json.writeEndObject();
    }

    /**
     * Puts what the file holds now into service. Other requests go on meanwhile: those under way end with the model that they
     * began with, and the old one serves until the new one is warm. A file that is no model changes nothing.
     */
    private byte[] reload() throws IOException, Refusal {
        if (!reloading.tryLock()) {
            throw new Refusal(409, "found a reload under way, expected one at a time");
        }
        try {
            LatentModel loaded = load(file);
            if (!loaded.card().input().equals(model.card().input())) {
                throw new Refusal(
                        500,
                        "the old model stays in service: found a model of %s, expected one of %s"
                                .formatted(
                                        loaded.card().input().text(),
                                        model.card().input().text()));
            }
            model = loaded;
            return JsonRows.bytes(json -> describe(json, loaded));
        } catch (NoSuchFileException e) {
            throw new Refusal(500, "the old model stays in service: %s: found no such file".formatted(file));
        } catch (IOException e) {
            throw new Refusal(500, "the old model stays in service: " + e.getMessage());
        } finally {
            reloading.unlock();
        }
    }

    /** Finishes the requests under way, for ten seconds at most, and stops. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try {
            if (!free.tryAcquire(size, SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                System.getLogger("scoring").log(System.Logger.Level.WARNING, "requests were cut off");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
