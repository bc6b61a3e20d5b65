package io.github.latent4j.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.transform.metadata.CategoricalMetaData;
import org.datavec.api.transform.metadata.ColumnMetaData;
import org.datavec.api.transform.schema.Schema;

/** Of what kind columns are, as a DataVec schema says. Immutable. */
final class ColumnKinds {
    /** Says nothing of any column. */
    static final ColumnKinds NONE = new ColumnKinds(Map.of());

    private final Map<String, Said> said;

    private ColumnKinds(Map<String, Said> said) {
        this.said = said;
    }

    /** A kind. */
    enum Kind {
        NUMBER,
        CATEGORY,
        FLAG,
        DATE,
        /** Whatever the cells show. */
        ANY
    }

    private record Said(Kind kind, List<String> states) {}

    /**
     * What a schema says.
     *
     * @param file names it in messages
     * @throws InvalidDataException if a column is of a kind that has no features
     */
    static ColumnKinds of(Schema schema, String file) throws InvalidDataException {
        Map<String, Said> said = new LinkedHashMap<>();
        for (ColumnMetaData column : schema.getColumnMetaData()) {
            Kind kind =
                    switch (column.getColumnType()) {
                        case Integer, Long, Double, Float -> Kind.NUMBER;
                        case Categorical -> Kind.CATEGORY;
                        case Boolean -> Kind.FLAG;
                        case Time -> Kind.DATE;
                        case String -> Kind.ANY;
                        case Bytes, NDArray ->
                            throw new InvalidDataException(
                                    "%s: column %s: found type %s, expected a number, category, boolean, time or string"
                                            .formatted(file, column.getName(), column.getColumnType()));
                    };
            List<String> states = column instanceof CategoricalMetaData category ? category.getStateNames() : List.of();
            said.put(column.getName(), new Said(kind, List.copyOf(states)));
        }
        return new ColumnKinds(said);
    }

    /** The names of the columns of which something is said, in their order. */
    List<String> names() {
        return List.copyOf(said.keySet());
    }

    Kind kind(String column) {
        Said of = said.get(column);
        return of == null ? Kind.ANY : of.kind();
    }

    /** The values of a category; empty if they are not said. */
    List<String> states(String column) {
        Said of = said.get(column);
        return of == null ? List.of() : of.states();
    }
}
