package io.github.latent4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * What the doctor asks a machine for.
 *
 * @param properties of the Java runtime
 * @param variables of the process's environment
 * @param root where the file system begins: libraries and mounts are looked for below it
 * @param classes finds what is on the class path
 */
record Machine(Properties properties, Map<String, String> variables, Path root, ClassLoader classes) {
    private static final String GLIBC = "ld-linux.*\\.so\\.\\d+";

    /** This one. */
    static Machine current() {
        return new Machine(System.getProperties(), System.getenv(), Path.of("/"), Machine.class.getClassLoader());
    }

    String property(String name) {
        return properties.getProperty(name, "unknown");
    }

    /** The platform as JavaCPP names it, such as {@code linux-x86_64}. */
    String platform() {
        String set = properties.getProperty("org.bytedeco.javacpp.platform");
        if (set != null) {
            return set;
        }
        String name = property("os.name").toLowerCase(Locale.ROOT);
        String system = name.startsWith("mac") ? "macosx" : name.startsWith("windows") ? "windows" : name;
        String architecture =
                switch (property("os.arch")) {
                    case "amd64", "x86_64", "x64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm64";
                    default -> property("os.arch");
                };
        return system + "-" + architecture;
    }

    boolean isLinux() {
        return platform().startsWith("linux-");
    }

    /** Whether the C library is musl, which Alpine Linux has, and not glibc, as far as the folders of libraries can be read. */
    boolean hasMusl() {
        return hasFile("lib", "(ld-musl-.*|libc\\.musl-.*)\\.so\\.1")
                && !hasFile("lib64", GLIBC)
                && !hasFile("lib", GLIBC);
    }

    private boolean hasFile(String folder, String name) {
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.anyMatch(file -> String.valueOf(file.getFileName()).matches(name));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** The folder that JavaCPP unpacks native code into. */
    Path nativeCache() {
        String set = properties.getProperty("org.bytedeco.javacpp.cachedir", variables.get("JAVACPP_CACHEDIR"));
        return set != null ? Path.of(set) : Path.of(property("user.home"), ".javacpp", "cache");
    }

    /** Whether a folder, or the nearest one above it that is there, may be written. */
    static boolean isWritable(Path folder) {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.isDirectory(there) && Files.isWritable(there);
    }

    /** Whether the file system of a folder refuses to run code. */
    boolean isNoexec(Path folder) {
        List<String> mounts;
        try {
            mounts = Files.readAllLines(root.resolve("proc/mounts"));
        } catch (IOException e) {
            return false;
        }
        Path place = folder.toAbsolutePath().normalize();
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length > 3 && place.startsWith(fields[1].replace("\\040", " ")))
                .max(Comparator.comparingInt(fields -> fields[1].length()))
                .map(fields -> Arrays.asList(fields[3].split(",")).contains("noexec"))
                .orElse(false);
    }
}
