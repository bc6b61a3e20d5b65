package io.github.latent4j.domain;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes model files: zips that DL4J's {@code ModelSerializer} can load, with {@value ModelDescription#ENTRY} added. The
 * same model gives the same bytes.
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
        String configuration = network.getLayerWiseConfigurations().toJson().replace("\r\n", "\n");
        ZipOutputStream zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
        entry(zip, ModelDescription.ENTRY)
                .write(new ModelDescription(model.spec(), model.card()).toJson().getBytes(StandardCharsets.UTF_8));
        entry(zip, "configuration.json").write(configuration.getBytes(StandardCharsets.UTF_8));
        DataOutputStream coefficients = new DataOutputStream(entry(zip, "coefficients.bin"));
        Nd4j.write(network.params(), coefficients);
        coefficients.flush();
        zip.finish();
    }

    private static OutputStream entry(ZipOutputStream zip, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        // Midnight of 1 January 1980 wherever the machine stands: the first moment that a zip can say.
        entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        return zip;
    }
}
