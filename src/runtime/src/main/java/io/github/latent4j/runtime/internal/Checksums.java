package io.github.latent4j.runtime.internal;

import java.util.zip.CRC32C;

/**
 * The checksums of a model file's entries: CRC-32C (Castagnoli), which processors compute faster than a disk reads. A digest
 * such as SHA-256 would say no more here, since whoever changes an entry on purpose can change its digest too.
 */
public final class Checksums {
    private static final String KIND = "crc32c:";
    private static final int DIGITS = 8;

    private Checksums() {}

    /**
     * The checksum of some bytes.
     *
     * @param content the bytes
     * @return as {@code latent4j.json} has it, such as {@code crc32c:00c0ffee}
     */
    public static String of(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content, 0, content.length);
        return text(checksum);
    }

    static String text(CRC32C checksum) {
        String hex = Integer.toHexString((int) checksum.getValue());
        return KIND + "0".repeat(DIGITS - hex.length()) + hex;
    }

    /** Whether a text could be a checksum. */
    static boolean isOne(String text) {
        if (!text.startsWith(KIND) || text.length() != KIND.length() + DIGITS) {
            return false;
        }
        for (int i = KIND.length(); i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}
