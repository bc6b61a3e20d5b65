package io.github.latent4j.runtime.internal;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.Scaling.Basis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The columns of a table as {@code latent4j.json} has them. A column of numbers that are features as they are is its name. */
public final class TableFields {
    private TableFields() {}

    /**
     * A contract as JSON.
     *
     * @param table the contract
     * @return one line
     */
    public static String text(Table table) {
        try {
            return JSON.std.asString(Map.of("columns", of(table)));
        } catch (IOException e) {
            throw new IllegalStateException("a map of strings, numbers and lists is always JSON", e);
        }
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @param text JSON
     * @return the contract
     * @throws IllegalArgumentException if it is no contract
     */
    public static Table parse(String text) {
        return table(new JsonFields("", JsonTree.object(text.getBytes(StandardCharsets.UTF_8))));
    }

    /** The columns as JSON. */
    static List<Object> of(Table table) {
        List<Object> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            boolean plain = column instanceof Column.Numeric number
                    && number.scaling().equals(Scaling.NONE)
                    && !number.indicator();
            columns.add(plain ? column.name() : fields(column));
        }
        return columns;
    }

    private static Map<String, Object> fields(Column column) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", column.name());
        if (column instanceof Column.Numeric number) {
            fields.put("kind", "number");
            put(number.scaling(), fields);
        } else if (column instanceof Column.Category category) {
            fields.put("kind", "category");
            fields.put("values", category.known());
        } else if (column instanceof Column.Flag flag) {
            fields.put("kind", "flag");
            fields.put("no", flag.no());
            fields.put("yes", flag.yes());
        } else if (column instanceof Column.Moment moment) {
            fields.put("kind", "moment");
            fields.put("format", moment.format().text());
            fields.put("withTime", moment.withTime());
            fields.put("first", moment.first().toString());
            fields.put("last", moment.last().toString());
            fields.put("cycles", moment.cycles().stream().map(Cycle::text).toList());
        }
        fields.put("indicator", column.indicator());
        return fields;
    }

    private static void put(Scaling scaling, Map<String, Object> fields) {
        double clip = Double.POSITIVE_INFINITY;
        if (scaling instanceof Scaling.Linear linear) {
            fields.put("scaling", linear.basis().text());
            fields.put("centre", linear.centre());
            fields.put("unit", linear.unit());
            clip = linear.clip();
        } else if (scaling instanceof Scaling.Quantiles quantiles) {
            fields.put("scaling", "quantile");
            fields.put("values", quantiles.values());
            fields.put("scores", quantiles.scores());
            clip = quantiles.clip();
        } else {
            fields.put("scaling", "none");
        }
        if (Double.isFinite(clip)) {
            fields.put("clip", clip);
        }
    }

    /** The contract whose columns stand in a field. */
    static Table table(JsonFields input) {
        List<Column> columns = new ArrayList<>();
        for (Object column : input.mixed("columns")) {
            columns.add(
                    column instanceof JsonFields fields
                            ? column(fields)
                            : new Column.Numeric((String) column, Scaling.NONE, false));
        }
        return new Table(columns);
    }

    private static Column column(JsonFields fields) {
        String name = fields.string("name");
        boolean indicator = fields.bool("indicator");
        return switch (fields.word("kind")) {
            case "number" -> new Column.Numeric(name, scaling(name, fields), indicator);
            case "category" -> new Column.Category(name, fields.strings("values"), indicator);
            case "flag" -> new Column.Flag(name, fields.string("no"), fields.string("yes"), indicator);
            case "moment" ->
                new Column.Moment(
                        name,
                        format(fields),
                        fields.bool("withTime"),
                        date(fields, "first"),
                        date(fields, "last"),
                        cycles(fields),
                        indicator);
            default -> throw fields.wrong("kind", "number, category, flag or moment");
        };
    }

    private static MomentFormat format(JsonFields fields) {
        String text = fields.word("format");
        try {
            return MomentFormat.parse(text);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("format", MomentFormat.names());
        }
    }

    private static LocalDate date(JsonFields fields, String name) {
        try {
            return LocalDate.parse(fields.word(name));
        } catch (DateTimeException e) {
            throw fields.wrong(name, "a date such as 2026-11-23");
        }
    }

    private static Set<Cycle> cycles(JsonFields fields) {
        Set<Cycle> cycles = EnumSet.noneOf(Cycle.class);
        for (String text : fields.strings("cycles")) {
            cycles.add(Arrays.stream(Cycle.values())
                    .filter(cycle -> cycle.text().equals(text))
                    .findFirst()
                    .orElseThrow(() -> fields.wrong("cycles", "day, week and year alone")));
        }
        return cycles;
    }

    private static Scaling scaling(String column, JsonFields fields) {
        String kind = fields.word("scaling");
        if (kind.equals("none")) {
            return Scaling.NONE;
        }
        double clip = fields.optionalNumber("clip", Double.POSITIVE_INFINITY);
        if (kind.equals("quantile")) {
            double[] values = fields.numbers("values");
            double[] scores = fields.numbers("scores");
            return of(column, () -> new Scaling.Quantiles(values, scores, clip));
        }
        for (Basis basis : Basis.values()) {
            if (basis.text().equals(kind)) {
                double centre = fields.number("centre");
                double unit = fields.number("unit");
                return of(column, () -> new Scaling.Linear(basis, centre, unit, clip));
            }
        }
        throw fields.wrong("scaling", "none, standard, robust, min-max or quantile");
    }

    /** A scaling does not know whose it is: its message gets the column. */
    private static Scaling of(String column, Supplier<Scaling> scaling) {
        try {
            return scaling.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("column %s: %s".formatted(Quoted.cut(column), e.getMessage()), e);
        }
    }
}
