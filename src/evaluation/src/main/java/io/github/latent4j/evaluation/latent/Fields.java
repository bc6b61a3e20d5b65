package io.github.latent4j.evaluation.latent;

import io.github.latent4j.evaluation.Figure;
import java.util.List;
import java.util.Map;

/** Numbers for JSON, which has no word for those that are not defined. */
final class Fields {
    private Fields() {}

    /** Leaves a number out if it is not defined. */
    static void put(Map<String, Object> fields, String key, double value) {
        if (Double.isFinite(value)) {
            fields.put(key, value);
        }
    }

    static void put(Map<String, Object> fields, List<Figure> figures) {
        for (Figure figure : figures) {
            put(fields, figure.key(), figure.value());
            put(fields, figure.key() + "StandardError", figure.standardError());
        }
    }
}
