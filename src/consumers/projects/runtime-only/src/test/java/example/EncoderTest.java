package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EncoderTest {
    /** A jar's name without its version. */
    private static final Pattern VERSION = Pattern.compile("-\\d.*");

    private static final Pattern TEST_LIBRARY = Pattern.compile("(junit|opentest4j|apiguardian|surefire)-.*");

    @Test
    void encodes() throws IOException {
        float[] one = new float[28 * 28];
        for (int row = 4; row < 24; row++) {
            one[row * 28 + 13] = 1;
            one[row * 28 + 14] = 1;
        }

        // What DL4J answers for this file.
        assertArrayEquals(new float[] {4.03527f, -2.62079f, 2.89474f, 0.82731f}, new Encoder().encode(one), 1e-4f);
    }

    @Test
    void theRuntimeBringsOneLibraryAndStaysBelow2Megabytes() throws IOException {
        List<Path> jars = jars();

        assertEquals(
                List.of("jackson-core", "jackson-jr-objects", "latent4j-runtime"),
                jars.stream()
                        .map(jar ->
                                VERSION.matcher(jar.getFileName().toString()).replaceFirst(""))
                        .sorted()
                        .collect(Collectors.toList()));
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        assertTrue(bytes < 2_000_000, "found " + bytes + " bytes on the class path, expected less than 2,000,000");
    }

    @Test
    void thereIsNoNativeCode() {
        for (String name : List.of(
                "org.nd4j.linalg.factory.Nd4j",
                "org.bytedeco.javacpp.Loader",
                "org.deeplearning4j.nn.multilayer.MultiLayerNetwork")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
        }
    }

    /** What is on the class path of this project but for its own classes and what runs the tests. */
    private static List<Path> jars() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().endsWith(".jar"))
                .filter(entry ->
                        !TEST_LIBRARY.matcher(entry.getFileName().toString()).matches())
                .collect(Collectors.toList());
    }
}
