package io.github.latent4j.evaluation.report;

import io.github.latent4j.evaluation.Measurement;
import java.util.List;

/**
 * All that was found out about a model on data. Made by {@link Assessor}; immutable.
 *
 * @param measurements those that the model and the data allow
 * @param remarks whole sentences on what was left out, and why
 */
public record Assessment(List<Measurement> measurements, List<String> remarks) {
    /** Makes an assessment with copies of the lists. */
    public Assessment {
        measurements = List.copyOf(measurements);
        remarks = List.copyOf(remarks);
    }
}
