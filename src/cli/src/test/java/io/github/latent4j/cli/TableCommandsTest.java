package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.assertOneLine;
import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.Examples;
import io.github.latent4j.domain.ModelFile;
import io.github.latent4j.runtime.Column;
import io.github.latent4j.runtime.Column.Category;
import io.github.latent4j.runtime.Column.Cycle;
import io.github.latent4j.runtime.Column.Flag;
import io.github.latent4j.runtime.Column.Moment;
import io.github.latent4j.runtime.Column.Numeric;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.MomentFormat;
import io.github.latent4j.runtime.Scaling;
import io.github.latent4j.runtime.Scaling.Basis;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands write and say of a table: cells in their own units. */
class TableCommandsTest {
    private static final Table TABLE = new Table(List.of(
            new Numeric("weight, kg", new Scaling.Linear(Basis.STANDARD, 71.25, 12.5, 6), true),
            new Numeric("income", Scaling.NONE, false),
            new Category("colour", List.of("red", "a \"b\""), true),
            new Flag("smokes", "no", "yes", false),
            new Moment(
                    "seen",
                    MomentFormat.DAY_DOT_MONTH,
                    true,
                    LocalDate.of(2025, 1, 1),
                    LocalDate.of(2025, 12, 31),
                    Set.of(Cycle.DAY, Cycle.YEAR),
                    false)));

    @TempDir
    Path folder;

