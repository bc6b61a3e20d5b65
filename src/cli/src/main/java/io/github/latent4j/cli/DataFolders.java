package io.github.latent4j.cli;

import io.github.latent4j.data.DatasetInfo;
import io.github.latent4j.data.Datasets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where data are looked for and kept. */
final class DataFolders {
    private static final String AREA = "data";
    private static final String CACHE = "cache";

    private DataFolders() {}

    /** Of this process. */
    static List<Check> checks() {
        try {
            return checks(
                    Datasets.folders(),
                    Datasets.cache(),
                    Datasets.names().stream().map(Datasets::info).toList());
        } catch (IllegalArgumentException e) {
            return List.of(Check.problem(AREA, e.getMessage() + "."));
        }
    }

    static List<Check> checks(List<Path> folders, Path cache, List<DatasetInfo> sets) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok(
                AREA,
                "looked for in "
                        + folders.stream().map(folder -> folder + there(folder)).collect(Collectors.joining(", "))));
        for (DatasetInfo set : sets) {
            checks.add(
                    set.address().isEmpty()
                            ? Check.ok(AREA, set.name() + ": built in")
                            : set.folder()
                                    .map(folder -> Check.ok(AREA, "%s: %s".formatted(set.name(), folder)))
                                    .orElseGet(() -> Check.note(
                                            AREA,
                                            "%s: not here; downloaded when it is asked for first, or put there by you"
                                                    .formatted(set.name()))));
        }
        checks.add(cache(cache));
        return checks;
    }

    private static String there(Path folder) {
        return Files.isDirectory(folder) ? "" : Files.exists(folder) ? " (a file, and no folder)" : " (not there)";
    }

    private static Check cache(Path cache) {
        if (Files.exists(cache) && !Files.isDirectory(cache)) {
            return Check.problem(
                    CACHE, "%s: found a file, expected a folder; LATENT4J_CACHE=FOLDER names one.".formatted(cache));
        }
        if (!Machine.isWritable(cache)) {
            return Check.problem(
                    CACHE,
                    "%s: found a folder that cannot be written, expected one that can, for downloads, tables and folders of images; LATENT4J_CACHE=FOLDER names another one."
                            .formatted(cache));
        }
        return Check.ok(
                CACHE,
                Files.isDirectory(cache)
                        ? "%s: %s; its folder spool, and what can be downloaded again, may be deleted at any time"
                                .formatted(cache, told(cache))
                        : cache + ": made when it is needed first");
    }

    private static String told(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            long bytes = files.filter(Files::isRegularFile)
                    .mapToLong(DataFolders::size)
                    .sum();
            return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
        } catch (IOException | UncheckedIOException e) {
            return "size not known"; // something is deleted just now, or belongs to somebody else
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
