package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.DocumentationTool;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's Javadoc, as {@code mvn javadoc:aggregate} makes it, has no warning and lacks no comment. */
class JavadocTest {
    private static final List<String> MODULES = List.of("runtime", "domain", "data", "training", "evaluation");

    /** Engines are got from {@code TrainingEngine}; what is in these packages besides is nobody's. */
    private static final Pattern NO_API = Pattern.compile(".*\\.(internal|training\\.(dl4j|fused))");

    /** Java 17 wants what a record's comment says of its components again where a compact constructor checks them. */
    private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("\\s*(public )?\\w+ \\{");

    @TempDir
    Path pages;

    @Test
    void hasNoWarning() throws IOException {
        List<String> packages = new ArrayList<>();
        List<Path> sources = new ArrayList<>();
        for (String module : MODULES) {
            Path root = Page.ROOT.resolve("src/" + module + "/src/main/java");
            sources.add(root);
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.endsWith("package-info.java"))
                        .map(file ->
                                root.relativize(file.getParent()).toString().replaceAll("[/\\\\]", "."))
                        .filter(name -> !NO_API.matcher(name).matches())
                        .forEach(packages::add);
            }
        }
        DocumentationTool javadoc = ToolProvider.getSystemDocumentationTool();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        StringWriter messages = new StringWriter();
        List<String> options = new ArrayList<>(List.of(
                "-quiet",
                "-Xdoclint:all",
                "-Xmaxwarns",
                "1000",
                "-notimestamp",
                "-overview",
                Page.ROOT.resolve("src/overview.html").toString(),
                "-classpath",
                System.getProperty("java.class.path")));
        packages.forEach(options::add);
        try (StandardJavaFileManager files = javadoc.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.SOURCE_PATH, sources);
            files.setLocationFromPaths(DocumentationTool.Location.DOCUMENTATION_OUTPUT, List.of(pages));
            boolean done =
                    javadoc.getTask(messages, files, found, null, options, null).call();
            assertThat(done).as(messages.toString()).isTrue();
        }
        List<String> told = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> diagnostic : found.getDiagnostics()) {
            if (diagnostic.getKind() != Diagnostic.Kind.NOTE && !ofACompactConstructor(diagnostic)) {
                told.add(diagnostic.toString());
            }
        }
        assertThat(told).isEmpty();
        assertThat(Files.readString(pages.resolve("index.html"))).contains("From data to service");
        for (String name : packages) {
            assertThat(pages.resolve(name.replace('.', '/') + "/package-summary.html"))
                    .content()
                    .as("page of %s", name)
                    .contains("where to begin");
        }
    }

    private static boolean ofACompactConstructor(Diagnostic<? extends JavaFileObject> diagnostic) throws IOException {
        if (diagnostic.getSource() == null
                || !diagnostic.getMessage(Locale.ROOT).contains("no @param for")) {
            return false;
        }
        URI file = diagnostic.getSource().toUri();
        String line = Files.readAllLines(Path.of(file)).get((int) diagnostic.getLineNumber() - 1);
        return COMPACT_CONSTRUCTOR.matcher(line).matches();
    }
}
