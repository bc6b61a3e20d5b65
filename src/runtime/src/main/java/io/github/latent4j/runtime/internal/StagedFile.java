package io.github.latent4j.runtime.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/** A file that is written beside its place and moved there once it is whole. Closed before that, it leaves nothing. */
public final class StagedFile implements Closeable {
    private final Path target;
    private final Path staged;

    private StagedFile(Path target, Path staged) {
        this.target = target;
        this.staged = staged;
    }

    /**
     * Creates an empty file beside a target.
     *
     * @param target the place; a file that is there is replaced in the end
     * @return the empty file, to be written, placed and closed
     * @throws FileSystemException if the target's folder is missing or cannot be written, or the target is a folder
     * @throws IOException if it cannot be made for another reason
     */
    public static StagedFile beside(Path target) throws IOException {
        if (Files.exists(target) && !Files.isDirectory(target) && !Files.isRegularFile(target)) {
            throw new FileSystemException(
                    target.toString(), null, "found a device or a pipe, expected a file to write");
        }
        // A link stays; what it leads to is replaced.
        Path absolute =
                Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = absolute.getParent();
        Path fileName = absolute.getFileName();
        if (folder == null || fileName == null || Files.isDirectory(absolute)) {
            throw new FileSystemException(
                    target.toString(), null, "found a folder, expected the name of a file to write");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(target.toString(), null, "found no folder to write into, expected one");
        }
        String unique = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        Path staged = folder.resolve("." + fileName + "." + unique + ".part");
        try {
            Files.createFile(staged);
        } catch (FileSystemException e) {
            FileSystemException failed = new FileSystemException(
                    target.toString(),
                    null,
                    "found a folder that cannot be written (%s), expected one that can"
                            .formatted(
                                    e instanceof AccessDeniedException
                                            ? "no permission"
                                            : Objects.requireNonNullElse(e.getReason(), "no file can be made in it")));
            failed.initCause(e);
            throw failed;
        }
        return new StagedFile(absolute, staged);
    }

    /**
     * Writes a whole file.
     *
     * @param target the place
     * @param content all of it
     * @throws IOException if it cannot be written; what was there before is kept then
     */
    public static void write(Path target, byte[] content) throws IOException {
        try (StagedFile staged = beside(target)) {
            Files.write(staged.path(), content);
            staged.place();
        }
    }

    /**
     * Where to write.
     *
     * @return the file beside the target
     */
    public Path path() {
        return staged;
    }

    /**
     * Moves the file to its place, over whatever is there.
     *
     * @throws IOException if it cannot be moved
     */
    public void place() throws IOException {
        // On the disk before it is moved: after a power cut the place holds the old file or the whole new one.
        try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(staged);
    }
}