    private Path model(InputContract input) throws IOException {
        VaeSpec spec = VaeSpec.of(input.size(), 2).withHidden(3).withLikelihood(Likelihood.GAUSSIAN);
        Random random = new Random(1);
        float[] parameters = new float[spec.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) random.nextGaussian();
        }
        Path file = folder.resolve("m.zip");
        ModelFile.write(LatentModel.of(spec, parameters).withCard(ModelCard.of(input)), file);
        return file;
    }

    private static Matrix rows(Object[]... records) {
        return Matrix.of(Arrays.stream(records)
                .map(r -> TABLE.features(Arrays.asList(r)))
                .toArray(float[][]::new));
    }

    @Test
    void cellsAreWrittenInTheirOwnUnits() throws IOException {
        Path out = folder.resolve("out.csv");
        Matrix rows = rows(
                new Object[] {"80.3", "1e5", "a \"b\"", "no", "23.11.2025 08:15"},
                new Object[] {71, -0.5, "blue", true, "1.2.2025"});
        RowWriter.writeAlike(
                out,
                Examples.of(rows, TABLE, "rows", List.of("x", "y,z"), new int[] {1, 0}),
                TABLE,
                UnaryOperator.identity());
        assertThat(out).hasContent("""
                        "weight, kg",income,colour,smokes,seen,label
                        80.3,100000,"a ""b""\",no,23.11.2025 08:15:00,"y,z"
                        71,-0.5,(other),yes,01.02.2025 00:00:00,x
                        """);
        RowWriter.writeAlike(folder.resolve("out.idx"), Examples.of(rows, TABLE, "rows"), TABLE, m -> m);
        assertThat(folder.resolve("out.idx")).hasSize(4 + 2 * 4 + 2L * TABLE.size() * Float.BYTES);
    }

    @Test
    void missingCellsAreFilledAndOthersStay() throws IOException {
        Path out = folder.resolve("out.csv");
        Matrix rows = rows(new Object[] {80.3, 7, "red", "no", "23.11.2025"});
        Matrix holes = rows(new Object[] {null, 8, null, "yes", null});
        RowWriter.writeFilled(out, Examples.of(rows, TABLE, "rows"), TABLE, Optional.empty(), m -> holes);
        assertThat(Files.readAllLines(out)).last().isEqualTo("80.3,7,red,no,23.11.2025 00:00:00");
        // The other way round: what the examples have not comes from what the model makes of them.
        assertThat(RowWriter.filled(RowWriter.cells(TABLE, holes), RowWriter.cells(TABLE, rows)))
                .containsExactly(List.of("80.3", "8", "red", "yes", "23.11.2025 00:00:00"));
    }

    @Test
    void samplesOfATableAreRecords() throws IOException {
        Path out = folder.resolve("samples.csv");
        assertThat(run("sample", model(TABLE), "--count", 5, "--out", out).code())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(6).first().isEqualTo("\"weight, kg\",income,colour,smokes,seen");
        assertThat(lines.subList(1, 6))
                .allMatch(
                        line -> line.matches(
                                "-?[0-9.]+,-?[0-9.E-]+,(red|\"a \"\"b\"\"\"|\\(other\\)),(yes|no),\\d\\d\\.\\d\\d\\.2025 \\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void cellsThatAreThereStayAsTheyStandInTheFile() throws IOException {
        Path model = model(TABLE);
        Path data = folder.resolve("data.csv");
        // Another order, a column more, a broken row, a value and a date that training has not seen, a number beyond
        // the clip.
        Files.writeString(
                data,
                "seen,colour,x,income,smokes,\"weight, kg\"\n01.02.1999,mauve,1,12,yes,1e9\nsoon,red,1,1,no,1\n24.12.2030 18:00,,1,,no,70.25\n");
        Path out = folder.resolve("out.csv");
        assertThat(run("reconstruct", model, "--data", "csv:" + data, "--bad-rows", "skip", "--fill", "--out", out)
                        .code())
                .isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(1)).isEqualTo("1e9,12,mauve,yes,01.02.1999");
        assertThat(lines.get(2))
                .startsWith("70.25,")
                .endsWith(",no,24.12.2030 18:00")
                .doesNotContain(",,");
    }

    @Test
    void aTableOfNumbersIsFilledFromItsFile() throws IOException {
        Path model = model(Table.ofNumbers(List.of("a", "b")));
        Path data = folder.resolve("data.csv");
        Files.writeString(data, "a,b\n0.1,2\n-3,4.25\n");
        Path out = folder.resolve("out.csv");
        assertThat(run("reconstruct", model, "--data", "csv:" + data, "--fill", "--out", out)
                        .code())
                .isZero();
        assertThat(out).hasSameTextualContentAs(data);
        assertThat(run("reconstruct", model, "--data", "csv:" + data, "--out", out)
                        .code())
                .isZero();
        LatentModel loaded = LatentModel.load(model);
        float[] expected = loaded.reconstruct(new float[] {-3, 4.25f});
        String[] last = Files.readAllLines(out).get(2).split(",");
        assertThat(last).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(Float.parseFloat(last[i])).isEqualTo(expected[i]);
        }
    }

    @Test
    void onlyATableIsFilledAndOnlyInCsv() throws IOException {
        Path model = model(new InputContract.Vector(2));
        assertOneLine(
                run("reconstruct", model, "--data", "csv:x", "--fill", "--out", folder.resolve("o.idx")),
                2,
                "--fill: found --out %s, expected a .csv (see: latent4j reconstruct --help)"
                        .formatted(folder.resolve("o.idx")));
        assertOneLine(
                run("reconstruct", model, "--data", "csv:x", "--fill", "--out", folder.resolve("o.csv")),
                1,
                model + ": found a model of 2 numbers, expected one of a table, which alone has cells to fill");
    }

    @Test
    void inspectShowsTheColumns() throws IOException {
        assertThat(run("inspect", model(TABLE)).out())
                .containsPattern("(?m)^input +5 columns \\(number 2, category 1, yes or no 1, date 1\\): weight, kg, ")
                .containsPattern(
                        "(?m)^  weight, kg +number, standard: centre 71.2500, unit 12.5000, clip 6.00000, some missing$")
                .containsPattern("(?m)^  income +number$")
                .containsPattern("(?m)^  colour +category, 2 known values, some missing$")
                .containsPattern("(?m)^  smokes +yes or no, 'no' or 'yes'$")
                .containsPattern(
                        "(?m)^  seen +date, day.month.year with time, 2025-01-01 to 2025-12-31, cycles day, year$");
        double[] knots = {-1, 0, 40};
        List<Column> many = IntStream.range(0, 50)
                .<Column>mapToObj(i -> new Numeric("c" + i, new Scaling.Quantiles(knots, knots, 4), false))
                .toList();
        assertThat(run("inspect", model(new Table(many))).out())
                .containsPattern("(?m)^  c39 +number, quantile: 3 knots from -1.00000 to 40.0000, clip 4.00000$")
                .doesNotContain("c40")
                .containsPattern("(?m)^  … +10 columns more$");
    }
}
