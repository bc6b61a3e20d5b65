package io.github.latent4j.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Files and folders for tests, made by code that shares nothing with the code under test. */
final class Fixtures {
    private Fixtures() {}

    /** An environment within a folder: data in {@code data}, cache in {@code cache}, packages in {@code packages}. */
    static Environment environment(Path folder) {
        return new Environment(
                Optional.of(folder.resolve("data")),
                folder.resolve("cache"),
                folder.resolve("packages"),
                Optional.empty());
    }

    static byte[] idx(int type, int[] sizes, byte[] elements) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        buffer.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
        for (int size : sizes) {
            buffer.putInt(size);
        }
        return buffer.put(elements).array();
    }

    /** Images of unsigned bytes with pixels 0, 1, 2, … */
    static byte[] images(int count, int height, int width) {
        byte[] pixels = new byte[count * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        return idx(0x08, new int[] {count, height, width}, pixels);
    }

    /** Labels of unsigned bytes. */
    static byte[] labels(int... labels) {
        byte[] elements = new byte[labels.length];
        for (int i = 0; i < labels.length; i++) {
            elements[i] = (byte) labels[i];
        }
        return idx(0x08, new int[] {labels.length}, elements);
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static Path write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.write(file, content);
    }

    /** How many files lie in a folder and below, hidden and temporary ones too. */
    static long files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (var paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).count();
        }
    }
}
