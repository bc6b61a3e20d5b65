package example;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.latent4j.data.Dataset;
import io.github.latent4j.data.Datasets;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.evaluation.Evaluator;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingPlan;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {
    private static final Pattern JAR = Pattern.compile("(?<name>.+?)-(?<version>\\d[^-]*)\\.jar");

    private static final Pattern TEST_LIBRARY = Pattern.compile("(junit|opentest4j|apiguardian|surefire)-.*");

    @Test
    void trainsWritesLoadsAndEncodes(@TempDir Path folder) throws IOException {
        Dataset digits = Datasets.strokes(400, 1);
        Vae vae = Trainer.with(TrainingPlan.defaults().withEpochs(1))
                .fit(VaeSpec.of(784, 4).withHidden(16), digits.train())
                .model();
        Path file = folder.resolve("digits.zip");
        ModelFile.write(vae, file);

        LatentModel loaded = LatentModel.load(file);

        float[] digit = digits.test().example(0);
        assertEquals(4, loaded.encode(digit).length);
        assertArrayEquals(vae.encode(digit), loaded.encode(digit), 1e-6f);
        assertTrue(Evaluator.of(loaded).evaluate(digits.test()).bound().isPresent());
    }

    /** DL4J asks for older versions, whose vulnerabilities are published: the first ones without, by the number of the CVE. */
    @Test
    void versionsArePatched() {
        Map<String, String> patched = Map.of(
                "commons-codec", "1.13", // none; its JIRA, CODEC-134
                "commons-compress", "1.26.0", // CVE-2024-25710, CVE-2024-26308
                "commons-io", "2.14.0", // CVE-2024-47554
                "commons-lang3", "3.18.0", // CVE-2025-48924
                "commons-net", "3.9.0", // CVE-2021-37533
                "snakeyaml", "2.0"); // CVE-2022-1471

        Map<String, Version> found = jars().stream()
                .map(jar -> JAR.matcher(jar.getFileName().toString()))
                .filter(jar -> jar.matches() && patched.containsKey(jar.group("name")))
                .collect(Collectors.toMap(jar -> jar.group("name"), jar -> Version.parse(jar.group("version"))));

        assertEquals(patched.keySet(), found.keySet());
        patched.forEach((name, version) -> assertTrue(
                found.get(name).compareTo(Version.parse(version)) >= 0,
                () -> "found %s %s, expected at least %s".formatted(name, found.get(name), version)));
    }

    @Test
    void whatNothingNeedsStaysAway() {
        Pattern needless = Pattern.compile(
                "(gson|freemarker|error_prone|guava-\\d\\d|jackson-databind|slf4j-(?!api)|logback|lombok).*");

        assertEquals(
                List.of(),
                jars().stream()
                        .map(jar -> jar.getFileName().toString())
                        .filter(jar -> needless.matcher(jar).matches())
                        .collect(Collectors.toList()));
    }

    /** So that those who write module descriptors can rely on the names. */
    @Test
    void jarsTellTheirModulesNames() {
        Path[] jars = jars().stream()
                .filter(jar -> jar.getFileName().toString().startsWith("latent4j"))
                .toArray(Path[]::new);

        assertEquals(
                Set.of(
                        "io.github.latent4j",
                        "io.github.latent4j.runtime",
                        "io.github.latent4j.domain",
                        "io.github.latent4j.data",
                        "io.github.latent4j.training",
                        "io.github.latent4j.evaluation"),
                ModuleFinder.of(jars).findAll().stream()
                        .map(module -> module.descriptor().name())
                        .collect(Collectors.toSet()));
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
