package io.github.latent4j.cli;

import io.github.latent4j.domain.Backend;
import io.github.latent4j.domain.OpenBlasKernel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks ND4J whether it works and, if not, finds out why. */
final class NativeCode {
    private static final String AREA = "native code";
    private static final Pattern GLIBC = Pattern.compile("`?(GLIBC(?:XX)?_[\\d.]+)'? not found");
    private static final Pattern ARCHITECTURE = Pattern.compile(
            "wrong ELF class|incompatible architecture|Exec format error|not a valid Win32|cannot open shared object file: No such file or directory \\(wrong");

    private final Machine machine;

    NativeCode(Machine machine) {
        this.machine = machine;
    }

    /** Of this process. */
    List<Check> checks() {
        return checks(Backend::environment, OpenBlasKernel::name);
    }

    /**
     * Of what computes.
     *
     * @param environment as {@link Backend#environment} gives it, or fails to
     * @param kernel as {@link OpenBlasKernel#name} gives it
     */
    List<Check> checks(Callable<Map<String, String>> environment, Callable<Optional<String>> kernel) {
        try {
            Map<String, String> found = environment.call();
            List<Check> checks = new ArrayList<>();
            checks.add(Check.ok(
                    AREA,
                    "DL4J %s, ND4J's %s for %s"
                            .formatted(found.get("deeplearning4j"), found.get("backend"), machine.platform())));
            Optional<String> asked = Optional.ofNullable(machine.variables().get("OPENBLAS_CORETYPE"));
            checks.add(Check.ok(
                    "BLAS",
                    "%s%s%s, %s threads"
                            .formatted(
                                    String.valueOf(found.get("blas")).replaceFirst(", kernel .*", ""),
                                    kernel(kernel),
                                    asked.map(" (OPENBLAS_CORETYPE=%s)"::formatted)
                                            .orElse(""),
                                    found.get("threads"))));
            return checks;
        } catch (Exception | LinkageError e) {
            return List.of(Check.problem(
                    AREA,
                    cause(e) + " Models can be used all the same, from Java with latent4j-runtime, but not trained."));
        }
    }

    /** That nothing tells it is no problem. */
    private static String kernel(Callable<Optional<String>> kernel) {
        try {
            return kernel.call().map(name -> ", kernel " + name).orElse(", kernel not told");
        } catch (Exception | LinkageError e) {
            return ", kernel not told";
        }
    }

    /** Why there is none, and what to do about it, in two sentences. */
    private String cause(Throwable problem) {
        String told = messages(problem);
        String platform = machine.platform();
        if (!isThere("org/bytedeco/javacpp/%s/" + library("jnijavacpp"))) {
            return "Found no native code for %s on the class path, expected JavaCPP's, OpenBLAS's and ND4J's. The build takes what the machine has that it runs on: build again here, with -Djavacpp.platform=%s if need be."
                    .formatted(platform, platform);
        }
        if (!isThere("org/nd4j/linalg/cpu/nativecpu/bindings/%s/" + library("jnind4jcpu"))) {
            return "Found no nd4j-native for %s on the class path, expected it. Add org.nd4j:nd4j-native with the classifier %s."
                    .formatted(platform, platform);
        }
        if (machine.isLinux() && machine.hasMusl()) {
            return "Found the C library musl, as Alpine Linux has it, expected glibc. Use a system with glibc, such as Debian.";
        }
        Matcher glibc = GLIBC.matcher(told);
        if (glibc.find()) {
            return "Found a C or C++ library that is too old, expected one with %s. Use a newer system."
                    .formatted(glibc.group(1));
        }
        if (ARCHITECTURE.matcher(told).find()) {
            return "Found native code for another architecture, expected it for %s. Use a Java of the machine's own architecture."
                    .formatted(platform);
        }
        String other = "LATENT4J_JVM=-Dorg.bytedeco.javacpp.cachedir=FOLDER names another one.";
        if (!Machine.isWritable(machine.nativeCache())) {
            return "Found the folder %s, into which native code is unpacked, closed to writing, expected it open. %s"
                    .formatted(machine.nativeCache(), other);
        }
        if (machine.isNoexec(machine.nativeCache())) {
            return "Found the folder %s, into which native code is unpacked, mounted with noexec, expected one from which code may run. %s"
                    .formatted(machine.nativeCache(), other);
        }
        return "Found native code that does not start: %s. --debug with the command that failed shows where."
                .formatted(told);
    }

    private boolean isThere(String resource) {
        return machine.classes().getResource(resource.formatted(machine.platform())) != null;
    }

    /** A library's file name. */
    private String library(String name) {
        String platform = machine.platform();
        return platform.startsWith("windows-")
                ? name + ".dll"
                : "lib" + name + (platform.startsWith("macosx-") ? ".dylib" : ".so");
    }

    /** The messages of a problem and of what it came from, on one line. */
    private static String messages(Throwable problem) {
        List<String> messages = new ArrayList<>();
        for (Throwable e = problem; e != null && messages.size() < 8; e = e.getCause()) {
            if (e.getMessage() == null && e.getCause() != null) {
                continue;
            }
            String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            if (messages.stream().noneMatch(m -> m.contains(message))) {
                messages.add(message.lines().findFirst().orElse(""));
            }
        }
        return String.join(": ", messages);
    }
}
