package io.github.latent4j.cli;

import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The Java runtime, and how it computes without native code. */
final class JavaRuntime {
    private static final List<String> VARIABLES = List.of(
            "JAVA_HOME",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "LATENT4J_JVM",
            "LATENT4J_DATA",
            "LATENT4J_CACHE",
            "LATENT4J_MIRROR",
            "XDG_CACHE_HOME",
            "OPENBLAS_CORETYPE",
            "OPENBLAS_NUM_THREADS",
            "OMP_NUM_THREADS",
            "CI");
    private static final Pattern PROPERTY = Pattern.compile(
            "(?i)(-D[^\\s=]*(?:password|passwd|passphrase|secret|token)[^\\s=]*=)(?:\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(://[^\\s/:@]*:)[^\\s/]*@");
    private static final long LITTLE = 512L << 20;

    private JavaRuntime() {}

    static List<Check> checks(Machine machine) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("latent4j", Version.current()));
        checks.add(Check.ok(
                "Java",
                "%s of %s in %s"
                        .formatted(
                                machine.property("java.version"),
                                machine.property("java.vendor"),
                                machine.property("java.home"))));
        checks.add(memory(
                Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory()));
        checks.add(inference(
                MultiplicationProvider.standard().name(),
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()));
        checks.addAll(variables(machine.variables()));
        return checks;
    }

    /** The processors and the largest heap in bytes. */
    static Check memory(int processors, long heap) {
        String text = String.format(
                Locale.ROOT,
                "%d %s; at most %,d MB of heap, LATENT4J_JVM=-Xmx8g gives 8 GB",
                processors,
                processors == 1 ? "processor" : "processors",
                heap >> 20);
        return heap < LITTLE ? Check.note("machine", text + "; this is little") : Check.ok("machine", text);
    }

    /** How models multiply, and why not with vectors. */
    static Check inference(String provider, boolean module) {
        if (!provider.equals("plain")) {
            return Check.ok("inference", "provider %s".formatted(provider));
        }
        return Check.note(
                "inference",
                module
                        ? "provider plain: the processor has no fused multiply-add, which vector needs"
                        : "provider plain: LATENT4J_JVM='--add-modules jdk.incubator.vector' gives vector, which is faster for batches");
    }

    /** Those that change something. */
    static List<Check> variables(Map<String, String> variables) {
        return VARIABLES.stream()
                .filter(name -> variables.get(name) != null)
                .map(name -> Check.note(
                        "variable", "%s=%s".formatted(name, masked(Objects.requireNonNull(variables.get(name))))))
                .toList();
    }

    /** Without passwords, of properties and of addresses. */
    private static String masked(String value) {
        return ADDRESS.matcher(PROPERTY.matcher(value).replaceAll("$1***")).replaceAll("$1***@");
    }
}
