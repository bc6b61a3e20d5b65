package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.cli.Check.Mark;
import io.github.latent4j.cli.MainTest.Answer;
import io.github.latent4j.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The doctor on this machine, and on machines that lack something. */
class DoctorTest {
    private static final String USABLE =
            " Models can be used all the same, from Java with latent4j-runtime, but not trained.";

    @TempDir
    Path root;

    /** A Linux machine below the folder of the test. */
    private Machine machine(String architecture, Path natives, ClassLoader classes) {
        Properties properties = new Properties();
        properties.setProperty("os.name", "Linux");
        properties.setProperty("os.arch", architecture);
        properties.setProperty("user.home", root.toString());
        properties.setProperty("org.bytedeco.javacpp.cachedir", natives.toString());
        return new Machine(properties, Map.of(), root, classes);
    }

    /** A class path with files of native code for a platform. */
    private ClassLoader classPath(String... resources) throws IOException {
        Path folder = Files.createTempDirectory(root, "classes");
        for (String resource : resources) {
            Path file = folder.resolve(resource);
            Files.createDirectories(Path.of(String.valueOf(file.getParent())));
            Files.createFile(file);
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
    }

    private ClassLoader whole() throws IOException {
        return classPath(
                "org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so",
                "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64/libjnind4jcpu.so");
    }

    private static List<Check> failing(Machine machine, String message) {
        Callable<Map<String, String>> backend = () -> {
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError(message));
        };
        return new NativeCode(machine).checks(backend, Optional::empty);
    }

    private static void assertProblem(List<Check> checks, String cause) {
        assertThat(checks).containsExactly(Check.problem("native code", cause + USABLE));
    }

