package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.data.TableOptions.BadRows;
import io.github.latent4j.data.TableOptions.Scales;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.Scaling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.datavec.api.transform.MathOp;
import org.datavec.api.transform.TransformProcess;
import org.datavec.api.transform.condition.ConditionOp;
import org.datavec.api.transform.condition.column.DoubleColumnCondition;
import org.datavec.api.transform.filter.ConditionFilter;
import org.datavec.api.transform.schema.Schema;
import org.joda.time.DateTimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of columns, their scaling, schemas, transform processes, a model's columns and bad rows. */
class TableTest {
    private static final TableOptions DEFAULTS = TableOptions.defaults();

    private final Path folder;
    private final List<String> notes = new ArrayList<>();

    TableTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Examples open(String text, TableOptions table) throws IOException {
        return open(text, SourceOptions.defaults().withTable(table));
    }

    private Examples open(String text, SourceOptions options) throws IOException {
        notes.clear();
        Path file = Fixtures.write(folder.resolve("t.csv"), text.getBytes(StandardCharsets.UTF_8));
        return CsvTable.open(file, options.withProgress(new Notes(notes)), Fixtures.environment(folder));
    }

    private record Notes(List<String> taken) implements Progress {
        @Override
        public void report(String task, long done, long total) {}

        @Override
        public void note(String sentence) {
            taken.add(sentence);
        }
    }

    private Table table(String text, TableOptions options) throws IOException {
        try (Examples examples = open(text, options)) {
            return (Table) examples.input();
        }
    }

    private String message(String text, TableOptions table) throws IOException {
        try (Examples examples = open(text, table)) {
            throw new AssertionError("opened " + examples.input());
        } catch (InvalidDataException e) {
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        }
    }

    private static String column(String name, int rows, IntFunction<Object> cell) {
        StringBuilder text = new StringBuilder(name).append(",x\n");
        for (int i = 0; i < rows; i++) {
            text.append(cell.apply(i)).append(',').append(i * i % 17 - 0.5).append('\n');
        }
        return text.toString();
    }

    private Column inferred(String name, int rows, IntFunction<Object> cell) throws IOException {
        return table(column(name, rows, cell), DEFAULTS).columns().get(0);
    }

    /** The note on the first column, which is set aside. */
    private String aside(String name, int rows, IntFunction<Object> cell) throws IOException {
        assertThat(table(column(name, rows, cell), DEFAULTS).names()).containsExactly("x");
        return notes.get(1);
    }

    @Test
    void numbersAreStandardised() throws IOException {
        Column.Numeric column = (Column.Numeric) inferred("a", 100, i -> i % 10);
        Scaling.Linear scaling = (Scaling.Linear) column.scaling();
        assertThat(scaling.centre()).isEqualTo(4.5, within(1e-12));
        assertThat(scaling.unit()).isEqualTo(Math.sqrt(8.25), within(1e-12));
        assertThat(scaling.clip()).isEqualTo(5);
        assertThat(column.indicator()).isFalse();
        assertThat(notes).containsExactly("t.csv: 2 columns: number: a, x");
    }

    @Test
    void missingCellsAreLeftOutAndIndicated() throws IOException {
        String[] cells = {"", "NA", "?", "null", "n/a", "NaN", "3", "5"};
        Column.Numeric column = (Column.Numeric) inferred("a", 8, i -> cells[i]);
        assertThat(column.indicator()).isTrue();
        assertThat(((Scaling.Linear) column.scaling()).centre()).isEqualTo(4);
        try (Examples examples = open(column("a", 8, i -> cells[i]), DEFAULTS)) {
            assertThat(examples.example(0)[0]).isNaN();
            assertThat(examples.example(0)[1]).isEqualTo(1);
            assertThat(examples.example(6)[0]).isEqualTo(-1);
            assertThat(examples.example(6)[1]).isEqualTo(0);
        }
    }

    @Test
    void oneHugeNumberDoesNotFlattenAColumn() throws IOException {
        for (String huge : List.of("1e100", "1e300")) {
            String text = column("a", 300, i -> i == 150 ? huge : 20 + i % 7);
            Column.Numeric column =
                    (Column.Numeric) table(text, DEFAULTS).columns().get(0);
            assertThat(column.scaling().apply(26) - column.scaling().apply(20)).isGreaterThan(1);
            assertThat(column.scaling().apply(Double.parseDouble(huge)))
                    .isGreaterThan(column.scaling().apply(26));
        }
    }

