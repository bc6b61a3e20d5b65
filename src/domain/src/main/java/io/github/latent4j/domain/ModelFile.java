package io.github.latent4j.domain;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.internal.StagedFile;
import io.github.latent4j.runtime.internal.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes model files: zips that DL4J's {@code ModelSerializer} can load, with
 * {@value ModelDescription#ENTRY} and {@value ModelDescription#BASELINE_ENTRY} added. The same model gives the same bytes.
 */
public final class ModelFile {
    private ModelFile() {}

    /**
     * Writes a model beside its place and moves it there, so that an existing file is either replaced whole or kept.
     *
     * @param model the model with its card
     * @param file where to; the folder must exist
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
     * @throws IOException if the stream cannot be written to
     */
    public static void write(LatentModel model, OutputStream stream) throws IOException {
        MultiLayerNetwork network = Networks.of(model);
        ModelDescription description = new ModelDescription(model.spec(), model.card());
        ByteArrayOutputStream coefficients = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(coefficients);
        Nd4j.write(network.params(), out);
        out.flush();

        StoredZip zip = new StoredZip(stream);
        zip.add(ModelDescription.ENTRY, utf8(description.toJson()));
        Optional<byte[]> baseline = description.baselineBytes();
        if (baseline.isPresent()) {
            zip.add(ModelDescription.BASELINE_ENTRY, baseline.get());
        }
        zip.add("configuration.json", utf8(network.getLayerWiseConfigurations().toJson()));
        zip.add("coefficients.bin", coefficients.toByteArray());
        zip.finish();
    }

    private static byte[] utf8(String text) {
        return text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
