package io.github.latent4j.bench;

import io.github.latent4j.domain.Backend;
import java.util.LinkedHashMap;
import java.util.Map;

/** What measurements depend on besides the code. */
final class Machine {
    private Machine() {}

    /** Processor, cores, the kernel of BLAS, Java, the operating system. Loads ND4J: ask when all is measured. */
    static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", Backend.environment().get("processor"));
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("OpenBLAS kernel", Blas.kernel());
        machine.put("Java", "%s, %s".formatted(Runtime.version(), System.getProperty("java.vm.name")));
        machine.put("system", "%s, %s".formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
        return machine;
    }
}
