package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.InputContract.Table;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionTest {
    private static final double[] THREE = {-1, 0.1, 1e300};
    private static final Table TABLE = Table.ofNumbers(List.of("a", "b"));
    private static final Matrix ROWS = Matrix.of(new float[] {1, Float.NaN}, new float[] {-0.1f, 3e38f});
    private static final VaeSpec VAE = VaeSpec.of(2, 1);

    private static Detection.Part part(AnomalyScore score) {
        return new Detection.Part(score, THREE);
    }

    private static Detection alone(AnomalyScore score) {
        return new Detection(
                score, List.of(part(score)), new double[0], 3, 16, THREE, 0.5, "by hand", Optional.empty());
    }

    private static Detection combined() {
        return new Detection(
                AnomalyScore.COMBINED,
                List.of(
                        new Detection.Part(AnomalyScore.SURPRISE, new double[] {1.5}),
                        new Detection.Part(AnomalyScore.CODES, new double[] {0, 0, 4}),
                        part(AnomalyScore.NEIGHBOURS)),
                new double[] {1e-4, 0.3},
                5,
                7,
                new double[] {-2, 1 / 3.0},
                0.25,
                "a rate of false alarms of 0.05",
                Optional.of(ROWS));
    }

    private static ModelDescription description(Detection detection) {
        return new ModelDescription(VAE, ModelCard.of(TABLE).withDetection(detection));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void numbersOutOfRangeAreNamed() {
        refused(
                () -> new Detection(
                        AnomalyScore.ELBO,
                        List.of(part(AnomalyScore.ELBO)),
                        new double[0],
                        0,
                        1,
                        THREE,
                        0,
                        "",
                        Optional.empty()),
                "neighbours: found 0, expected 1 to 1000");
        refused(
                () -> new Detection(
                        AnomalyScore.ELBO,
                        List.of(part(AnomalyScore.ELBO)),
                        new double[0],
                        1,
                        10_001,
                        THREE,
                        0,
                        "",
                        Optional.empty()),
                "draws: found 10001, expected 1 to 10000");
        for (double threshold : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    () -> new Detection(
                            AnomalyScore.ELBO,
                            List.of(part(AnomalyScore.ELBO)),
                            new double[0],
                            1,
                            1,
                            THREE,
                            threshold,
                            "",
                            Optional.empty()),
                    "threshold: found " + threshold + ", expected a finite number");
        }
        for (double spread : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    () -> new Detection(
                            AnomalyScore.ELBO,
                            List.of(part(AnomalyScore.ELBO)),
                            new double[] {1, spread},
                            1,
                            1,
                            THREE,
                            0,
                            "",
                            Optional.empty()),
                    "spreads: found " + spread + ", expected finite numbers above 0");
        }
    }

    private static Detection calibrated(double... calibration) {
        return new Detection(
                AnomalyScore.ELBO,
                List.of(part(AnomalyScore.ELBO)),
                new double[0],
                1,
                1,
                calibration,
                0,
                "",
                Optional.empty());
    }

    @Test
    void calibrationAscends() {
        refused(() -> calibrated(), "calibration: found 0, expected 1 to 10000");
        refused(() -> calibrated(new double[10_001]), "calibration: found 10001, expected 1 to 10000");
        refused(
                () -> calibrated(1, 3, 2),
                "calibration: found 2.0 at index 2, expected finite numbers in ascending order");
        refused(
                () -> calibrated(Double.NaN),
                "calibration: found NaN at index 0, expected finite numbers in ascending order");
        refused(
                () -> calibrated(1, Double.POSITIVE_INFINITY),
                "calibration: found Infinity at index 1, expected finite numbers in ascending order");
        refused(
                () -> new Detection.Part(AnomalyScore.LOG_LIKELIHOOD, new double[] {2, 1}),
                "calibration of log-likelihood: found 1.0 at index 1, expected finite numbers in ascending order");
        refused(
                () -> new Detection.Part(AnomalyScore.CODES, new double[0]),
                "calibration of codes: found 0, expected 1 to 10000");
        assertThat(calibrated(1, 1, 2).calibration()).containsExactly(1, 1, 2);
    }

    @Test
    void partsAreTheScoreItselfOrWhatIsCombined() {
        refused(
                () -> new Detection.Part(AnomalyScore.COMBINED, THREE),
                "part of a score: found combined, expected a single one");
        refused(() -> withParts(AnomalyScore.COMBINED), "score combined: found the parts [], expected at least one");
        refused(() -> withParts(AnomalyScore.CODES), "score codes: found the parts [], expected the score alone");
        refused(
                () -> withParts(AnomalyScore.CODES, part(AnomalyScore.ELBO)),
                "score codes: found the parts [elbo], expected the score alone");
        refused(
                () -> withParts(AnomalyScore.CODES, part(AnomalyScore.CODES), part(AnomalyScore.ELBO)),
                "score codes: found the parts [codes, elbo], expected the score alone");
    }

    private static Detection withParts(AnomalyScore score, Detection.Part... parts) {
        return new Detection(score, List.of(parts), new double[0], 1, 1, THREE, 0, "", Optional.empty());
    }

    @Test
    void referenceRowsAreFiniteOrMissingAndNotTooMany() {
        Detection codes = alone(AnomalyScore.CODES);
        refused(
                () -> codes.withReference(Matrix.of(new float[] {1, Float.NEGATIVE_INFINITY})),
                "reference rows: found -Infinity, expected finite numbers, or NaN for missing ones");
        refused(
                () -> codes.withReference(Matrix.zeros(100_001, 1)),
                "reference rows: found 100001, expected 1 to 100000");
        assertThat(codes.withReference(ROWS).reference()).contains(ROWS);
    }

    @Test
    void aDescriptionSaysWhatDoesNotSuitTheModel() {
        refused(
                () -> description(alone(AnomalyScore.NEIGHBOURS)),
                "score neighbours: found no reference rows, expected some");
        refused(
                () -> description(alone(AnomalyScore.RECONSTRUCTION).withReference(ROWS)),
                "score reconstruction: found some reference rows, expected none");
        refused(
                () -> description(combined().withReference(Matrix.zeros(4, 3))),
                "reference rows: found 3 features, expected 2");
        for (AnomalyScore bound : List.of(AnomalyScore.ELBO, AnomalyScore.LOG_LIKELIHOOD)) {
            description(alone(bound));
            refused(
                    () -> new ModelDescription(
                            AutoencoderSpec.of(2, 1), ModelCard.of(TABLE).withDetection(alone(bound))),
                    "score %s: found an autoencoder, expected a VAE, which alone has it".formatted(bound.text()));
        }
        refused(
                () -> description(alone(AnomalyScore.SURPRISE)),
                "score surprise: found 0 spreads for 2 numeric columns: a, b, expected a table and 2");
        refused(
                () -> new ModelDescription(
                        VAE, ModelCard.of(new InputContract.Vector(2)).withDetection(combined())),
                "score surprise: found 2 spreads for 2 numbers, expected a table and 2");
    }

    @Test
    void aTableTooWideForReasonsIsRefused() {
        int columns = 1025;
        Table wide = Table.ofNumbers(
                IntStream.range(0, columns).mapToObj(i -> "c" + i).toList());
        double[] spreads = new double[columns];
        Arrays.fill(spreads, 1);
        Detection detection = new Detection(
                AnomalyScore.ELBO, List.of(part(AnomalyScore.ELBO)), spreads, 1, 1, THREE, 0, "", Optional.empty());
        refused(
                () -> new ModelDescription(
                        VaeSpec.of(columns, 1), ModelCard.of(wide).withDetection(detection)),
                "spreads: found 1025 columns of 1025 features, expected a product of at most 1048576");
    }

    @Test
    void aModelWithoutADetectorIsToldInASentence() {
        LatentModel model = RandomModels.of(VAE, 1);
        refused(
                () -> AnomalyDetector.of(model),
                "found a model without an anomaly detector, expected one that was trained with it");
        refused(
                () -> model.withCard(ModelCard.of(TABLE).withDetection(alone(AnomalyScore.CODES))),
                "score codes: found no reference rows, expected some");
    }

    @Test
    void itIsAValueThatSharesNoArray() {
        double[] calibration = {1, 2};
        double[] spreads = {1, 1};
        Detection detection = new Detection(
                AnomalyScore.SURPRISE,
                List.of(part(AnomalyScore.SURPRISE)),
                spreads,
                1,
                1,
                calibration,
                0,
                "",
                Optional.empty());
        calibration[0] = 7;
        spreads[0] = 7;
        detection.calibration()[1] = 9;
        detection.spreads()[1] = 9;
        detection.parts().get(0).calibration()[0] = 9;
        assertThat(detection.calibration()).containsExactly(1, 2);
        assertThat(detection.spreads()).containsExactly(1, 1);
        assertThat(detection.parts()).containsExactly(part(AnomalyScore.SURPRISE));
        assertThat(combined()).isEqualTo(combined()).hasSameHashCodeAs(combined());
        assertThat(combined()).isNotEqualTo(combined().withReference(Matrix.zeros(1, 2)));
    }

    @Test
    void itGoesThroughJsonAndReferenceRowsWithoutLoss() throws ModelFormatException {
        ModelDescription whole = description(combined());
        assertThat(whole.numbers()).containsOnlyKeys("reference.bin");
        assertThat(whole.numbers().get("reference.bin")).hasSize(4 * 4).startsWith(0x3f, 0x80, 0, 0); // 1, big-endian
        ModelDescription back = ModelDescription.parse(whole.toJson(), whole.numbers());
        assertThat(back.card().detection()).contains(combined());
        assertThat(back.toJson()).isEqualTo(whole.toJson());
        assertThat(back.numbers().get("reference.bin"))
                .isEqualTo(whole.numbers().get("reference.bin"));
    }

    @ParameterizedTest
    @EnumSource(AnomalyScore.class)
    void eachScoreHasANameThatReadsBack(AnomalyScore score) throws ModelFormatException {
        assertThat(AnomalyScore.parse(score.text())).isEqualTo(score);
        if (score == AnomalyScore.COMBINED || score == AnomalyScore.SURPRISE) {
            return; // has more to it than its name
        }
        Detection detection = score.needsReference() ? alone(score).withReference(ROWS) : alone(score);
        ModelDescription whole = description(detection);
        assertThat(whole.numbers().containsKey("reference.bin")).isEqualTo(score.needsReference());
        assertThat(ModelDescription.parse(whole.toJson(), whole.numbers())
                        .card()
                        .detection())
                .contains(detection);
    }

    @Test
    void anUnknownScoreIsToldWithTheKnownOnes() {
        refused(
                () -> AnomalyScore.parse("Codes"),
                "anomaly score: found 'Codes', expected reconstruction, elbo, log-likelihood, surprise, neighbours, codes, combined");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"threshold\" : 0.25 | \"threshold\" : \"high\" | field detector.threshold: found 'high', expected a finite number",
                "\"threshold\" : 0.25 | \"threshold\" : 1e999 | field detector.threshold: found 'Infinity', expected a finite number",
                "\"neighbours\" : 5 | \"neighbours\" : 0 | neighbours: found 0, expected 1 to 1000",
                "\"draws\" : 7 | \"draws\" : 7.5 | field detector.draws: found '7.5', expected a whole number",
                "\"referenceRows\" : 2 | \"referenceRows\" : -1 | field detector.referenceRows: found '-1', expected from 0 to 100000 for examples of 2 values",
                "\"referenceRows\" : 2 | \"referenceRows\" : 100001 | field detector.referenceRows: found '100001', expected from 0 to 100000 for examples of 2 values",
                "\"referenceRows\" : 2 | \"referenceRows\" : 0 | score combined: found no reference rows, expected some",
                "1.0E-4, 0.3 | 1.0E-4 | score surprise: found 1 spreads for 2 numeric columns: a, b, expected a table and 2",
                "1.0E-4, 0.3 | 1.0E-4, null | field detector.spreads: found a list of 2, expected a list of finite numbers",
                "1.0E-4, 0.3 | 1.0E-4, 0 | spreads: found 0.0, expected finite numbers above 0",
                "-2.0, 0.3333333333333333 | 2.0, 0.3 | calibration: found 0.3 at index 1, expected finite numbers in ascending order",
                "-2.0, 0.3333333333333333 | '' | calibration: found 0, expected 1 to 10000",
                "0.0, 0.0, 4.0 | 0.0, -1, 4.0 | calibration of codes: found -1.0 at index 1, expected finite numbers in ascending order",
                "\"codes\" : | \"likes\" : | anomaly score: found 'likes', expected reconstruction, elbo, log-likelihood, surprise, neighbours, codes, combined",
                "\"codes\" : | \"combined\" : | part of a score: found combined, expected a single one",
                "\"score\" : \"combined\" | \"score\" : \"codes\" | score codes: found the parts [surprise, codes, neighbours], expected the score alone",
                "\"score\" : \"combined\" | \"score\" : 7 | field detector.score: found '7', expected a text",
            })
    void damagedFieldsAreNamed(String from, String to, String message) {
        ModelDescription whole = description(combined());
        String json = whole.toJson();
        assertThat(json).contains(from);
        int at = json.indexOf(from);
        String damaged = json.substring(0, at) + to + json.substring(at + from.length());
        assertThatThrownBy(() -> ModelDescription.parse(damaged, whole.numbers()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("latent4j.json: " + message);
    }

    @Test
    void damagedReferenceRowsAreNamed() {
        ModelDescription whole = description(combined());
        Map<String, byte[]> numbers = new LinkedHashMap<>(whole.numbers());
        assertThatThrownBy(() -> ModelDescription.parse(whole.toJson(), Map.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("reference.bin: found 0 bytes, expected 16, as latent4j.json says");
        numbers.put("reference.bin", new byte[15]);
        assertThatThrownBy(() -> ModelDescription.parse(whole.toJson(), numbers))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("reference.bin: found 15 bytes, expected 16, as latent4j.json says");
        byte[] infinite = new byte[16];
        infinite[4] = 0x7f;
        infinite[5] = (byte) 0x80;
        numbers.put("reference.bin", infinite);
        assertThatThrownBy(() -> ModelDescription.parse(whole.toJson(), numbers))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(
                        "reference.bin: reference rows: found Infinity, expected finite numbers, or NaN for missing ones");
    }
}
