package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Column.Category;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.Column.Flag;
import io.github.latent4j.runtime.Column.Moment;
import io.github.latent4j.runtime.Column.Numeric;
import io.github.latent4j.runtime.InputContract.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class ColumnPropertiesTest {
    private static float[] encoded(Column column, @Nullable Object cell) {
        float[] features = new float[column.features()];
        column.encode(cell, features, 0);
        return features;
    }

    @Property(tries = 2000)
    void featuresComeBackAsACellThatHasThem(@ForAll long seed) {
        Random random = new Random(seed);
        Column column = RandomTables.column("c", random);
        String cell = RandomTables.cell(column, random);
        float[] features = encoded(column, cell);
        assertThat(column.featureNames()).hasSize(column.features()).allMatch(name -> name.startsWith("c"));
        Object back = column.decode(features, 0);
        if (Column.isMissing(cell)) {
            assertThat(back).isNull();
            for (int i = 0; i < column.values(); i++) {
                assertThat(features[i]).isNaN();
            }
        } else if (column instanceof Numeric) {
            assertThat(encoded(column, back)).isEqualTo(features);
        } else if (column instanceof Moment) {
            assertThat(encoded(column, back)).containsExactly(features, within(1e-4f)); // half a second
        } else {
            assertThat(back).isEqualTo(cell.equals("never seen") ? Column.OTHER : cell);
            assertThat(encoded(column, back)).isEqualTo(features);
        }
        if (column.indicator()) {
            assertThat(features[column.values()]).isEqualTo(Column.isMissing(cell) ? 1 : 0);
        }
    }

    @Property(tries = 2000)
    void shortNumbersComeBackAsTheyWere(@ForAll long seed, @ForAll @IntRange(min = -99_999, max = 99_999) int digits) {
        Random random = new Random(seed);
        double value = digits / 100.0;
        for (Scaling scaling : List.of(
                Scaling.NONE,
                new Scaling.Linear(Scaling.Basis.STANDARD, 3.7, 9 + 100 * random.nextDouble(), 1000),
                new Scaling.Linear(Scaling.Basis.MIN_MAX, -1000, 2000, 2))) {
            Numeric column = new Numeric("c", scaling, false);
            assertThat(column.decode(encoded(column, value), 0)).isEqualTo(value + 0.0);
        }
    }

    @Property(tries = 1000)
    void datesWithinAYearComeBackToTheSecond(
            @ForAll @IntRange(min = 1, max = 9999) int year,
            @ForAll @IntRange(max = 364) int day,
            @ForAll @IntRange(max = 86_399) int second) {
        LocalDateTime moment =
                LocalDate.ofYearDay(year, 1).plusDays(day).atStartOfDay().plusSeconds(second);
        for (MomentFormat format : MomentFormat.values()) {
            Moment column = new Moment(
                    "c",
                    format,
                    true,
                    LocalDate.of(year, 1, 1),
                    LocalDate.of(year, 12, 31),
                    EnumSet.allOf(Cycle.class),
                    false);
            String cell = format.write(moment, true);
            assertThat(column.decode(encoded(column, cell), 0)).isEqualTo(cell);
            assertThat(encoded(column, moment)).isEqualTo(encoded(column, cell));
        }
    }

    /** Looks at every date between the first and the last. */
    @Property(tries = 300)
    void theDateIsTheNearestOfAll(@ForAll long seed) {
        Random random = new Random(seed);
        LocalDate first = LocalDate.ofYearDay(1890 + random.nextInt(200), 1 + random.nextInt(365));
        LocalDate last = first.plusDays((long) Math.pow(10, 4 * random.nextDouble()) - 1);
        List<Cycle> chosen = new ArrayList<>(List.of(Cycle.WEEK, Cycle.YEAR));
        if (random.nextInt(3) == 0) {
            chosen.remove(random.nextInt(2));
        }
        Moment column = new Moment("c", MomentFormat.ISO, false, first, last, EnumSet.copyOf(chosen), false);
        float[] features = new float[column.features()];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) random.nextGaussian();
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            nearest = Math.min(nearest, distance(encoded(column, date), features));
        }
        LocalDate found = LocalDate.parse(Objects.requireNonNull(column.decode(features, 0)));
        assertThat(found).isBetween(first, last);
        assertThat(distance(encoded(column, found), features)).isCloseTo(nearest, within(1e-6));
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.pow((double) a[i] - b[i], 2);
        }
        return sum;
    }

    @Property(tries = 1000)
    void noScalingTurnsAnOrderRound(@ForAll long seed) {
        Random random = new Random(seed);
        Scaling scaling = RandomTables.scaling(random);
        double magnitude = Math.pow(10, random.nextInt(20) - 8);
        double[] values = random.doubles(50, -magnitude, magnitude).sorted().toArray();
        for (int i = 1; i < values.length; i++) {
            assertThat(scaling.apply(values[i])).isGreaterThanOrEqualTo(scaling.apply(values[i - 1]));
            assertThat(scaling.undo(values[i])).isGreaterThanOrEqualTo(scaling.undo(values[i - 1]));
        }
    }

    @Property(tries = 300)
    void textsAndObjectsAndTheirOrderMakeNoDifference(@ForAll long seed) {
        Random random = new Random(seed);
        Table table = RandomTables.table(random);
        List<@Nullable Object> texts = new ArrayList<>();
        List<@Nullable Object> objects = new ArrayList<>();
        List<Map.Entry<String, Integer>> places = new ArrayList<>();
        for (Column column : table.columns()) {
            String cell = RandomTables.cell(column, random);
            places.add(Map.entry(column.name(), places.size()));
            texts.add(random.nextBoolean() ? cell : "  " + cell + " ");
            objects.add(object(column, cell, random));
        }
        float[] features = table.features(texts);
        assertThat(table.features(objects)).isEqualTo(features);
        Collections.shuffle(places, random);
        Map<String, @Nullable Object> record = new HashMap<>();
        record.put("a column too many", "x");
        places.forEach(place -> record.put(place.getKey(), objects.get(place.getValue())));
        assertThat(table.features(record)).isEqualTo(features);
        Map<String, @Nullable Object> back = table.record(features);
        assertThat(back.keySet()).containsExactlyElementsOf(table.names());
        int[] starts = table.starts();
        assertThat(starts).hasSize(table.columns().size() + 1);
        assertThat(starts[table.columns().size()]).isEqualTo(table.size());
        for (int c = 0; c < table.columns().size(); c++) {
            Column column = table.columns().get(c);
            assertThat(back.get(column.name())).isEqualTo(column.decode(features, starts[c]));
            assertThat(Arrays.copyOfRange(features, starts[c], starts[c + 1])).isEqualTo(encoded(column, texts.get(c)));
        }
    }

    private static @Nullable Object object(Column column, String cell, Random random) {
        if (Column.isMissing(cell)) {
            return random.nextBoolean() ? null : Float.NaN;
        }
        Double number = Column.number(cell);
        if (column instanceof Moment moment) {
            LocalDateTime time = Objects.requireNonNull(moment.format().read(cell));
            return switch (random.nextInt(4)) {
                case 0 -> time.toInstant(ZoneOffset.UTC);
                case 1 -> time.atOffset(ZoneOffset.ofHours(5));
                case 2 -> moment.withTime() ? time : time.toLocalDate();
                default -> number == null ? new StringBuilder(cell) : number;
            };
        }
        if (column instanceof Flag flag && random.nextBoolean()) {
            return cell.equals(flag.yes());
        }
        if (number == null) {
            return new StringBuilder(cell);
        }
        return random.nextBoolean() && !(column instanceof Category) ? new BigDecimal(cell) : number;
    }

    @Property(tries = 300)
    void everyTableGoesToJsonAndBack(@ForAll long seed) throws ModelFormatException {
        Random random = new Random(seed);
        Table table = seed % 10 == 0 ? RandomTables.ofAllKinds() : RandomTables.table(random);
        ModelDescription description = new ModelDescription(VaeSpec.of(table.size(), 2), ModelCard.of(table));
        ModelDescription read = ModelDescription.parse(description.toJson(), Map.of());
        assertThat(read).isEqualTo(description).hasSameHashCodeAs(description);
        assertThat(read.toJson()).isEqualTo(description.toJson());
    }
}
