package io.github.latent4j.training;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelSpec;
import io.github.latent4j.runtime.internal.JsonFields;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a training this one and no other: two that agree in it give the same model.
 *
 * @param sections fields by name, in sections: data, specification, plan and trainer
 */
record Identity(Map<String, Map<String, String>> sections) {
    private static final String DATA = "data";
    private static final String SPECIFICATION = "specification";
    private static final String PLAN = "plan";
    private static final String TRAINER = "trainer";

    static Identity of(ModelSpec spec, TrainingPlan plan, TrainingEngine engine, TrainingData trained) {
        Map<String, String> data = new LinkedHashMap<>();
        data.put("name", trained.examples().name());
        data.put("sha256", trained.sha256());
        String description =
                new ModelDescription(spec, ModelCard.of(trained.examples().input())).toJson();
        Map<String, String> specification = new LinkedHashMap<>();
        try {
            Map<String, Object> fields = JSON.std.mapFrom(description);
            put(fields.get("input"), data);
            put(fields.get("model"), specification);
        } catch (IOException e) {
            throw new IllegalStateException("a description is always JSON", e);
        }
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put(PLAN, plan.fields()); // first: another seed holds out other data
        sections.put(SPECIFICATION, specification);
        sections.put(DATA, data);
        sections.put(TRAINER, Map.of("engine", engine.name()));
        return new Identity(sections);
    }

    private static void put(@Nullable Object fields, Map<String, String> into) {
        if (fields instanceof Map<?, ?> map) {
            map.forEach((name, value) -> into.put(String.valueOf(name), String.valueOf(value)));
        }
    }

    /** Reads what was stored of {@link #sections}. */
    static Identity of(JsonFields stored) {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        for (String section : List.of(DATA, SPECIFICATION, PLAN, TRAINER)) {
            sections.put(section, stored.object(section).texts());
        }
        return new Identity(sections);
    }

    /**
     * Says so if this is another training.
     *
     * @param asked the one asked for
     * @param where what has this identity
     * @throws IllegalArgumentException if a field differs
     */
    void requireSame(Identity asked, String where) {
        asked.sections.forEach((section, expected) -> {
            Map<String, String> found = sections.getOrDefault(section, Map.of());
            Set<String> fields = new LinkedHashSet<>(expected.keySet());
            fields.addAll(found.keySet());
            for (String field : fields) {
                String is = found.getOrDefault(field, "nothing");
                String should = expected.getOrDefault(field, "nothing");
                if (!is.equals(should)) {
                    throw new IllegalArgumentException(
                            "%s: found %s %s, expected %s as in the %s".formatted(where, field, is, should, section));
                }
            }
        });
    }
}