    @Test
    void heavyTailsBecomeNormalScores() throws IOException {
        Random random = new Random(1);
        double[] values = random.doubles(5000)
                .map(u -> Math.exp(2 * random.nextGaussian()))
                .toArray();
        String text = column("a", values.length, i -> values[i]);
        Column.Numeric column = (Column.Numeric) table(text, DEFAULTS).columns().get(0);
        Scaling.Quantiles scaling = (Scaling.Quantiles) column.scaling();
        assertThat(scaling.values()).hasSizeBetween(200, 256);
        assertThat(scaling.clip()).isEqualTo(8);
        assertThat(scaling.apply(1)).isEqualTo(0, within(0.05));
        try (Examples examples = open(text, DEFAULTS)) {
            double[] features = IntStream.range(0, 5000)
                    .mapToDouble(i -> examples.example(i)[0])
                    .toArray();
            Moments moments = new Moments();
            for (double feature : features) {
                moments.add(feature);
            }
            assertThat(moments.mean()).isEqualTo(0, within(0.01));
            assertThat(moments.deviation()).isEqualTo(1, within(0.02));
            assertThat(moments.excessKurtosis()).isEqualTo(0, within(0.2));
        }
    }

    @Test
    void tiesHaveTheScoreOfTheirMiddle() throws IOException {
        Column.Numeric column = (Column.Numeric) table(
                        column("a", 100, i -> i < 98 ? 2 : i),
                        DEFAULTS.withScaling(Scales.QUANTILE).withClip(3))
                .columns()
                .get(0);
        Scaling.Quantiles scaling = (Scaling.Quantiles) column.scaling();
        assertThat(scaling.values()).containsExactly(2, 98, 99);
        // 98 ties, their middle at 0.49; then ranks 98.5 and 99.5 of 100.
        assertThat(scaling.scores()).containsExactly(new double[] {-0.02507, 2.17009, 2.57583}, within(1e-5));
        assertThat(scaling.clip()).isEqualTo(3);
    }

    @Test
    void theOtherScalings() throws IOException {
        String text = column("a", 9, i -> i == 8 ? 1000 : 2 * i);
        assertThat(scaling(text, Scales.ROBUST)).isEqualTo(new Scaling.Linear(Scaling.Basis.ROBUST, 8, 8 / 1.349, 5));
        assertThat(scaling(text, Scales.MIN_MAX)).isEqualTo(new Scaling.Linear(Scaling.Basis.MIN_MAX, 0, 1000, 5));
        assertThat(scaling(text, Scales.NONE)).isEqualTo(Scaling.NONE);
        assertThat(scaling(text, Scales.STANDARD)).isInstanceOf(Scaling.Linear.class);
        Scaling.Linear narrow = (Scaling.Linear) scaling(column("a", 9, i -> i < 8 ? 1 : 2), Scales.ROBUST);
        assertThat(narrow.basis()).isEqualTo(Scaling.Basis.STANDARD);
        assertThat(narrow.unit()).isEqualTo(Math.sqrt(8) / 9, within(1e-12));

        assertThat(scaling(column("a", 9, i -> i < 8 ? -1e200 : 2e200), Scales.STANDARD))
                .isEqualTo(new Scaling.Linear(Scaling.Basis.STANDARD, 0, 2e200, 5));
    }

    private Scaling scaling(String text, Scales scales) throws IOException {
        return ((Column.Numeric)
                        table(text, DEFAULTS.withScaling(scales)).columns().get(0))
                .scaling();
    }

    @Test
    void flags() throws IOException {
        assertThat(inferred("a", 20, i -> i % 3 == 0 ? "Yes" : "No"))
                .isEqualTo(new Column.Flag("a", "No", "Yes", false));
        assertThat(inferred("a", 20, i -> i % 3 == 0 ? 1 : "0.0")).isEqualTo(new Column.Flag("a", "0", "1", false));
        assertThat(inferred("a", 20, i -> i == 0 ? "" : i == 1 ? "TRUE" : i % 3 == 0 ? "true" : "false"))
                .isEqualTo(new Column.Flag("a", "false", "true", true));
        assertThat(inferred("a", 20, i -> i % 3 == 0 ? 1 : 2)).isInstanceOf(Column.Numeric.class);
    }

