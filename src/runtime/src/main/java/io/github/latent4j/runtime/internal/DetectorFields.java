package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.AnomalyScore;
import io.github.latent4j.runtime.Detection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A detector as {@code latent4j.json} has it; its reference rows stand in an entry of their own. */
final class DetectorFields {
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

    private DetectorFields() {}

    static Map<String, Object> of(Detection detection) {
        Map<String, Object> parts = new LinkedHashMap<>();
        detection.parts().forEach(part -> parts.put(part.score().text(), part.calibration()));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("score", detection.score().text());
        fields.put("threshold", detection.threshold());
        fields.put("rule", detection.rule());
        fields.put("neighbours", detection.neighbours());
        fields.put("draws", detection.draws());
        fields.put(
                "referenceRows", detection.reference().map(rows -> rows.rows()).orElse(0));
        fields.put("spreads", detection.spreads());
        fields.put("calibration", detection.calibration());
        fields.put("parts", parts);
        return fields;
    }

    /** The detector without its reference rows. */
    static Detection detection(JsonFields fields) {
        JsonFields parts = fields.object("parts");
        return new Detection(
                AnomalyScore.parse(fields.word("score")),
                parts.names().stream()
                        .map(name -> new Detection.Part(AnomalyScore.parse(name), parts.numbers(name)))
                        .toList(),
                fields.numbers("spreads"),
                fields.integer("neighbours"),
                fields.integer("draws"),
                fields.numbers("calibration"),
                fields.number("threshold"),
                fields.string("rule"),
                Optional.empty());
    }

    /** The number of its reference rows; 0 where there are none. */
    static int referenceRows(JsonFields fields, int inputs) {
        int rows = fields.integer("referenceRows");
        int most = Math.min(Detection.MOST_REFERENCE, MOST_NUMBERS / inputs);
        if (rows < 0 || rows > most) {
            throw fields.wrong("referenceRows", "from 0 to %d for examples of %d values".formatted(most, inputs));
        }
        return rows;
    }
}
