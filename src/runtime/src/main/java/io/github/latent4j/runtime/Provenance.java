package io.github.latent4j.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model came from: enough to train it again. It has no clock time and no folder names, so that the same training
 * gives the same file.
 *
 * @param data the name of the data, without a folder
 * @param dataSha256 a digest of the data's content, in hexadecimal
 * @param examples the number of examples that it was trained on
 * @param engine what trained it
 * @param plan the training plan's fields, in order
 * @param environment versions of libraries, kind of processor and kernel of the matrix products, in order
 */
public record Provenance(
        String data,
        String dataSha256,
        int examples,
        String engine,
        Map<String, String> plan,
        Map<String, String> environment) {
    /** Makes a provenance with copies of the maps that keep their order. */
    public Provenance {
        plan = Collections.unmodifiableMap(new LinkedHashMap<>(plan));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
