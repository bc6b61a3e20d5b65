package io.github.latent4j.cli;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** The parameter that names a model. */
final class ModelMixin {
    @Parameters(
            paramLabel = "MODEL",
            description = "A model: its file, the folder of its model.zip, or a name of models/.")
    private Path given;

    LatentModel load() throws IOException {
        return named().load();
    }

    NamedModel named() {
        return NamedModel.of(given, Checkout.home());
    }

    /** Refuses a file to write that is the model itself. */
    void requireOther(Path out) throws IOException {
        if (Files.exists(out) && Files.isSameFile(out, named().file())) {
            throw new IOException("%s: found the model itself, expected another file to write".formatted(out));
        }
    }

    /** Refuses a model that has no detector. */
    LatentModel requireDetector(LatentModel loaded) throws IOException {
        return requireDetector(named(), loaded);
    }

    /** Refuses a model that has no detector. */
    static LatentModel requireDetector(NamedModel named, LatentModel loaded) throws IOException {
        if (loaded.card().detection().isEmpty()) {
            throw new IOException(
                    "%s: found a model without an anomaly detector, expected one that was trained with it, as train does for tables and with --detector for other data"
                            .formatted(named));
        }
        return loaded;
    }

    /** Refuses an autoencoder, and says what its lack of a prior means. */
    Vae requireVae(LatentModel loaded, String meaning) throws IOException {
        if (loaded instanceof Vae vae) {
            return vae;
        }
        throw new IOException(
                "%s: found an autoencoder, expected a VAE, which alone has a prior%s".formatted(given, meaning));
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
