package io.github.latent4j.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Refuses bad rows, or counts them by what is wrong with them. */
final class BadRowCount {
    private static final int MOST_REASONS = 50;
    private static final String OTHERS = "something else";

    private final TableOptions.BadRows fate;
    private final Map<String, Reason> reasons = new LinkedHashMap<>();

    BadRowCount(TableOptions.BadRows fate) {
        this.fate = fate;
    }

    private record Reason(long rows, long firstLine) {}

    /** Takes note of a row, or refuses it. */
    void add(BadRow row) throws InvalidDataException {
        if (fate == TableOptions.BadRows.FAIL) {
            throw row.refused();
        }
        String reason = reasons.size() < MOST_REASONS || reasons.containsKey(row.reason()) ? row.reason() : OTHERS;
        reasons.merge(reason, new Reason(1, row.line()), (old, one) -> new Reason(old.rows() + 1, old.firstLine()));
    }

    long rows() {
        return reasons.values().stream().mapToLong(Reason::rows).sum();
    }

    /** A sentence on the rows that were passed over; empty if there are none. */
    Optional<String> text(long all) {
        return reasons.isEmpty()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d of %,d rows passed over: %s",
                        rows(),
                        all,
                        reasons.entrySet().stream()
                                .map(reason -> String.format(
                                        Locale.ROOT,
                                        "%,d with %s (first in line %d)",
                                        reason.getValue().rows(),
                                        reason.getKey(),
                                        reason.getValue().firstLine()))
                                .collect(Collectors.joining(", "))));
    }
}
