package io.github.latent4j.training;

import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics of all epochs as CSV: RFC 4180, numbers in full precision, nothing where a column means nothing. */
final class MetricsFile {
    private static final String HEADER =
            "phase,epoch,loss,reconstruction,kl,elbo,validationLoss,validationReconstruction,"
                    + "validationKl,validationElbo,learningRate,klWeight,best,seconds,examplesPerSecond";

    private MetricsFile() {}

    /**
     * Writes the whole file and moves it into place.
     *
     * @param file where to
     * @param history the epochs
     * @param bound whether the losses are those of a VAE, which has a KL and a bound
     * @throws IOException if it cannot be written; what was there before is kept then
     */
    static void write(Path file, List<EpochReport> history, boolean bound) throws IOException {
        String text = Stream.concat(Stream.of(HEADER), history.stream().map(report -> row(report, bound)))
                .map(line -> line + "\r\n")
                .collect(Collectors.joining());
        StagedFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String row(EpochReport report, boolean bound) {
        return String.join(
                ",",
                '"' + report.phase().name().replace("\"", "\"\"") + '"',
                Integer.toString(report.epoch()),
                losses(report.training(), bound),
                report.validation().map(v -> losses(v, bound)).orElse(",,,"),
                Double.toString(report.learningRate()),
                bound ? Double.toString(report.klWeight()) : "",
                Boolean.toString(report.best()),
                Double.toString(report.seconds()),
                Double.toString(report.examplesPerSecond()));
    }

    private static String losses(Losses losses, boolean bound) {
        String parts = losses.loss() + "," + losses.reconstruction() + ",";
        return bound ? parts + losses.kl() + "," + losses.elbo() : parts + ",";
    }
}
