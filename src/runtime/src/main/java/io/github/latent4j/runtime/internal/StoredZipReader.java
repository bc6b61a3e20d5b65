package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Reads, from the front to the end, what {@link StoredZip} writes, and no other zip. Java's own readers look at one of the two
 * places where a zip describes its entries; here both must say the same, so that no two readers see different files, and
 * there is nothing that grows when it is unpacked.
 */
final class StoredZipReader {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;

    /** From the version to the length of the extra field: the same bytes in both headers of an entry. */
    private static final int COMMON_BYTES = 26;

    private static final int MOST_NAME = 64;

    /** The one flag that may be set: the name is in UTF-8. */
    private static final int UTF8 = 1 << 11;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;
    private long position;
    private final List<Entry> entries = new ArrayList<>();

    StoredZipReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next entry; the one before must have been read to its end.
     *
     * @param allowed names that it may have
     * @return the entry; null behind the last one, where all that follows has been checked to the end of the stream
     * @throws ModelFormatException if it is another zip or none
     */
    @Nullable
    Entry next(List<String> allowed) throws IOException {
        long offset = position;
        byte[] signature = new byte[Integer.BYTES];
        boolean known = take(signature, 0, signature.length) == signature.length;
        int found = ByteBuffer.wrap(signature).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (entries.isEmpty() && !(known && found == LOCAL)) {
            throw new ModelFormatException("found no zip file, expected a model file");
        }
        if (!known) {
            throw cut();
        }
        if (found != LOCAL) {
            requireEnd(found, offset);
            return null;
        }
        ByteBuffer header = record(found, LOCAL_BYTES);
        int nameLength = Short.toUnsignedInt(header.getShort(26));
        int extraLength = Short.toUnsignedInt(header.getShort(28));
        byte[] rawName = new byte[Math.min(nameLength, MOST_NAME)];
        require(rawName);
        String name = new String(rawName, StandardCharsets.UTF_8);
        if (nameLength > MOST_NAME || !allowed.contains(name)) {
            throw new ModelFormatException("found entry %s, expected %s"
                    .formatted(Quoted.of(name), allowed.isEmpty() ? "no more entries" : String.join(" or ", allowed)));
        }
        int flags = Short.toUnsignedInt(header.getShort(6));
        int method = Short.toUnsignedInt(header.getShort(8));
        long size = Integer.toUnsignedLong(header.getInt(22));
        if (method != 0) {
            throw new ModelFormatException(
                    "%s: found a compressed entry (method %d), expected a stored one".formatted(name, method));
        }
        if ((flags & ~UTF8) != 0 || extraLength != 0 || header.getInt(18) != header.getInt(22)) {
            throw new ModelFormatException(
                    ("%s: found flags %#x, %d bytes in %d and an extra field of %d bytes, expected an entry without"
                                    + " flags and extra field, as long as it is stored")
                            .formatted(name, flags, size, Integer.toUnsignedLong(header.getInt(18)), extraLength));
        }
        Entry entry = new Entry(name, rawName, header.array(), offset, size);
        entries.add(entry);
        return entry;
    }