    @Test
    void categories() throws IOException {
        assertThat(inferred("a", 3000, i -> i < 2 ? "rare" : i < 7 ? "seldom" : i % 2 == 0 ? "red" : "blue"))
                .isEqualTo(new Column.Category("a", List.of("blue", "red", "seldom"), false));
        assertThat(inferred("a", 10, i -> i % 2 == 0 ? "A1" : "17"))
                .isEqualTo(new Column.Category("a", List.of("17", "A1"), false));
        assertThat(((Column.Category) inferred("a", 30_000, i -> "v" + i % 300)).known())
                .hasSize(200);
        assertThat(notes.get(0)).isEqualTo("t.csv: 2 columns: category: a (200 values); number: x");
        assertThat(aside("a", 30, i -> "v" + i % 10))
                .isEqualTo("t.csv: column a is set aside: it has texts of which too many differ (10 in 30 rows)");
        assertThat(aside("a", 20_000, i -> "v" + i)).endsWith("texts of which too many differ");
    }

    @Test
    void dates() throws IOException {
        assertThat(inferred("a", 30, i -> "2026-01-%02d".formatted(i % 6 + 1)))
                .isEqualTo(new Column.Moment(
                        "a",
                        MomentFormat.ISO,
                        false,
                        LocalDate.of(2026, 1, 1),
                        LocalDate.of(2026, 1, 6),
                        Set.of(Cycle.WEEK),
                        false));
        Column.Moment moment = (Column.Moment) inferred("a", 500, i -> LocalDate.of(2024, 1, 1)
                .plusDays(i)
                .atTime(i % 24, 5)
                .toString()
                .replace('T', ' '));
        assertThat(moment.cycles()).containsExactly(Cycle.DAY, Cycle.WEEK, Cycle.YEAR);
        assertThat(moment.withTime()).isTrue();
        assertThat(((Column.Moment) inferred("a", 30, i -> i % 28 + 1 + ".3.2026 8:05")).format())
                .isEqualTo(MomentFormat.DAY_DOT_MONTH);
        assertThat(((Column.Moment) inferred("a", 30, i -> i % 28 + 1 + "/3/2026")).format())
                .isEqualTo(MomentFormat.DAY_SLASH_MONTH);
        assertThat(((Column.Moment) inferred("a", 30, i -> "3/" + (i % 28 + 1) + "/2026")).format())
                .isEqualTo(MomentFormat.MONTH_SLASH_DAY);
        assertThat(((Column.Moment) inferred("a", 30, i -> i % 12 + 1 + "/3/2026")).format())
                .isEqualTo(MomentFormat.MONTH_SLASH_DAY);
        assertThat(notes)
                .contains("t.csv: column a: no date tells day from month, the first number is taken for the month");
    }

    @Test
    void whatIsSetAside() throws IOException {
        assertThat(aside("a", 20, i -> "")).isEqualTo("t.csv: column a is set aside: it has no value in any row");
        assertThat(aside("a", 20, i -> i == 0 ? "" : i % 2 == 0 ? 1 : "1.0"))
                .isEqualTo("t.csv: column a is set aside: it has one value alone in all rows that have one");
        assertThat(aside("a", 20, i -> 7 + i)).contains("whole numbers that go up by one from row to row");
        assertThat(aside("customer_id", 20, i -> 31 * i % 64)).contains("an identifier's name");
        assertThat(inferred("paid", 20, i -> 31 * i % 64)).isInstanceOf(Column.Numeric.class);
        assertThat(inferred("id", 20, i -> 31 * i % 16)).isInstanceOf(Column.Numeric.class);
        assertThat(aside("a", 20, i -> "text " + i)).contains("texts of which too many differ (20 in 20 rows)");
        assertThat(message(column("a", 20, i -> "text " + i), DEFAULTS.withIgnore(List.of("x"))))
                .isEqualTo("t.csv: found no column that can be used, expected at least one;"
                        + " column a is set aside: it has texts of which too many differ (20 in 20 rows)");
    }

