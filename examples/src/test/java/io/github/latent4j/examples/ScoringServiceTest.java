package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoringServiceTest {
    private static final ModelSpec SPEC = VaeSpec.of(3, 2).withHidden(4);
    private static final float[] X = {0.25f, 0, 1};
    private static final String JSON_X = "[0.25, 0, 1.0]";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final LatentModel model = model(SPEC, 1);
    private Path file = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private ScoringService service;

    private static LatentModel model(ModelSpec spec, long seed) {
        Random random = new Random(seed);
        float[] parameters = new float[spec.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian();
        }
        return LatentModel.of(spec, parameters);
    }

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("m.zip");
        ModelFile.write(model, file);
        service = ScoringService.run(file, 0, 4);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    private HttpResponse<String> send(String method, String path, String body) {
        try {
            return client.send(request(method, path, body), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String answer(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        return response.body();
    }

    private static float[] floats(Object list) {
        List<?> numbers = (List<?>) list;
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) numbers.get(i)).floatValue();
        }
        return values;
    }

    @Test
    void answersAreTheModels() throws IOException {
        assertThat(floats(JSON.std.anyFrom(answer("POST", "/encode", JSON_X)))).containsExactly(model.encode(X));
        assertThat(floats(JSON.std.anyFrom(answer("POST", "/reconstruct", JSON_X))))
                .containsExactly(model.reconstruct(X));
        assertThat(Double.parseDouble(answer("POST", "/score", JSON_X))).isEqualTo(model.reconstructionError(X));
    }

    @Test
    void aBatchIsAnsweredByABatch() throws IOException {
        Matrix batch = Matrix.of(X, new float[] {1, 1, 0});
        String body = "[" + JSON_X + ",\n[1,1,0]]";
        List<Object> codes = JSON.std.listFrom(answer("POST", "/encode", body));
        assertThat(codes).hasSize(2);
        assertThat(floats(codes.get(1))).containsExactly(model.encode(batch).row(1));
        assertThat(floats(
                        JSON.std.listFrom(answer("POST", "/reconstruct", body)).get(0)))
                .containsExactly(model.reconstruct(X));
        List<Object> scores = JSON.std.listFrom(answer("POST", "/score", body));
        assertThat(scores).containsExactly(model.reconstructionErrors(batch)[0], model.reconstructionErrors(batch)[1]);
        assertThat(JSON.std.listFrom(answer("POST", "/score", "[" + JSON_X + "]")))
                .hasSize(1);
    }

    @Test
    void theModelIsDescribed() {
        assertThat(answer("GET", "/model", ""))
                .isEqualTo("{\"kind\":\"vae\",\"inputs\":3,\"latent\":2,\"input\":\"3 numbers\",\"provider\":\"plain\","
                        + "\"data\":null}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[1, 2]|input: found 2 values, expected 3",
                "[]|input: found 0 values, expected 3",
                "[[0, 0, 0], [1]]|row 1: found 1 values, expected 3 as in row 0",
                "[[1]]|input: found 1 values an example, expected 3",
                "[0, 1e99, 0]|input: found Infinity at index 1, expected a finite number",
                "[[0, 0, -1e99]]|input: found -Infinity in example 0 at index 2, expected a finite number",
                "[0, NaN, 0]|body: line 1, column 8: found no JSON of numbers (Non-standard token 'NaN')",
                "[0, \"1\", 0]|body: line 1, column 5: found '1', expected a number",
                "[0, null, 0]|body: line 1, column 5: found 'null', expected a number",
                "[0, [0], 0]|body: line 1, column 5: found '[', expected a number",
                "[[0, 0, 0], 1]|body: line 1, column 13: found '1', expected an array of numbers, as the first element is",
                "{\"x\": [0, 0, 0]}|body: line 1, column 1: found '{', expected an array",
                "[0, 0, 0] [0]|body: line 1, column 11: found '[', expected nothing behind the array",
                "[0, 0, 0|body: found text that ends within an array, expected all of it",
            })
    void badInputIsToldInASentence(String body, String sentence) throws IOException {
        HttpResponse<String> response = send("POST", "/encode", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.std.mapFrom(response.body())).containsExactlyEntriesOf(Map.of("error", sentence));
    }

    @Test
    void anEmptyBodyAndNumbersWithoutEndAreBadInput() {
        assertThat(send("POST", "/score", "").body())
                .isEqualTo("{\"error\":\"body: found nothing, expected an array\"}");
        HttpResponse<String> response = send("POST", "/score", "[" + "1".repeat(5_000) + "]");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("found no JSON of numbers");
    }

    @Test
    void whatIsNotThereAndWhatIsTooLongIsRefused() {
        HttpResponse<String> nowhere = send("GET", "/model/secret", "");
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body())
                .isEqualTo("{\"error\":\"found path /model/secret, expected one of [/encode, /model, /reconstruct,"
                        + " /reload, /score]\"}");
        HttpResponse<String> wrongMethod = send("GET", "/encode", "");
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
        assertThat(wrongMethod.headers().firstValue("Allow")).hasValue("POST");
        assertThat(wrongMethod.body()).isEqualTo("{\"error\":\"found method GET, expected POST\"}");
        HttpResponse<String> tooLong = send("POST", "/encode", " ".repeat(3 * ScoringService.MOST_BYTES));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.body())
                .isEqualTo("{\"error\":\"body: found more than 4194304 bytes, expected at most that\"}");
        answer("POST", "/encode", JSON_X);
    }

    @Test
    void aNewerModelComesIntoServiceWhileOthersAreServed() throws IOException {
        LatentModel newer = model(SPEC, 2);
        List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(client.sendAsync(request("POST", "/encode", JSON_X), BodyHandlers.ofString()));
            if (i == 50) {
                ModelFile.write(newer, file);
                others.add(client.sendAsync(request("POST", "/reload", ""), BodyHandlers.ofString()));
            }
        }
        others.remove(51).join();
        for (CompletableFuture<HttpResponse<String>> other : others) {
            assertThat(other.join().statusCode()).isEqualTo(200);
            assertThat(floats(JSON.std.anyFrom(other.join().body())))
                    .matches(code -> Arrays.equals(code, model.encode(X)) || Arrays.equals(code, newer.encode(X)));
        }
        assertThat(floats(JSON.std.anyFrom(answer("POST", "/encode", JSON_X)))).containsExactly(newer.encode(X));

        ModelFile.write(model(AutoencoderSpec.of(3, 1), 3), file);
        assertThat(answer("POST", "/reload", "")).contains("\"kind\":\"ae\",\"inputs\":3");
    }

    @Test
    void aModelOfOtherExamplesIsNotPutIntoService() throws IOException {
        ModelFile.write(model(AutoencoderSpec.of(5, 1), 3), file);
        HttpResponse<String> response = send("POST", "/reload", "");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .isEqualTo("{\"error\":\"the old model stays in service: found a model of 5 numbers, expected one of 3"
                        + " numbers\"}");
        assertThat(floats(JSON.std.anyFrom(answer("POST", "/encode", JSON_X)))).containsExactly(model.encode(X));
    }

    @Test
    void resultsThatAreNoNumbersAreRefused() throws IOException {
        HttpResponse<String> response = send("POST", "/encode", "[3e38, 3e38, 3e38]");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"error\":\"input: found values so large that a result is ")
                .endsWith(", expected values like those that the model was trained on\"}");
    }

    @Test
    void aDamagedFileChangesNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        HttpResponse<String> response = send("POST", "/reload", "");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .startsWith("{\"error\":\"the old model stays in service: " + file + ": ")
                .endsWith("it was cut off\"}");
        Files.delete(file);
        assertThat(send("POST", "/reload", "").body())
                .isEqualTo("{\"error\":\"the old model stays in service: %s: found no such file\"}".formatted(file));
        assertThat(floats(JSON.std.anyFrom(answer("POST", "/encode", JSON_X)))).containsExactly(model.encode(X));
    }

    @Test
    void itStops() {
        answer("POST", "/encode", JSON_X);
        service.close();
        assertThatThrownBy(() -> client.send(request("POST", "/encode", JSON_X), BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        service.close();
    }

    @Test
    void theSmallModelIsOneOfStrokes() throws IOException {
        LatentModel small = LatentModel.load(ScoringService.smallModel(300, folder));
        assertThat(small.card().provenance().orElseThrow().data()).isEqualTo("strokes:train");
    }
}
