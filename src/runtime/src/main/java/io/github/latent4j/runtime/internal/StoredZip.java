package io.github.latent4j.runtime.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip in the making whose bytes depend on its content alone: entries without compression, whose bytes would depend on the
 * Java that made them, and with a fixed time.
 */
public final class StoredZip {
    /** Within what a zip can say whatever the time zone; for the first moment of 1980 Java adds one that depends on it. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final ZipOutputStream zip;

    /**
     * Starts without an entry.
     *
     * @param stream where to; left open
     */
    public StoredZip(OutputStream stream) {
        this.zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
    }

    /**
     * Adds an entry.
     *
     * @param name its name
     * @param content all of it
     * @throws IOException if the stream cannot be written to
     */
    public void add(String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /**
     * Writes the zip's end.
     *
     * @throws IOException if the stream cannot be written to
     */
    public void finish() throws IOException {
        zip.finish();
    }
}