    /** The rest of a record whose signature was read, as a buffer of all of it. */
    private ByteBuffer record(int signature, int length) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.putInt(0, signature);
        if (take(record.array(), Integer.BYTES, length - Integer.BYTES) < length - Integer.BYTES) {
            throw cut();
        }
        return record;
    }

    private void requireEnd(int firstSignature, long start) throws IOException {
        int signature = firstSignature;
        for (Entry entry : entries) {
            if (signature != CENTRAL || !isNext(entry)) {
                throw new ModelFormatException(
                        "found a directory at byte %d that does not fit entry %s, expected one that does"
                                .formatted(start, entry.name));
            }
            byte[] next = new byte[Integer.BYTES];
            require(next);
            signature = ByteBuffer.wrap(next).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }
        long end = position - Integer.BYTES;
        if (signature != END || !isEnd(start, end)) {
            throw new ModelFormatException(
                    "found an end record at byte %d that does not fit the %d entries, expected one that does"
                            .formatted(end, entries.size()));
        }
        if (take(new byte[1], 0, 1) > 0) {
            throw new ModelFormatException(
                    "found more bytes behind the end record, expected %d bytes in all".formatted(position - 1));
        }
    }

    private boolean isNext(Entry entry) throws IOException {
        ByteBuffer header = record(CENTRAL, CENTRAL_BYTES);
        boolean fits = Arrays.equals(header.array(), 6, 6 + COMMON_BYTES, entry.header, 4, 4 + COMMON_BYTES)
                && header.getShort(32) == 0 // no comment
                && header.getShort(34) == 0 // of the first disk
                && Integer.toUnsignedLong(header.getInt(42)) == entry.offset;
        if (!fits) {
            return false;
        }
        byte[] name = new byte[entry.rawName.length]; // the header says that it is as long
        require(name);
        return Arrays.equals(name, entry.rawName);
    }

    private boolean isEnd(long start, long end) throws IOException {
        ByteBuffer record = record(END, END_BYTES);
        return record.getInt(4) == 0 // one disk
                && record.getShort(8) == entries.size()
                && record.getShort(10) == entries.size()
                && Integer.toUnsignedLong(record.getInt(12)) == end - start
                && Integer.toUnsignedLong(record.getInt(16)) == start
                && record.getShort(20) == 0; // no comment
    }

    private void require(byte[] into) throws IOException {
        if (take(into, 0, into.length) < into.length) {
            throw cut();
        }
    }

    private ModelFormatException cut() {
        return new ModelFormatException(
                "found a file that ends at byte %d, expected a whole one: it was cut off".formatted(position));
    }

    /** Takes as many bytes as there are, up to {@code length}. */
    private int take(byte[] into, int offset, int length) throws IOException {
        int taken = 0;
        while (taken < length) {
            if (from == to) {
                from = 0;
                to = Math.max(0, in.read(buffer, 0, buffer.length));
                if (to == 0) {
                    break;
                }
            }
            int count = Math.min(length - taken, to - from);
            System.arraycopy(buffer, from, into, offset + taken, count);
            from += count;
            taken += count;
        }
        position += taken;
        return taken;
    }

    /** The content of one entry, which ends where the entry ends. */
    final class Entry extends InputStream {
        private final String name;
        private final byte[] rawName;
        private final byte[] header;
        private final long offset;
        private final CRC32 zipChecksum = new CRC32();
        private final CRC32C checksum = new CRC32C();
        private long left;

        private Entry(String name, byte[] rawName, byte[] header, long offset, long size) {
            this.name = name;
            this.rawName = rawName;
            this.header = header;
            this.offset = offset;
            this.left = size;
        }

        String name() {
            return name;
        }

        /** The number of bytes that are declared and not read yet. */
        long left() {
            return left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int start, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (left == 0) {
                return -1;
            }
            int taken = take(into, start, (int) Math.min(length, left));
            if (taken == 0) {
                throw new ModelFormatException(
                        "%s: found a file that ends at byte %d, expected %d bytes more: it was cut off"
                                .formatted(name, position, left));
            }
            zipChecksum.update(into, start, taken);
            checksum.update(into, start, taken);
            left -= taken;
            return taken;
        }

        /**
         * Reads what is left and compares the checksums.
         *
         * @param expected of {@link Checksums}; null where none is known but the zip's own
         * @throws ModelFormatException if one is another
         */
        void requireUndamaged(@Nullable String expected) throws IOException {
            byte[] scratch = new byte[Math.toIntExact(Math.min(left, 1 << 13))];
            while (left > 0) {
                if (read(scratch, 0, scratch.length) < 0) {
                    throw cut();
                }
            }
            int ofZip = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(14);
            if (ofZip != (int) zipChecksum.getValue()) {
                throw damaged(hex(zipChecksum), "%08x as the zip file says".formatted(ofZip));
            }
            if (expected != null && !expected.equals(Checksums.text(checksum))) {
                throw damaged(Checksums.text(checksum), expected + " as latent4j.json says");
            }
        }

        private ModelFormatException damaged(String found, String expected) {
            return new ModelFormatException("%s: found checksum %s, expected %s: the file is damaged or was changed"
                    .formatted(name, found, expected));
        }

        private static String hex(Checksum checksum) {
            return "%08x".formatted((int) checksum.getValue());
        }
    }
}
