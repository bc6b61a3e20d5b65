package io.github.latent4j.domain;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.internal.Checksums;
import io.github.latent4j.runtime.internal.ModelHeader;
import io.github.latent4j.runtime.internal.StagedFile;
import io.github.latent4j.runtime.internal.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes model files: zips that DL4J's {@code ModelSerializer} can load, with
 * {@value ModelDescription#ENTRY} and the entries of its numbers added. The same model gives the same bytes.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Writes a model beside its place and moves it there, so that an existing file is either replaced whole or kept.
     *
     * @param model the model with its card
     * @param file where to; the folder must exist
     * @throws IllegalArgumentException if its card holds more than a model file may, as with a stream
     * @throws IOException if it cannot be written; the message names the file
     */
    public static void write(LatentModel model, Path file) throws IOException {
        try (StagedFile staged = StagedFile.beside(file)) {
            try (OutputStream out = Files.newOutputStream(staged.path())) {
                write(model, out);
            }
            staged.place();
        }
    }

    /**
     * Checks that a model can be written to a file, so that a long training need not end at a place that never was.
     *
     * @param file where to
     * @throws IOException if it is a folder, or its folder is missing or cannot be written to; the message names the file
     */
    public static void requireWritable(Path file) throws IOException {
        StagedFile.beside(file).close();
    }

    /**
     * Writes a model to a stream, which is left open.
     *
     * @param model the model with its card
     * @param stream where to
     * @throws IllegalArgumentException if its card holds more than a model file may: texts of more than 1,048,576 characters,
     *     names of more than 200, more than 1,000 fields of a plan
     * @throws IOException if the stream cannot be written to
     */
    public static void write(LatentModel model, OutputStream stream) throws IOException {
        MultiLayerNetwork network = Networks.of(model);
        ModelDescription description = new ModelDescription(model.spec(), model.card());
        ByteArrayOutputStream coefficients = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(coefficients);
        Nd4j.write(network.params(), out);
        out.flush();

        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.putAll(description.numbers());
        entries.put(
                "configuration.json", utf8(network.getLayerWiseConfigurations().toJson()));
        entries.put("coefficients.bin", coefficients.toByteArray());
        Map<String, String> checksums = new LinkedHashMap<>();
        entries.forEach((name, content) -> checksums.put(name, Checksums.of(content)));
        byte[] json = utf8(ModelHeader.json(description, checksums));
        requireReadable(json);

        StoredZip zip = new StoredZip(stream);
        zip.add(ModelDescription.ENTRY, json); // first, since it says what the others must be
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            zip.add(entry.getKey(), entry.getValue());
        }
        zip.finish();
    }

    /** A card may hold more than readers take. */
    private static void requireReadable(byte[] json) {
        try {
            ModelHeader.parse(json);
        } catch (ModelFormatException e) {
            throw new IllegalArgumentException("a model that could not be read again: " + e.getMessage(), e);
        }
    }

    private static byte[] utf8(String text) {
        return text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