    @Test
    void thisMachineCanTrain() throws IOException {
        Answer answer = run("doctor");
        assertThat(answer.code()).as(answer.out()).isZero();
        assertThat(answer.out())
                .containsPattern("(?m)^ok       latent4j       0\\.")
                .containsPattern("(?m)^ok       Java           \\d+.* of .* in /")
                .containsPattern("(?m)^ok       machine        \\d+ processors?; at most [\\d,]+ MB of heap")
                .containsPattern("(?m)^(ok|note)     +inference      provider (plain|vector)")
                .containsPattern("(?m)^ok       native code    DL4J 1\\.0.*, ND4J's CpuBackend for ")
                .containsPattern("(?m)^ok       BLAS           OPENBLAS, kernel .*, \\d+ threads$")
                .containsPattern("(?m)^ok       data           strokes: built in$")
                .containsPattern(
                        "(?m)^ok       training       [\\d,]+ examples a second through a VAE 784-256-16-256-784, ")
                .containsPattern("(?m)^ok       encoding       \\d+ microseconds")
                .endsWith("Everything that training needs is here.%n".formatted());
        Map<String, Object> fields = JSON.std.mapFrom(run("doctor", "--json").out());
        assertThat(fields).containsEntry("ok", true);
        assertThat(fields.get("checks"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .first()
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("area", "latent4j")
                .containsEntry("mark", "ok")
                .containsKey("text");
    }

    @Test
    void aMissingThingGivesAnotherExitCode() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        DoctorCommand doctor = new DoctorCommand(new Console(stream, stream));
        Check missing = Check.problem("cache", "gone");
        assertThat(doctor.tell(List.of(Check.ok("data", "there"), missing))).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        ok       data           there
                        problem  cache          gone
                        Something that is needed is missing: see the line marked problem.
                        """);
        assertThat(DoctorCommand.summary(List.of(missing, missing)))
                .isEqualTo("2 things that are needed are missing: see the lines marked problem.");
        assertThat(doctor.tell(List.of(Check.note("data", "elsewhere")))).isZero();
    }

    @Test
    void nativesThatAreNotOnTheClassPathAreTold() throws IOException {
        assertProblem(
                failing(machine("aarch64", root, whole()), "no jnijavacpp in java.library.path"),
                "Found no native code for linux-arm64 on the class path, expected JavaCPP's, OpenBLAS's and ND4J's. The build takes what the machine has that it runs on: build again here, with -Djavacpp.platform=linux-arm64 if need be.");
        assertProblem(
                failing(
                        machine("amd64", root, classPath("org/bytedeco/javacpp/linux-x86_64/libjnijavacpp.so")),
                        "no jnind4jcpu"),
                "Found no nd4j-native for linux-x86_64 on the class path, expected it. Add org.nd4j:nd4j-native with the classifier linux-x86_64.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/x/libnd4jcpu.so: /lib64/libc.so.6: version `GLIBC_2.27' not found (required by /x/libnd4jcpu.so)"
                        + " | Found a C or C++ library that is too old, expected one with GLIBC_2.27. Use a newer system.",
                "/lib64/libstdc++.so.6: version `GLIBCXX_3.4.21' not found"
                        + " | Found a C or C++ library that is too old, expected one with GLIBCXX_3.4.21. Use a newer system.",
                "/x/libnd4jcpu.so: wrong ELF class: ELFCLASS64"
                        + " | Found native code for another architecture, expected it for linux-x86_64. Use a Java of the machine's own architecture.",
                "libgomp.so.1: cannot open shared object file"
                        + " | Found native code that does not start: libgomp.so.1: cannot open shared object file. --debug with the command that failed shows where.",
            })
    void whatTheLinkerSaysIsUnderstood(String message, String cause) throws IOException {
        assertProblem(failing(machine("amd64", root, whole()), message), cause);
    }

    @Test
    void muslIsTold() throws IOException {
        Files.createFile(Files.createDirectories(root.resolve("lib")).resolve("ld-musl-x86_64.so.1"));
        Machine alpine = machine("amd64", root, whole());
        assertProblem(
                failing(alpine, "Error loading shared library ld-linux-x86-64.so.2"),
                "Found the C library musl, as Alpine Linux has it, expected glibc. Use a system with glibc, such as Debian.");
        Files.createFile(Files.createDirectories(root.resolve("lib64")).resolve("ld-linux-x86-64.so.2"));
        assertThat(alpine.hasMusl()).as("Debian with musl beside glibc").isFalse();
    }

    @Test
    void aCacheOfNativesThatCannotServeIsTold() throws IOException {
        Path file = Files.createFile(root.resolve("file"));
        Path below = file.resolve("cache");
        assertProblem(
                failing(machine("amd64", below, whole()), "could not be unpacked"),
                "Found the folder %s, into which native code is unpacked, closed to writing, expected it open. LATENT4J_JVM=-Dorg.bytedeco.javacpp.cachedir=FOLDER names another one."
                        .formatted(below));
    }

    @Test
    void aCacheMountedWithoutExecutionIsTold() throws IOException {
        Path cache = root.resolve("cache");
        Files.writeString(
                Files.createDirectories(root.resolve("proc")).resolve("mounts"),
                "/dev/a / ext4 rw 0 0\ntmpfs %s tmpfs rw,nosuid,noexec 0 0\n".formatted(cache));
        Machine machine = machine("amd64", cache, whole());
        assertProblem(
                failing(machine, "failed to map segment from shared object"),
                "Found the folder %s, into which native code is unpacked, mounted with noexec, expected one from which code may run. LATENT4J_JVM=-Dorg.bytedeco.javacpp.cachedir=FOLDER names another one."
                        .formatted(cache));
        assertThat(machine.isNoexec(root.resolve("elsewhere"))).isFalse();
    }

    @Test
    void platformsHaveTheNamesOfJavaCpp() {
        Properties mac = new Properties();
        mac.setProperty("os.name", "Mac OS X");
        mac.setProperty("os.arch", "aarch64");
        assertThat(new Machine(mac, Map.of(), root, getClass().getClassLoader()).platform())
                .isEqualTo("macosx-arm64");
        mac.setProperty("os.name", "Windows 11");
        mac.setProperty("os.arch", "amd64");
        assertThat(new Machine(mac, Map.of(), root, getClass().getClassLoader()).platform())
                .isEqualTo("windows-x86_64");
    }

    @Test
    void dataAndTheCacheAreFoundOrNot() throws IOException {
        Path cache = Files.createDirectories(root.resolve("cache"));
        Files.write(cache.resolve("spooled.idx"), new byte[2_500_000]);
        Path missing = root.resolve("missing");
        assertThat(DataFolders.checks(List.of(cache, missing), cache, List.of(Datasets.info("strokes"))))
                .containsExactly(
                        Check.ok("data", "looked for in %s, %s (not there)".formatted(cache, missing)),
                        Check.ok("data", "strokes: built in"),
                        Check.ok(
                                "cache",
                                cache
                                        + ": 2.5 MB; its folder spool, and what can be downloaded again, may be deleted at any time"));
        assertThat(DataFolders.checks(List.of(), missing, List.of()))
                .contains(Check.ok("cache", missing + ": made when it is needed first"));
        Path closed = Files.createFile(root.resolve("file")).resolve("cache");
        assertThat(DataFolders.checks(List.of(), closed, List.of()))
                .contains(
                        Check.problem(
                                "cache",
                                closed
                                        + ": found a folder that cannot be written, expected one that can, for downloads, tables and folders of images; LATENT4J_CACHE=FOLDER names another one."));
    }

    @Test
    void aFolderWithoutPermissionCannotBeWritten() {
        assumeThat(System.getProperty("user.name")).isNotEqualTo("root");
        assumeThat(root.toFile().setWritable(false)).isTrue();
        assertThat(Machine.isWritable(root.resolve("cache"))).isFalse();
    }

    @Test
    void whatJavaHasIsTold() {
        assertThat(JavaRuntime.inference("vector", true)).isEqualTo(Check.ok("inference", "provider vector"));
        assertThat(JavaRuntime.inference("plain", false).text())
                .isEqualTo(
                        "provider plain: LATENT4J_JVM='--add-modules jdk.incubator.vector' gives vector, which is faster for batches");
        assertThat(JavaRuntime.inference("plain", true).text())
                .isEqualTo("provider plain: the processor has no fused multiply-add, which vector needs");
        assertThat(JavaRuntime.memory(1, 256L << 20))
                .isEqualTo(Check.note(
                        "machine",
                        "1 processor; at most 256 MB of heap, LATENT4J_JVM=-Xmx8g gives 8 GB; this is little"));
        assertThat(JavaRuntime.memory(2, 2L << 30).mark()).isEqualTo(Mark.OK);
        assertThat(JavaRuntime.variables(Map.of("OPENBLAS_CORETYPE", "Haswell", "PATH", "/bin")))
                .containsExactly(Check.note("variable", "OPENBLAS_CORETYPE=Haswell"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-Djavax.net.ssl.trustStorePassword=geheim -Xmx2g | -Djavax.net.ssl.trustStorePassword=*** -Xmx2g",
                "-Dx.password=\"two words\" -Dy=1 | -Dx.password=*** -Dy=1",
                "https://me:geheim@mirror.example/x@y | https://me:***@mirror.example/x@y",
                "https://mirror.example:8080/x | https://mirror.example:8080/x",
            })
    void passwordsAreNotTold(String value, String told) {
        assertThat(JavaRuntime.variables(Map.of("JAVA_TOOL_OPTIONS", value)))
                .containsExactly(Check.note("variable", "JAVA_TOOL_OPTIONS=" + told));
    }

    @Test
    void aKernelThatCannotBeAskedForIsNoProblem() throws IOException {
        Map<String, String> backend =
                Map.of("deeplearning4j", "1.0", "backend", "CpuBackend", "blas", "OPENBLAS", "threads", "2");
        assertThat(new NativeCode(machine("amd64", root, whole())).checks(() -> backend, () -> {
                    throw new UnsatisfiedLinkError("no gotoblas");
                }))
                .containsExactly(
                        Check.ok("native code", "DL4J 1.0, ND4J's CpuBackend for linux-x86_64"),
                        Check.ok("BLAS", "OPENBLAS, kernel not told, 2 threads"));
    }

    @Test
    void aTrainingThatFailsIsAProblem() {
        assertThat(SpeedCheck.checks(() -> {
                    throw new IllegalStateException("diverged");
                }))
                .containsExactly(
                        Check.problem(
                                "training",
                                "Found that a little VAE cannot be trained, expected that it can: java.lang.IllegalStateException: diverged."));
    }

    @Test
    void anErrorOfNativeCodeIsTracedWithDebug() {
        assertThat(told("fail")).hasLineCount(1).startsWith("found no native code of ND4J for this machine");
        assertThat(told("fail", "--debug"))
                .startsWith("found no native code of ND4J for this machine")
                .contains("java.lang.UnsatisfiedLinkError: no jnind4jcpu", "\tat " + Failing.class.getName());
    }

    private static String told(String... words) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        CommandLine line = Main.commandLine(nowhere, errors).addSubcommand(new Failing());
        assertThat(Main.run(line, nowhere, errors, words)).isEqualTo(Main.COULD_NOT);
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What every command is where native code is missing. */
    @Command(name = "fail")
    static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new UnsatisfiedLinkError("no jnind4jcpu");
        }
    }
}
