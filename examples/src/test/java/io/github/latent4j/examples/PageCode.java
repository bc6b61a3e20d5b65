package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The Java code of a page, compiled and run as it stands. */
final class PageCode {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    private PageCode() {}

    /** The blocks of Java code of a page, in their order. */
    static List<String> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }

    /** Runs statements in a folder and asserts that they end well and print nothing. */
    static void run(String statements, List<String> imports, String classPath, Path folder)
            throws IOException, InterruptedException {
        Path source = folder.resolve("Page.java");
        Files.writeString(source, """
                %s

                class Page {
                    public static void main(String[] arguments) throws Exception {
                %s
                    }
                }
                """.formatted(
                String.join(
                        "\n",
                        imports.stream().map(name -> "import " + name + ";").toList()),
                statements));
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classPath,
                        source.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).as("log noise").isEmpty();
    }
}
