package io.github.latent4j.evaluation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files whole or not at all. */
final class OutputFiles {
    private OutputFiles() {}

    /**
     * Writes beside the file and moves the result into place, so that an older file survives a failure.
     *
     * @throws IOException if the file cannot be written; the message names it and says why
     */
    static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(file)) {
            throw new IOException("%s: found a folder, expected a file to write".formatted(file));
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("%s: cannot be written: %s is not a folder".formatted(file, folder));
        }
        Path beside = folder.resolve("." + UUID.randomUUID() + ".tmp");
        try {
            try {
                Files.write(beside, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                move(beside, file);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new IOException("%s: cannot be written: %s".formatted(file, reason(e)), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "no permission to write there";
        }
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? e.toString() : reason;
    }
}
