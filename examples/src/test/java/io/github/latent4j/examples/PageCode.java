package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java code of a page and runs it in a folder, in a JVM of its own. */
final class PageCode {
    private PageCode() {}

    /** Asserts that the programs of a page compile, end well and tell nothing on standard error. */
    static void run(List<Page.Program> programs, List<String> imports, String classPath, Path folder)
            throws IOException, InterruptedException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(source(programs, imports), classPath, classes);
        Path log = folder.resolve("log.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        classes + java.io.File.pathSeparator + classPath,
                        "Page")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        // The JVM tells of variables such as JAVA_TOOL_OPTIONS.
        assertThat(Files.readAllLines(log).stream().filter(line -> !line.startsWith("Picked up ")))
                .as("log noise")
                .isEmpty();
    }

    private static String source(List<Page.Program> programs, List<String> imports) {
        StringBuilder methods = new StringBuilder();
        List<String> calls = new ArrayList<>();
        for (Page.Program program : programs) {
            String name = "program" + calls.size();
            calls.add(name + "();");
            methods.append("    static void %s() throws Exception {%n%s%n    }%n%n"
                    .formatted(name, String.join("\n", program.statements())));
        }
        return """
                %s

                class Page {
                    public static void main(String[] arguments) throws Exception {
                        %s
                    }

                %s
                }
                """.formatted(
                        Stream.concat(
                                        imports.stream(),
                                        programs.stream()
                                                .flatMap(program -> program.imports().stream())
                                                .distinct())
                                .map(name -> "import " + name + ";")
                                .collect(Collectors.joining("\n")),
                        String.join(" ", calls),
                        methods);
    }

    private static void compile(String source, String classPath, Path classes) throws IOException {
        Path file = classes.resolve("Page.java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            boolean compiled = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of("-proc:none", "-cp", classPath, "-d", classes.toString()),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(compiled).as("%s%n%s", messages, source).isTrue();
        }
    }
}