    @Test
    void columnsThatAreAskedForAreNotSetAside() throws IOException {
        TableOptions asked = DEFAULTS.withColumns(List.of("id"));
        assertThat(table(column("id", 20, i -> 7 + i), asked).names()).containsExactly("id");
        assertThat(message(column("id", 20, i -> ""), asked))
                .isEqualTo("t.csv: column id: found no value in any row,"
                        + " expected a column that can be used, since it was asked for");
        assertThat(message(column("id", 20, i -> "text " + i), asked)).contains("texts of which too many differ");
        assertThat(message(column("a", 20, i -> i), asked))
                .isEqualTo("t.csv: line 1: found no column id, expected it among 2; the nearest is a");
        assertThat(message("1,2\n3,4\n", asked))
                .isEqualTo("t.csv: line 1: found a row and no names of columns, expected a header with the column id;"
                        + " --header yes takes the first line for one");
    }

    @Test
    void aColumnThatChangesItsKindIsToldWithItsLine() throws IOException {
        assertThat(message(column("a", 100, i -> i < 50 ? i * 1.5 : "abc"), DEFAULTS))
                .isEqualTo(
                        "t.csv: line 52, column 1 (a): found 'abc', expected a finite number as in the 50 rows before");
        assertThat(message(column("a", 100, i -> i == 0 ? "abc" : i * 1.5), DEFAULTS))
                .isEqualTo("t.csv: line 2, column 1 (a): found 'abc', expected a finite number");
        assertThat(message(column("a", 100, i -> i < 98 ? "2026-01-%02d".formatted(i % 28 + 1) : "x"), DEFAULTS))
                .isEqualTo("t.csv: line 100, column 1 (a): found 'x',"
                        + " expected a date such as 2026-11-23 or 2026-11-23T08:15:30 as in the 98 rows before");
    }

    @Test
    void whereAColumnChangesItsKindStandsInItsNote() throws IOException {
        assertThat(aside("a", 300, i -> i < 150 ? "text " + i : i * 1.5))
                .isEqualTo("t.csv: column a is set aside: it has texts of which too many differ (300 in 300 rows),"
                        + " and numbers from line 152 on");
        assertThat(aside("a", 30, i -> i < 15 ? i * 1.5 : "text " + i))
                .endsWith("texts of which too many differ (30 in 30 rows), and texts from line 17 on");
        assertThat(aside("a", 60, i -> i < 30 ? "2026-01-%02d".formatted(i + 1) : "text " + i))
                .endsWith("texts of which too many differ (60 in 60 rows), and texts from line 32 on");
        assertThat(aside("a", 30, i -> i % 7 == 3 ? i : "text " + i))
                .endsWith("(30 in 30 rows), and numbers among texts, the first in line 5");
        assertThat(inferred("a", 201, i -> i < 200 ? i % 9 + 1 : "abc"))
                .isEqualTo(new Column.Category("a", List.of("1", "2", "3", "4", "5", "6", "7", "8", "9"), false));
        assertThat(notes)
                .containsExactly(
                        "t.csv: 2 columns: category: a (9 values); number: x",
                        "t.csv: column a is taken for a category: it has texts from line 202 on");
        assertThat(inferred("a", 20, i -> i % 2 == 0 ? "red" : "blue")).isInstanceOf(Column.Category.class);
        assertThat(notes).hasSize(1);
    }

    @Test
    void zerosOfEitherSignAreOneKnot() throws IOException {
        Column.Numeric column = (Column.Numeric)
                inferred("a", 100, i -> i % 2 == 0 ? "-0.00" : i % 9 == 0 ? i * i * i : i % 4 == 1 ? "0.00" : i);
        Scaling.Quantiles scaling = (Scaling.Quantiles) column.scaling();
        assertThat(scaling.values()[0]).isEqualTo(0.0);
        assertThat(scaling.values()[1]).isEqualTo(3.0);
        assertThat(scaling.apply(-0.0)).isEqualTo(scaling.apply(0.0));
    }

