package io.github.latent4j.bench.inference;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Version;
import java.io.IOException;
import java.nio.file.Path;

/** latent4j's runtime. */
final class Latent4jEncoder implements Encoder {
    private final LatentModel model;

    private Latent4jEncoder(LatentModel model) {
        this.model = model;
    }

    static Latent4jEncoder load(Path file) throws IOException {
        return new Latent4jEncoder(LatentModel.load(file));
    }

    static Latent4jEncoder loadForBatches(Path file) throws IOException {
        return new Latent4jEncoder(LatentModel.load(file).using(MultiplicationProvider.forBatches()));
    }

    @Override
    public String what() {
        return "latent4j %s, multiplication %s"
                .formatted(Version.current(), model.provider().name());
    }

    @Override
    public void encode(float[] example, float[] code) {
        model.encode(example, code);
    }

    @Override
    public void encode(float[] examples, int rows, float[] codes) {
        model.encode(Matrix.wrap(rows, Inputs.INPUTS, examples), Matrix.wrap(rows, Inputs.LATENT, codes));
    }
}
