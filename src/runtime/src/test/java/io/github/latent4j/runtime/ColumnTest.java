package io.github.latent4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.runtime.Column.Category;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.Column.Flag;
import io.github.latent4j.runtime.Column.Moment;
import io.github.latent4j.runtime.Column.Numeric;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.Scaling.Basis;
import io.github.latent4j.runtime.Scaling.Linear;
import io.github.latent4j.runtime.Scaling.Quantiles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTest {
    private static final double NO_CLIP = Double.POSITIVE_INFINITY;
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2026, 12, 31);

    private static float[] encoded(Column column, @Nullable Object cell) {
        float[] features = new float[column.features()];
        column.encode(cell, features, 0);
        return features;
    }

    private static Moment moment(MomentFormat format, Cycle... cycles) {
        return new Moment("when", format, true, FIRST, LAST, Set.of(cycles), false);
    }

    private static void assertRefused(Column column, Object cell, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoded(column, cell))
                .withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t", "\u2003", "NA", "na", " N/A", "NaN", "nan ", "null", "NULL", "?"})
    void whatSaysNothingIsMissing(String text) {
        assertThat(Column.isMissing(text)).isTrue();
        assertThat(encoded(new Numeric("c", Scaling.NONE, true), text)).containsExactly(Float.NaN, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nay", "??", "0", "-", "none", "NA NA", "n a", "inf", "nulls"})
    void whatSaysSomethingIsNot(String text) {
        assertThat(Column.isMissing(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-2.50, -2.5", "+.5, 0.5", "5., 5", "1e3, 1000", "1E-2, 0.01", "-0, -0.0", "1.7e308, 1.7e308"})
    void numbersAreReadAsFilesWriteThem(String text, double value) {
        assertThat(Column.number(text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-",
                "e5",
                "1e",
                "1e+",
                "1,5",
                "1 000",
                "0x10",
                "1f",
                "1d",
                "Infinity",
                "NaN",
                "1.2.3",
                "--1",
                "1e999",
                "1_000",
                "١",
                "1e5.5",
                ".e5"
            })
    void otherTextsAreNoNumbers(String text) {
        assertThat(Column.number(text)).isNull();
    }

    @Test
    void aNumberOfMoreThan400CharactersIsNone() {
        assertThat(Column.number("0".repeat(399) + "7")).isEqualTo(7);
        assertThat(Column.number("0".repeat(400) + "7")).isNull();
    }

    @Test
    void numbersAreScaledAndClipped() {
        Numeric column = new Numeric("weight", new Linear(Basis.STANDARD, 70, 10, 3), false);
        for (Object cell : List.of(85, 85L, 85.0, 85f, BigInteger.valueOf(85), new BigDecimal("85.0"), "85", "8.5e1")) {
            assertThat(encoded(column, cell)).containsExactly(1.5f);
        }
        assertThat(encoded(column, 1e300)).containsExactly(3);
        assertThat(encoded(column, -1e300)).containsExactly(-3);
        assertThat(column.decode(new float[] {1.5f}, 0)).isEqualTo(85);
        assertThat(column.decode(new float[] {Float.NaN}, 0)).isNull();
        assertThat(column.decode(new float[] {Float.POSITIVE_INFINITY}, 0)).isEqualTo(Double.MAX_VALUE);
        // Beyond the clip, as a reconstruction may be, a number still has no more decimals than a feature can tell.
        assertThat(column.decode(new float[] {3.1f}, 0)).isEqualTo(101);
        assertThat(column.featureNames()).containsExactly("weight");
    }

    @Test
    void numbersOfEverySizeHaveTheFewestDecimals() {
        Numeric plain = new Numeric("c", Scaling.NONE, false);
        for (double value : new double[] {0, 0.1, -0.3, 23.45, 1e-7, 1234567, 1e10, 1.5e15, 3e-10}) {
            assertThat(plain.decode(new float[] {(float) value}, 0)).isEqualTo(value);
        }
        for (float feature : new float[] {
            Float.MIN_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, 1e-30f, 1e30f, Float.MIN_NORMAL, -0f, 16777217f
        }) {
            double back = Objects.requireNonNull(plain.decode(new float[] {feature}, 0));
            assertThat((float) back).isEqualTo(feature);
        }
        Numeric years = new Numeric("c", new Linear(Basis.ROBUST, 1.7e12, 3.2e10, 8), false);
        assertThat(years.decode(encoded(years, 1.73e12), 0)).isEqualTo(1.73e12);
    }

    @Test
    void whatIsNoNumberIsRefused() {
        Numeric column = new Numeric("weight\n", Scaling.NONE, false);
        assertRefused(column, "heavy\u202e", "column weight\\u000a: found 'heavy\\u202e', expected a finite number");
        assertRefused(column, "1,5", "column weight\\u000a: found '1,5', expected a finite number");
        assertRefused(column, true, "column weight\\u000a: found 'true', expected a finite number");
        assertRefused(
                column, Double.NEGATIVE_INFINITY, "column weight\\u000a: found '-Infinity', expected a finite number");
        assertRefused(
                column,
                BigInteger.TEN.pow(400),
                "column weight\\u000a: found '1%s…', expected a finite number".formatted("0".repeat(59)));
        assertRefused(
                column,
                "1e39",
                "column weight\\u000a: found '1e39', expected a number that single precision holds when it is scaled");
        assertRefused(
                new Numeric("c", new Linear(Basis.STANDARD, 0, 1e-300, NO_CLIP), false),
                1e300,
                "column c: found '1.0E300', expected a number that single precision holds when it is scaled");
    }

    @Test
    void quantilesAreKnotsWithStraightLinesBetweenThem() {
        Quantiles scaling = new Quantiles(new double[] {0, 1, 3, 103}, new double[] {-1, 0, 0.5, 1}, 2);
        assertThat(scaling.apply(0)).isEqualTo(-1);
        assertThat(scaling.apply(1)).isEqualTo(0);
        assertThat(scaling.apply(2)).isEqualTo(0.25);
        assertThat(scaling.apply(53)).isEqualTo(0.75);
        assertThat(scaling.apply(103)).isEqualTo(1);
        assertThat(scaling.apply(-51.5)).isEqualTo(-2);
        assertThat(scaling.apply(154.5)).isEqualTo(2);
        assertThat(scaling.apply(128.75)).isEqualTo(1.5);
        assertThat(scaling.apply(-Double.MAX_VALUE)).isEqualTo(-2);
        assertThat(scaling.undo(0.25)).isEqualTo(2);
        assertThat(scaling.undo(1.5)).isEqualTo(128.75);
        assertThat(scaling.undo(-Double.MAX_VALUE)).isEqualTo(-Double.MAX_VALUE);
        assertThat(scaling).hasToString("Quantiles[4 knots, clip 2.0]");
        scaling.values()[0] = 7;
        scaling.scores()[0] = 7;
        assertThat(scaling.values()[0]).isZero();
        assertThat(scaling.scores()[0]).isEqualTo(-1);
    }

    @Test
    void scalingsOutOfRangeAreRefused() {
        double[] good = {0, 1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(Basis.STANDARD, Double.NaN, 0, -1))
                .withMessage(
                        "scaling: found centre NaN, unit 0.0 and clip -1.0, expected a finite centre and a unit and a clip above 0");
        assertThatIllegalArgumentException().isThrownBy(() -> new Linear(Basis.STANDARD, 0, 1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Linear(Basis.STANDARD, 0, NO_CLIP, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantiles(good, new double[] {0, 1, 2}, 0))
                .withMessage(
                        "scaling: found 2 values, 3 scores and clip 0.0, expected 2 to 1024 of either and a clip above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantiles(good, new double[] {1, 1}, 1))
                .withMessage("scaling: found 1.0 as knot 1 of the scores, expected finite increasing numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantiles(new double[] {0, NO_CLIP}, good, 1))
                .withMessage("scaling: found Infinity as knot 1 of the values, expected finite increasing numbers");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Quantiles(new double[] {-1e308, 1e308}, good, 1))
                .withMessage("scaling: found values from -1.0E308 to 1.0E308, expected a finite range");
    }

    @Test
    void categoriesAreOneHotWithASlotForOthers() {
        Category column = new Category("colour", List.of("red", "green"), true);
        assertThat(encoded(column, "green")).containsExactly(0, 1, 0, 0);
        assertThat(encoded(column, "  red ")).containsExactly(1, 0, 0, 0);
        assertThat(encoded(column, "Red")).containsExactly(0, 0, 1, 0);
        assertThat(encoded(column, "mauve")).containsExactly(0, 0, 1, 0);
        assertThat(encoded(column, null)).containsExactly(Float.NaN, Float.NaN, Float.NaN, 1);
        assertThat(column.decode(new float[] {0.2f, 0.5f, 0.3f, 0}, 0)).isEqualTo("green");
        assertThat(column.decode(new float[] {9, 0.2f, 0.2f, 0.6f, 0}, 1)).isEqualTo("(other)");
        assertThat(column.decode(new float[] {0.2f, Float.NaN, 0.6f, 0}, 0)).isNull();
        assertThat(column.featureNames())
                .containsExactly("colour=red", "colour=green", "colour is another", "colour is missing");
        assertThat(column.known()).isEqualTo(List.of("red", "green"));
        assertThatThrownBy(() -> column.known().set(0, "x")).isInstanceOf(UnsupportedOperationException.class);
        assertThat(column).isEqualTo(new Category("colour", new ArrayList<>(List.of("red", "green")), true));
    }

    @Test
    void aNumberIsTheCategoryThatIsTheSameNumber() {
        Category column = new Category("size", List.of("38", "39.0", "40.50", "007", "true"), false);
        for (Object cell : List.of(38, 38L, 38.0, 38f, new BigDecimal("38.00"))) {
            assertThat(encoded(column, cell)).containsExactly(1, 0, 0, 0, 0, 0);
        }
        assertThat(encoded(column, 39)).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(encoded(column, 39.0)).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(encoded(column, 40.5)).containsExactly(0, 0, 1, 0, 0, 0);
        assertThat(encoded(column, 7)).containsExactly(0, 0, 0, 1, 0, 0);
        assertThat(encoded(column, true)).containsExactly(0, 0, 0, 0, 1, 0);
        assertThat(encoded(column, BigInteger.ONE.shiftLeft(64))).containsExactly(0, 0, 0, 0, 0, 1);
        assertThat(encoded(column, "7")).containsExactly(0, 0, 0, 0, 0, 1);
    }

    @Test
    void categoriesHaveValuesThatACellCanSay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Category("c", List.of(), false))
                .withMessage("column c: found 0 values, 0 of them different, expected 1 to 1024 different ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Category("c", List.of("a", "b", "a"), false))
                .withMessage("column c: found 3 values, 2 of them different, expected 1 to 1024 different ones");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Category("c", Collections.nCopies(1025, "a"), false))
                .withMessage("column c: found 1025 values, 1 of them different, expected 1 to 1024 different ones");
        for (String text : List.of("", "NA", " a")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Category("c", List.of(text), false))
                    .withMessage(
                            "column c: found the value '%s', expected a text that is no missing cell, without blanks around it",
                            text);
        }
    }

    @Test
    void flagsAreYesOrNo() {
        Flag words = new Flag("smokes", "no", "yes", true);
        Flag digits = new Flag("smokes", "0", "1", false);
        for (Object cell : List.of("yes", "YES", true)) {
            assertThat(encoded(words, cell)).containsExactly(1, 0);
        }
        for (Object cell : List.of("No", " no", false)) {
            assertThat(encoded(words, cell)).containsExactly(0, 0);
        }
        assertThat(encoded(words, null)).containsExactly(Float.NaN, 1);
        for (Object cell : List.of("1", "1.0", 1, 1L, 1.0, BigDecimal.ONE, true)) {
            assertThat(encoded(digits, cell)).containsExactly(1);
        }
        assertThat(encoded(digits, 0)).containsExactly(0);
        assertThat(encoded(new Flag("odd", "true", "false", false), true)).containsExactly(0);
        assertThat(words.decode(new float[] {0.51f}, 0)).isEqualTo("yes");
        assertThat(words.decode(new float[] {0.5f}, 0)).isEqualTo("no");
        assertThat(words.decode(new float[] {Float.NaN}, 0)).isNull();
        assertThat(words.featureNames()).containsExactly("smokes", "smokes is missing");
        assertRefused(words, "maybe", "column smokes: found 'maybe', expected 'no' or 'yes'");
        assertRefused(digits, 2, "column smokes: found '2', expected '0' or '1'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Flag("c", "A", "a", false))
                .withMessage("column c: found 'A' for no and 'a' for yes, expected two texts that differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Flag("c", "1", "1.0", false))
                .withMessage("column c: found '1' for no and '1.0' for yes, expected two texts that differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Flag("c", "?", "1", false))
                .withMessage(
                        "column c: found the value '?', expected a text that is no missing cell, without blanks around it");
    }

    @Test
    void datesAreSinesAndCosines() {
        // A quarter of the day on a Monday, the first of January of a leap year.
        float[] features = encoded(moment(MomentFormat.ISO, Cycle.values()), "2024-01-01T06:00");
        double week = 2 * Math.PI * 0.25 / 7;
        double year = 2 * Math.PI * 0.25 / 366;
        assertThat(features)
                .containsExactly(
                        new float[] {
                            1,
                            0,
                            (float) Math.sin(week),
                            (float) Math.cos(week),
                            (float) Math.sin(year),
                            (float) Math.cos(year)
                        },
                        within(1e-7f));
        // Noon of the middle day of a year of 365 days, and midnight before the 184th of 366 days: half a year each.
        for (String half : List.of("2023-07-02T12:00", "2024-07-02")) {
            assertThat(encoded(moment(MomentFormat.ISO, Cycle.YEAR), half))
                    .containsExactly(new float[] {0, -1}, within(1e-7f));
        }
        // Thursday noon is the middle of the week.
        assertThat(encoded(moment(MomentFormat.ISO, Cycle.WEEK), "2024-02-29T12:00"))
                .containsExactly(new float[] {0, -1}, within(1e-7f));
        assertThat(moment(MomentFormat.ISO, Cycle.YEAR, Cycle.DAY).featureNames())
                .containsExactly("when (day, sine)", "when (day, cosine)", "when (year, sine)", "when (year, cosine)");
    }

    @Test
    void momentsAreTextsOrObjectsOfAnyKind() {
        Moment column = moment(MomentFormat.ISO, Cycle.values());
        float[] expected = encoded(column, "2024-02-29T08:15:30");
        Instant instant = Instant.parse("2024-02-29T08:15:30Z");
        for (Object cell : List.of(
                "2024-02-29 08:15:30",
                "2024-02-29T08:15:30.000Z",
                "2024-02-29 08:15:30 +05:00",
                "2024-02-29T08:15:30+0500",
                instant,
                instant.atOffset(ZoneOffset.UTC),
                instant.atZone(ZoneOffset.UTC),
                LocalDate.of(2024, 2, 29).atTime(8, 15, 30))) {
            assertThat(encoded(column, cell)).isEqualTo(expected);
        }
        assertThat(column.decode(expected, 0)).isEqualTo("2024-02-29T08:15:30");
        float[] date = encoded(column, LocalDate.of(2024, 2, 29));
        assertThat(encoded(column, "2024-02-29")).isEqualTo(date);
        float[] clock = encoded(moment(MomentFormat.EPOCH_MILLIS, Cycle.values()), instant.toEpochMilli());
        assertThat(clock).isEqualTo(expected);
        for (Object cell : List.of("1709194530000", "1709194530000.0", 1.70919453e12, new BigDecimal("170919453E4"))) {
            assertThat(encoded(moment(MomentFormat.EPOCH_MILLIS, Cycle.values()), cell))
                    .isEqualTo(expected);
        }
        assertThat(encoded(moment(MomentFormat.DAY_DOT_MONTH, Cycle.values()), "29.2.2024 8:15:30"))
                .isEqualTo(expected);
        assertThat(encoded(moment(MomentFormat.DAY_SLASH_MONTH, Cycle.values()), "29/02/2024 08:15:30"))
                .isEqualTo(expected);
        assertThat(encoded(moment(MomentFormat.MONTH_SLASH_DAY, Cycle.values()), "2/29/2024 08:15:30"))
                .isEqualTo(expected);
    }

    @Test
    void whatIsNoDateIsRefused() {
        Moment column = moment(MomentFormat.ISO, Cycle.DAY);
        for (Object cell :
                List.of("2023-02-29", "2024-13-01", "29.02.2024", "2024-02-29T25:00", "2024-02-29x", "soon")) {
            assertRefused(
                    column,
                    cell,
                    "column when: found '%s', expected a date such as 2026-11-23 or 2026-11-23T08:15:30"
                            .formatted(cell));
        }
        assertRefused(column, 5, "column when: found '5', expected a date such as 2026-11-23 or 2026-11-23T08:15:30");
        assertRefused(
                column,
                LocalTime.NOON,
                "column when: found '12:00', expected a date such as 2026-11-23 or 2026-11-23T08:15:30");
        for (Object cell : List.of("1.5", 1e300, "2024-02-29", "99999999999999999999")) {
            assertRefused(
                    moment(MomentFormat.EPOCH_MILLIS, Cycle.DAY),
                    cell,
                    "column when: found '%s', expected a date such as milliseconds since 1970-01-01, such as 1763885730000"
                            .formatted(cell));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Moment("c", MomentFormat.ISO, true, LAST, FIRST, Set.of(), false))
                .withMessage(
                        "column c: found dates from 2026-12-31 to 2020-01-01 and 0 cycles, expected years of at most nine digits, a last not before the first and a cycle");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MomentFormat.parse("us"))
                .withMessage(
                        "format of a date: found 'us', expected iso, day.month.year, day/month/year, month/day/year or epoch-millis");
    }

    @Test
    void aDateComesBackFromTheDataAndTheEarliestOfSeveral() {
        Moment week = moment(MomentFormat.ISO, Cycle.WEEK, Cycle.DAY);
        // Nothing tells one Thursday from the other.
        assertThat(week.decode(encoded(week, "2024-02-29T23:59:59.8"), 0)).isEqualTo("2020-01-03T00:00:00");
        assertThat(week.decode(encoded(week, "2024-02-29T08:00"), 0)).isEqualTo("2020-01-02T08:00:00");
        Moment year = new Moment("c", MomentFormat.DAY_DOT_MONTH, false, FIRST, LAST, Set.of(Cycle.YEAR), false);
        assertThat(year.decode(encoded(year, "29.2.2024"), 0)).isEqualTo("29.02.2020");
        assertThat(year.decode(encoded(year, "31.12.2025"), 0)).isEqualTo("31.12.2021");
        assertThat(year.decode(new float[2], 0)).isEqualTo("01.01.2020");
        assertThat(year.decode(new float[] {1, Float.NaN}, 0)).isNull();
        float infinity = Float.POSITIVE_INFINITY;
        assertThat(year.decode(new float[] {infinity, -infinity}, 0)).isNotNull();
    }

    @Test
    void aRangeOfAllTimeIsSearchedInAMoment() {
        Moment column = new Moment(
                "c",
                MomentFormat.ISO,
                false,
                LocalDate.of(-200_000_000, 1, 1),
                LocalDate.of(200_000_000, 12, 31),
                EnumSet.of(Cycle.WEEK, Cycle.YEAR),
                false);
        for (int i = 0; i < 2000; i++) {
            assertThat(column.decode(new float[] {1, i, i, -1}, 0)).startsWith("-");
        }
    }

    @Test
    void recordsAreCheckedForTheirColumns() {
        Table table = Table.ofNumbers(List.of("a", "b\n"));
        assertThat(table.features(Map.of("b\n", 2, "c", 3, "a", "1"))).containsExactly(1, 2);
        assertThat(table.features(Arrays.asList(null, 2))).containsExactly(Float.NaN, 2);
        assertThat(table.record(new float[] {1, Float.NaN}))
                .containsEntry("a", 1.0)
                .containsEntry("b\n", null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.features(Map.of("a", 1)))
                .withMessage("record: found no column 'b\\u000a', expected it among a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.features(Map.of()))
                .withMessage("record: found no column 'a', expected it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.features(List.of(1)))
                .withMessage("record: found 1 cells, expected 2, one a column");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.record(new float[3]))
                .withMessage("features: found 3 values, expected 2");
    }

    @Test
    void tablesAreCheckedAndDescribed() {
        Table table = RandomTables.ofAllKinds();
        assertThat(table.text())
                .isEqualTo(
                        "15 columns (number 6, category 2, yes or no 2, date 5): plain, plain, with holes, weight, income, share, amount \"£\", colour, size, …");
        assertThat(Table.ofNumbers(List.of("a")).text()).isEqualTo("1 numeric column: a");
        assertThat(table.featureNames()).hasSize(table.size()).doesNotHaveDuplicates();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Table.ofNumbers(List.of("a", "b", "a")))
                .withMessage("columns: found the name 'a' a second time, expected another");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(List.of()))
                .withMessage("number of columns: found 0, expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(Collections.nCopies((1 << 17) + 1, new Numeric("", Scaling.NONE, true))))
                .withMessage("number of features: found 262146, expected at most 262144");
        List<String> known =
                IntStream.range(1000, 2000).mapToObj(String::valueOf).toList();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Table(List.of(new Category("x".repeat(3000), known, false))))
                .withMessage("names of features: found 3007000 characters, expected at most 2097152");
    }
}