    @Test
    void whatAScalingRefusesIsToldWithItsColumn() throws IOException {
        assertThat(message(column("a", 9, i -> i < 8 ? "-1e308" : "1.5e308"), DEFAULTS.withScaling(Scales.QUANTILE)))
                .isEqualTo("t.csv: column a: scaling: found values from -1.0E308 to 1.5E308, expected a finite range");
    }

    @Test
    void moreColumnsThanAModelFileHoldsAreRefusedBeforeTheSecondPass() throws IOException {
        int count = 15_000;
        StringBuilder text = new StringBuilder();
        for (int row = -1; row < 3; row++) {
            for (int c = 0; c < count; c++) {
                text.append(c > 0 ? "," : "").append(row < 0 ? "n" + c : String.valueOf(row * row + 0.5));
            }
            text.append('\n');
        }
        List<String> tasks = new ArrayList<>();
        SourceOptions options = SourceOptions.defaults()
                .withTable(DEFAULTS.withScaling(Scales.QUANTILE))
                .withProgress((task, done, total) -> tasks.add(task));
        Path file = Files.writeString(folder.resolve("wide.csv"), text);
        // A column with three knots takes 35 of the 2^19 values of a description, so that 14,979 have room.
        assertThatThrownBy(() -> CsvTable.open(file, options, Fixtures.environment(folder)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ": found 15000 columns for features, expected fewer:"
                        + " a model file holds the first 14941; --columns and --ignore choose among them");
        assertThat(tasks).containsExactly("looking through wide.csv");
    }

    @Test
    void aNameThatAModelFileDoesNotHold() throws IOException {
        assertThat(message(column("n".repeat(1_100_000), 5, i -> i * i), DEFAULTS))
                .startsWith("t.csv: column nnn")
                .contains("found JSON beyond the limits");
    }

    @Test
    void aCopyUnderAnotherNameIsToldOfByItsOwn() throws IOException {
        String text = column("a", 20, i -> i % 3);
        open(text, DEFAULTS).close();
        assertThat(notes).containsExactly("t.csv: 2 columns: number: a, x");
        long files = Fixtures.files(folder.resolve("cache"));
        Path copy = Files.writeString(folder.resolve("copy.csv"), text);
        notes.clear();
        SourceOptions options = SourceOptions.defaults().withProgress(new Notes(notes));
        CsvTable.open(copy, options, Fixtures.environment(folder)).close();
        assertThat(notes).containsExactly("copy.csv: 2 columns: number: a, x");
        assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(files);
    }

    @Test
    void anotherSeedDrawsOtherNumbers() throws IOException {
        Random random = new Random(1);
        String text = column("a", 110_000, i -> (float) Math.exp(2 * random.nextGaussian()));
        List<Scaling> scalings = new ArrayList<>();
        for (long seed : new long[] {1, 2, 1}) {
            try (Examples examples = open(text, SourceOptions.defaults().withSeed(seed))) {
                Table table = (Table) examples.input();
                scalings.add(((Column.Numeric) table.columns().get(0)).scaling());
            }
        }
        assertThat(scalings.get(0)).isInstanceOf(Scaling.Quantiles.class).isNotEqualTo(scalings.get(1));
        assertThat(scalings.get(2)).isEqualTo(scalings.get(0));
    }

    @Test
    void badRowsAreSkippedCountedAndTold() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 100; i++) {
            switch (i) {
                case 10 -> text.append("1\n");
                case 20 -> text.append("1,2,3\n");
                case 30 -> text.append("1,\"2\n");
                case 40 -> text.append("\n");
                case 50, 60 -> text.append("abc,2\n");
                default -> text.append(i * 1.5).append(',').append(i % 7).append('\n');
            }
        }
        TableOptions skip = DEFAULTS.withBadRows(BadRows.SKIP).withScaling(Scales.NONE);
        for (int round = 0; round < 2; round++) {
            try (Examples examples = open(text.toString(), skip)) {
                assertThat(examples.size()).isEqualTo(94);
                assertThat(examples.origin(9)).isEqualTo(9);
                assertThat(examples.origin(10)).isEqualTo(11);
                assertThat(examples.origin(93)).isEqualTo(98);
                assertThat(examples.select(2, i -> 93 - i, "last").origin(0)).isEqualTo(98);
                assertThat(examples.example(93)).containsExactly(148.5f, 99 % 7);
            }
            assertThat(notes)
                    .containsExactly(
                            "t.csv: 2 columns: number: a, b",
                            "t.csv: 6 of 99 rows passed over: 1 with too few fields (first in line 12),"
                                    + " 1 with too many fields (first in line 22),"
                                    + " 1 with a quoted field without an end (first in line 32),"
                                    + " 1 with a blank line (first in line 42),"
                                    + " 2 with no number in column a (first in line 52)");
        }
        assertThat(message(text.toString(), DEFAULTS))
                .isEqualTo("t.csv: line 12, column 2 (b): found the end of the line, expected 2 fields");
        assertThat(message("a,b\nx\ny\n", skip)).startsWith("t.csv: found no column that can be used");
    }

    @Test
    void aBrokenByteIsSkippedWithItsRowAlone() throws IOException {
        byte[] text = "a,b\n1,2\n3,?\n5,7\n".getBytes(StandardCharsets.UTF_8);
        text[10] = (byte) 0xe9;
        Path file = Fixtures.write(folder.resolve("b.csv"), text);
        SourceOptions options = SourceOptions.defaults()
                .withTable(DEFAULTS.withBadRows(BadRows.SKIP))
                .withProgress(new Notes(notes));
        try (Examples examples = CsvTable.open(file, options, Fixtures.environment(folder))) {
            assertThat(examples.size()).isEqualTo(2);
        }
        assertThat(notes.get(1))
                .isEqualTo("b.csv: 1 of 3 rows passed over: 1 with bytes of another encoding (first in line 3)");
    }

    @Test
    void aModelsColumnsAreFoundByName() throws IOException {
        String train = "a,kind,b\n" + "1,red,2\n3,blue,5\n2,red,9\n4,blue,1\n".repeat(4);
        Table contract = table(train, DEFAULTS);
        TableOptions model = DEFAULTS.withContract(contract);
        try (Examples examples = open("more,b,a,kind\nx,5,3,green\ny,,2,red\n", model)) {
            assertThat(examples.input()).isEqualTo(contract);
            assertThat(examples.example(0)).containsExactly(contract.features(Map.of("a", 3, "b", 5, "kind", "green")));
            assertThat(examples.example(1)[4]).isNaN();
        }
        assertThat(notes).isEmpty();
        assertThat(message("a,kinds,b\n1,red,2\n", model))
                .isEqualTo("t.csv: line 1: found no column kind, expected it among 3; the nearest is kinds");
        assertThat(message("1,red,3\n", model))
                .startsWith("t.csv: line 1: found a row and no names of columns, expected a header with the column a");
        assertThat(message("a,kind,b\n1,red,x\n", model))
                .isEqualTo("t.csv: line 2, column 3 (b): found 'x', expected a finite number");
        assertThatThrownBy(() -> model.withScaling(Scales.ROBUST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scaling: found it with a model, expected it without: the model says what its columns are");
        Table numbered = table("1,2\n3,5\n4,1\n", DEFAULTS);
        try (Examples examples = open("1,2\n", DEFAULTS.withContract(numbered))) {
            assertThat(examples.input()).isEqualTo(numbered);
        }
    }

    @Test
    void aSchemaSaysTheKinds() throws IOException {
        Schema schema = new Schema.Builder()
                .addColumnCategorical("code", "1", "2", "9")
                .addColumnDouble("x")
                .addColumnTime("at", DateTimeZone.UTC)
                .addColumnBoolean("on")
                .build();
        Path file = Files.writeString(folder.resolve("schema.json"), schema.toJson());
        TableOptions said = DEFAULTS.withSchema(file);
        StringBuilder text = new StringBuilder("on,other,at,x,code\n");
        for (int i = 0; i < 30; i++) {
            text.append(
                    "%s,a%d,%d,%d,%d\n".formatted(i % 2 == 0, i, 1_700_000_000_000L + 86_400_000L * i, i, i % 2 + 1));
        }
        Table table = table(text.toString(), said);
        assertThat(table.names()).containsExactly("code", "x", "at", "on");
        assertThat(table.columns().get(0)).isEqualTo(new Column.Category("code", List.of("1", "2", "9"), false));
        assertThat(table.columns().get(1)).isInstanceOf(Column.Numeric.class);
        assertThat(((Column.Moment) table.columns().get(2)).format()).isEqualTo(MomentFormat.EPOCH_MILLIS);
        assertThat(((Column.Moment) table.columns().get(2)).cycles()).containsExactly(Cycle.WEEK);
        assertThat(table.columns().get(3)).isEqualTo(new Column.Flag("on", "false", "true", false));
        assertThat(message(text.toString().replace(",x,", ",y,"), said))
                .isEqualTo("t.csv: line 1: found no column x, expected it among 5; the nearest is y");
        assertThat(message(text.toString().replace(",1,2\n", ",one,2\n"), said))
                .isEqualTo(
                        "t.csv: line 3, column 4 (x): found 'one', expected a finite number as in the 1 rows before");
        assertThat(table("1,2,1700000000000,true\n2,3,1700090000000,false\n", said)
                        .names())
                .containsExactly("code", "x", "at", "on");
        Files.writeString(file, "{\"columns\": 7}");
        assertThat(message("a\n", said)).startsWith("schema.json: found JSON that DataVec does not take (");
        Files.writeString(file, "{");
        assertThat(message("a\n", said)).startsWith("schema.json: found text that is no JSON (");
        Files.writeString(file, schema.toJson().replace("org.datavec.api.transform.metadata.Dou", "java.lang.Dou"));
        assertThat(message("a\n", said))
                .contains("found the class java.lang.DoubleMetaData, expected DataVec's own alone");
    }

    @Test
    void aTransformProcessRunsFirst() throws IOException {
        Schema schema =
                new Schema.Builder().addColumnDouble("a").addColumnString("b").build();
        TransformProcess process = new TransformProcess.Builder(schema)
                .filter(new ConditionFilter(new DoubleColumnCondition("a", ConditionOp.GreaterThan, 100)))
                .doubleMathOp("a", MathOp.Multiply, 10)
                .removeColumns("b")
                .build();
        Path file = Files.writeString(folder.resolve("transform.json"), process.toJson());
        TableOptions first = DEFAULTS.withTransform(file).withScaling(Scales.NONE);
        try (Examples examples = open("b,a\nx,1\ny,200\nz,3\n", first)) {
            assertThat(examples.read(0, 2).data()).containsExactly(10, 30);
            assertThat(IntStream.range(0, 2).map(examples::origin)).containsExactly(0, 2);
            assertThat(notes).contains("t.csv: 1 of 3 rows taken out by the transform process");
        }
        assertThat(message("b,a\nx,1\ny,one\nz,3\n", first))
                .startsWith("t.csv: line 3: found a record that the transform process does not take (");
        try (Examples examples = open("b,a\nx,1\ny,one\nz,3\n", first.withBadRows(BadRows.SKIP))) {
            assertThat(IntStream.range(0, 2).map(examples::origin)).containsExactly(0, 2);
        }
        TransformProcess sequences =
                new TransformProcess.Builder(schema).convertToSequence().build();
        Files.writeString(file, sequences.toJson());
        assertThat(message("b,a\nx,1\n", first))
                .startsWith("transform.json: step 1: found ")
                .endsWith("expected a transform or a filter, which takes one record at a time");
    }

    @Test
    void optionsThatDoNotGoTogether() {
        assertThatThrownBy(() -> DEFAULTS.withColumns(List.of("a")).withIgnore(List.of("a")))
                .hasMessage("ignore: found a, expected no column that is to be used");
        assertThatThrownBy(() -> DEFAULTS.withClip(0))
                .hasMessage("clip: found 0.0, expected a number above 0 and a scaling");
        assertThatThrownBy(() -> Scales.parse("log"))
                .hasMessage("scaling: found log, expected auto, standard, robust, min-max, quantile, none");
        assertThatThrownBy(() -> Sources.open(
                        "strokes", Part.TRAIN, SourceOptions.defaults().withTable(DEFAULTS.withSeparator(';'))))
                .hasMessage("options of tables: found it with the source strokes, expected it with csv:FILE alone");
    }
}
