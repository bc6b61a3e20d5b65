package io.github.latent4j.runtime.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** A zip file in which everything can be wrong on purpose: what a header says need not be what there is. */
final class ZipImage {
    final List<Part> parts = new ArrayList<>();

    /** Bytes of comment behind the end record. */
    byte[] comment = new byte[0];

    /** What the end record says of the number of entries, added to what is true. */
    int moreEntries;

    /** One entry. A null says that the truth is told. */
    static final class Part {
        byte[] name;
        byte[] content;
        int method;
        int flags = 1 << 11;
        byte[] extra = new byte[0];
        boolean inDirectory = true;
        boolean inFront = true;
        byte @Nullable [] nameInDirectory;

        @Nullable
        Integer checksum;

        @Nullable
        Integer size;

        @Nullable
        Integer storedSize;

        @Nullable
        Integer sizeInDirectory;

        @Nullable
        Integer offsetInDirectory;

        Part(String name, byte[] content) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.content = content;
        }

        String text() {
            return new String(name, StandardCharsets.UTF_8);
        }

        private byte[] stored() {
            if (method != 8) {
                return content;
            }
            Deflater deflater = new Deflater(1, true);
            try {
                deflater.setInput(content);
                deflater.finish();
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                byte[] buffer = new byte[1 << 12];
                while (!deflater.finished()) {
                    out.write(buffer, 0, deflater.deflate(buffer));
                }
                return out.toByteArray();
            } finally {
                deflater.end();
            }
        }
    }

    static ZipImage of(byte[] file) {
        ZipImage image = new ZipImage();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                image.parts.add(new Part(entry.getName(), zip.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return image;
    }

    /** One of the files that are kept in the resources. */
    static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(
                ZipImage.class.getResourceAsStream("/io/github/latent4j/runtime/formats/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Part part(String name) {
        return parts.stream().filter(p -> p.text().equals(name)).findFirst().orElseThrow();
    }

    String json() {
        return new String(part("latent4j.json").content, StandardCharsets.UTF_8);
    }

    void json(String text) {
        part("latent4j.json").content = text.getBytes(StandardCharsets.UTF_8);
    }

    /** Puts the checksums of the entries as they now are into {@code latent4j.json}. */
    ZipImage repaired() {
        Map<String, String> checksums = new LinkedHashMap<>();
        parts.forEach(p -> checksums.put(p.text(), Checksums.of(p.content)));
        String text = json();
        for (Map.Entry<String, String> entry : checksums.entrySet()) {
            text = text.replaceAll(
                    "(\"" + java.util.regex.Pattern.quote(entry.getKey()) + "\" : \")crc32c:[0-9a-f]{8}",
                    "$1" + entry.getValue());
        }
        json(text);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        int entries = 0;
        for (Part part : parts) {
            int offset = out.size();
            byte[] stored = part.stored();
            CRC32 crc = new CRC32();
            crc.update(part.content);
            ByteBuffer common = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
            common.putShort((short) 10).putShort((short) part.flags).putShort((short) part.method);
            common.putInt(0x2d410000 | 0x41);
            common.putInt(or(part.checksum, (int) crc.getValue()));
            common.putInt(or(part.storedSize, stored.length)).putInt(or(part.size, part.content.length));
            common.putShort((short) part.name.length).putShort((short) part.extra.length);
            if (part.inFront) {
                out.writeBytes(little(4).putInt(0x04034b50).array());
                out.writeBytes(common.array());
                out.writeBytes(part.name);
                out.writeBytes(part.extra);
                out.writeBytes(stored);
            }
            if (part.inDirectory) {
                byte[] name = part.nameInDirectory == null ? part.name : part.nameInDirectory;
                common.putShort(22, (short) name.length);
                if (part.sizeInDirectory != null) {
                    common.putInt(18, part.sizeInDirectory);
                }
                directory.writeBytes(
                        little(6).putInt(0x02014b50).putShort((short) 10).array());
                directory.writeBytes(common.array());
                directory.writeBytes(little(14)
                        .putInt(10, or(part.offsetInDirectory, offset))
                        .array());
                directory.writeBytes(name);
                directory.writeBytes(part.extra);
                entries++;
            }
        }
        int start = out.size();
        out.writeBytes(directory.toByteArray());
        short count = (short) (entries + moreEntries);
        ByteBuffer end = little(22).putInt(0x06054b50).putInt(0).putShort(count).putShort(count);
        out.writeBytes(end.putInt(directory.size())
                .putInt(start)
                .putShort((short) comment.length)
                .array());
        out.writeBytes(comment);
        return out.toByteArray();
    }

    private static int or(@Nullable Integer told, int truth) {
        return told == null ? truth : told;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
