package io.github.latent4j.cli;

import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Column.Category;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.Column.Flag;
import io.github.latent4j.runtime.Column.Moment;
import io.github.latent4j.runtime.Column.Numeric;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.Scaling.Linear;
import io.github.latent4j.runtime.Scaling.Quantiles;
import io.github.latent4j.runtime.internal.Quoted;
import java.util.Locale;
import java.util.stream.Collectors;

/** Columns in words. */
final class ColumnWords {
    private ColumnWords() {}

    /** Such as {@code number, standard: centre 71.2500, unit 12.5000, clip 6.00000, some missing}. */
    static String of(Column column) {
        return column.kind() + more(column) + (column.indicator() ? ", some missing" : "");
    }

    private static String more(Column column) {
        if (column instanceof Numeric numeric) {
            return of(numeric.scaling());
        }
        if (column instanceof Category category) {
            return ", %d known %s"
                    .formatted(category.known().size(), category.known().size() == 1 ? "value" : "values");
        }
        if (column instanceof Flag flag) {
            return ", %s or %s".formatted(Quoted.of(flag.no()), Quoted.of(flag.yes()));
        }
        Moment moment = (Moment) column;
        return ", %s%s, %s to %s, cycles %s"
                .formatted(
                        moment.format().text(),
                        moment.withTime() ? " with time" : "",
                        moment.first(),
                        moment.last(),
                        moment.cycles().stream().map(Cycle::text).collect(Collectors.joining(", ")));
    }

    private static String of(Scaling scaling) {
        if (scaling instanceof Linear linear) {
            return ", %s: centre %s, unit %s%s"
                    .formatted(
                            linear.basis().text(), digits(linear.centre()), digits(linear.unit()), clip(linear.clip()));
        }
        if (scaling instanceof Quantiles quantiles) {
            double[] values = quantiles.values();
            return ", quantile: %d knots from %s to %s%s"
                    .formatted(
                            values.length,
                            digits(values[0]),
                            digits(values[values.length - 1]),
                            clip(quantiles.clip()));
        }
        return "";
    }

    private static String clip(double clip) {
        return Double.isFinite(clip) ? ", clip " + digits(clip) : "";
    }

    /** Six digits. */
    private static String digits(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
