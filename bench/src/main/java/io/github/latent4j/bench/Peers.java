package io.github.latent4j.bench;

import io.github.latent4j.training.TrainingEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All peers by name. */
final class Peers {
    static final String FUSED = "fused";
    static final String DL4J = "dl4j";
    static final String PLAIN = "dl4j-plain";
    static final String PLAIN_AVX2 = "dl4j-plain-avx2";
    static final String DJL = "djl";
    static final String BOUND = "bound";
    static final String BOUND_WHOLE = "bound-whole";

    /** latent4j's engines, each made for a number of threads. */
    private static final Map<String, IntFunction<TrainingEngine>> ENGINES =
            inOrder(Map.entry(FUSED, TrainingEngine::fused), Map.entry(DL4J, threads -> TrainingEngine.dl4j()));

    private static final Map<String, Kind> KINDS = kinds();

    private Peers() {}

    /**
     * A kind of peer.
     *
     * @param folder of further jars for its process, which come before the others; empty: it needs none
     * @param blasThreads threads that OpenMP and OpenBLAS get, of those that the task has
     * @param maker makes it; called in its process alone, where its classes can be loaded
     */
    private record Kind(Optional<String> folder, IntUnaryOperator blasThreads, Supplier<Peer> maker) {}

    private static Map<String, Kind> kinds() {
        IntUnaryOperator all = threads -> threads;
        Map<String, Kind> kinds = new LinkedHashMap<>();
        ENGINES.forEach(
                (name, engine) -> kinds.put(name, new Kind(Optional.empty(), all, () -> new EnginePeer(engine))));
        kinds.put(PLAIN, new Kind(Optional.empty(), all, () -> new PlainDl4jPeer()));
        kinds.put(PLAIN_AVX2, new Kind(Optional.of("avx2"), all, () -> new PlainDl4jPeer()));
        kinds.put(DJL, new Kind(Optional.of("djl"), all, () -> new DjlPeer()));
        kinds.put(BOUND, new Kind(Optional.empty(), threads -> 1, () -> new ProductsPeer(true)));
        kinds.put(BOUND_WHOLE, new Kind(Optional.empty(), all, () -> new ProductsPeer(false)));
        return kinds;
    }

    @SafeVarargs
    private static <V> Map<String, V> inOrder(Map.Entry<String, V>... entries) {
        return Stream.of(entries)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    static List<String> engines() {
        return List.copyOf(ENGINES.keySet());
    }

    /** Makes the peer in this process. */
    static Peer make(String name) {
        return kind(name).maker().get();
    }

    /** The jars of a peer's process, first come first. */
    static List<Path> classPath(String name, Path app) {
        return Stream.concat(kind(name).folder().stream(), Stream.of("lib"))
                .map(app::resolve)
                .toList();
    }

    static int blasThreads(String name, int threads) {
        return kind(name).blasThreads().applyAsInt(threads);
    }

    /** Why a peer cannot run on this machine; empty if it can. */
    static Optional<String> missing(String name, Path app) throws IOException {
        Optional<Path> folder = kind(name).folder().map(app::resolve);
        if (folder.isPresent() && !Files.isDirectory(folder.get())) {
            return Optional.of("no natives for this operating system and processor");
        }
        if (name.equals(PLAIN_AVX2)) {
            try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
                if (lines.noneMatch(line -> line.startsWith("flags") && line.contains(" avx2 "))) {
                    return Optional.of("a processor without AVX2");
                }
            }
        }
        return Optional.empty();
    }

    private static Kind kind(String name) {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException(
                    "peer: found %s, expected one of %s".formatted(name, String.join(", ", KINDS.keySet())));
        }
        return kind;
    }
}
