package io.github.latent4j.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opening files that a user named. */
final class Inputs {
    private static final int BUFFER = 1 << 16;

    private Inputs() {}

    /** Refuses what is no file. */
    static void requireFile(Path file, String expected) throws IOException {
        requireThere(file, expected);
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "found a folder, expected " + expected);
        }
    }

    /** Refuses what is no folder. */
    static void requireFolder(Path folder, String expected) throws IOException {
        requireThere(folder, expected);
        if (!Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "found a file, expected " + expected);
        }
    }

    private static void requireThere(Path path, String expected) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "found nothing there, expected " + expected);
        }
    }

    /** Whether a file starts as gzip does; its name does not matter. */
    static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** The content of a file, uncompressed if it is gzip. Trouble in the gzip stream is told with the file. */
    static InputStream open(Path file) throws IOException {
        boolean gzip = isGzip(file);
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        return gzip ? new GunzippedFile(in, file) : in;
    }

    private static final class GunzippedFile extends InputStream {
        private final InputStream compressed;
        private final Path file;
        private InputStream content = InputStream.nullInputStream();
        private boolean started;
        private long offset;

        GunzippedFile(InputStream compressed, Path file) {
            this.compressed = compressed;
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            try {
                if (!started) {
                    content = new GZIPInputStream(compressed, BUFFER);
                    started = true;
                }
                int read = content.read(target, from, length);
                offset += Math.max(0, read);
                return read;
            } catch (EOFException e) {
                throw new InvalidDataException(
                        "%s: byte %d of the uncompressed content: found the end of the file, expected more of the gzip stream"
                                .formatted(file, offset),
                        e);
            } catch (ZipException e) {
                throw new InvalidDataException(
                        "%s: byte %d of the uncompressed content: found damaged gzip (%s), expected a sound stream"
                                .formatted(file, offset, e.getMessage()),
                        e);
            }
        }

        @Override
        public void close() throws IOException {
            content.close();
            compressed.close();
        }
    }
}
