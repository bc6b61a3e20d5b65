package io.github.latent4j.data;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where data lie on this machine.
 *
 * @param data {@code $LATENT4J_DATA}: the user's data sets, a folder each
 * @param cache what is downloaded and spooled
 * @param packages what the operating system's packages install
 * @param mirror {@code $LATENT4J_MIRROR}: has a folder a data set and is asked instead of the sets' own addresses
 */
record Environment(Optional<Path> data, Path cache, Path packages, Optional<URI> mirror) {
    /** The environment of this process. */
    static Environment ofProcess() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    static Environment of(Map<String, String> variables, Path home) {
        Path caches = variable(variables, "XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
        return new Environment(
                variable(variables, "LATENT4J_DATA").map(Path::of),
                variable(variables, "LATENT4J_CACHE").map(Path::of).orElse(caches.resolve("latent4j")),
                Path.of("/usr/share/datasets"),
                variable(variables, "LATENT4J_MIRROR").map(Environment::folder));
    }

    private static Optional<String> variable(Map<String, String> variables, String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    private static URI folder(String address) {
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new IllegalArgumentException(
                    "LATENT4J_MIRROR: found %s, expected an address that starts with http:// or https://"
                            .formatted(address));
        }
        return URI.create(address.endsWith("/") ? address : address + "/");
    }

    /** The folders that may hold data sets, the first first. */
    List<Path> folders() {
        return Stream.concat(data.stream(), Stream.of(cache, packages)).toList();
    }

    /** The folders that may hold a data set, the first first. */
    List<Path> folders(String dataset) {
        return folders().stream().map(folder -> folder.resolve(dataset)).toList();
    }

    /** A folder of the cache, which is made if it is not there. */
    Path cacheFolder(String name) throws IOException {
        Path folder = cache.resolve(name);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            FileSystemException failed = new FileSystemException(
                    folder.toString(),
                    null,
                    "the cache folder cannot be made; set LATENT4J_CACHE to a folder that can be written");
            failed.initCause(e);
            throw failed;
        }
    }

    /** The place in the cache for a spooled file, whether it is there or not. */
    Path spooled(String fileName) throws IOException {
        return cacheFolder("spool").resolve(fileName);
    }
}
