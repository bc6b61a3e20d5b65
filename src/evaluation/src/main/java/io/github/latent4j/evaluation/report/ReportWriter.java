package io.github.latent4j.evaluation.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Brings the files of a report into a folder, all or none. */
final class ReportWriter {
    private static final String FIGURES = "figures.json";
    private static final String PAGE = "index.html";
    private static final long MOST_BYTES = 1L << 28;

    private ReportWriter() {}

    /** The figures as JSON, with the names of the other files, by which a later report knows what it replaces. */
    static byte[] json(Map<String, Object> fields, Collection<String> files) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        List<String> names = new ArrayList<>(files);
        names.add(PAGE);
        all.put("files", names);
        try {
            return (JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(all) + "\n")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    /**
     * Refuses a folder that holds something.
     *
     * @throws FileAlreadyExistsException if the folder is not empty
     * @throws IOException if it is a file or cannot be read
     */
    static void requireNew(Path folder) throws IOException {
        requireFolder(folder);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new FileAlreadyExistsException(
                        folder.toString(), null, "found a folder with files in it, expected a new one");
            }
        }
    }

    /** Refuses a file, and what lies in a place where nothing can be made. */
    static void requireFolder(Path folder) throws IOException {
        Path there = folder.toAbsolutePath().normalize();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there)) {
            throw new IOException("%s: found a file, expected a folder or nothing there"
                    .formatted(Files.exists(folder) ? folder : there));
        }
        if (!Files.isWritable(there)) {
            throw cannotBeWritten(folder, "", null);
        }
    }

    private static IOException cannotBeWritten(Path folder, String why, @Nullable Throwable cause) {
        return new IOException(
                "%s: found a folder that cannot be written%s, expected one that can".formatted(folder, why), cause);
    }

    /** Writes all files beside their place, a new folder as a whole, and moves them there. */
    static void write(Path folder, Map<String, byte[]> files) throws IOException {
        requireFolder(folder);
        boolean there = Files.isDirectory(folder);
        Path absolute = folder.toAbsolutePath();
        Path parent = there ? absolute : absolute.getParent();
        if (parent == null) {
            throw new IOException(folder + ": found no folder to write into, expected one");
        }
        String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Path staged = parent.resolve(".report." + unique + ".part");
        try {
            Files.createDirectories(staged);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Files.write(staged.resolve(file.getKey()), file.getValue());
            }
            if (there) {
                moveInto(folder, staged, files.keySet());
            } else {
                Files.move(staged, absolute, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (FileSystemException e) {
            throw cannotBeWritten(folder, e.getReason() == null ? "" : " (" + e.getReason() + ")", e);
        } finally {
            delete(staged);
        }
    }

    /** Nothing is moved if the place of a file is taken by a folder. */
    private static void moveInto(Path folder, Path staged, Collection<String> names) throws IOException {
        for (String name : names) {
            if (Files.isDirectory(folder.resolve(name))) {
                throw new IOException("%s: found a folder, expected a file or nothing there, to write the report"
                        .formatted(folder.resolve(name)));
            }
        }
        List<Path> old = oldFiles(folder);
        for (String name : names) {
            Files.move(
                    staged.resolve(name),
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        for (Path file : old) {
            if (!names.contains(String.valueOf(file.getFileName()))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** The files of the report that is there; none if it does not say. */
    private static List<Path> oldFiles(Path folder) throws IOException {
        Path figures = folder.resolve(FIGURES);
        if (!Files.isRegularFile(figures) || Files.size(figures) > MOST_BYTES) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            if (JSON.std.mapFrom(Files.readString(figures)).get("files") instanceof List<?> names) {
                for (Object name : names) {
                    // A name of the kind that a report gives, and so within the folder.
                    if (name instanceof String text && text.matches("[a-z0-9]+(-[a-z0-9]+)*\\.(svg|csv|png)")) {
                        Path file = folder.resolve(text);
                        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                            files.add(file);
                        }
                    }
                }
            }
        } catch (IOException e) {
            // Not a file that a report has written: nothing is known to be older.
            return List.of();
        }
        return files;
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }
}
