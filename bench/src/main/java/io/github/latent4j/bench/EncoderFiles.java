package io.github.latent4j.bench;

import io.github.latent4j.bench.inference.Inputs;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.domain.Networks;
import io.github.latent4j.domain.OnnxFile;
import io.github.latent4j.domain.OnnxOutput;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;

/**
 * The files of one VAE with the weights that DL4J starts with.
 *
 * @param zip all of it
 * @param onnx its encoder
 */
record EncoderFiles(Path zip, Path onnx) {
    private static final long SEED = 1;

    /** The sizes of the encoder's layers. */
    static final String ARCHITECTURE = "%d-512-256-%d".formatted(Inputs.INPUTS, Inputs.LATENT);

    /** Writes both into a folder, over those that are there. */
    static EncoderFiles write(Path folder) throws IOException {
        VaeSpec spec = VaeSpec.of(Inputs.INPUTS, Inputs.LATENT).withHidden(512, 256);
        LatentModel model = Networks.toModel(Networks.create(spec, SEED), spec);
        EncoderFiles files = new EncoderFiles(folder.resolve("inference.zip"), folder.resolve("inference.onnx"));
        ModelFile.write(model, files.zip());
        OnnxFile.write(model, EnumSet.of(OnnxOutput.CODE), files.onnx());
        return files;
    }
}
