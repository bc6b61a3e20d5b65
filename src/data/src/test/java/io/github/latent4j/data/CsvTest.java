package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.data.TableOptions.Header;
import io.github.latent4j.data.TableOptions.Scales;
import io.github.latent4j.runtime.InputContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    private static final TableOptions TABLE = TableOptions.defaults().withScaling(Scales.NONE);
    private static final SourceOptions PLAIN = SourceOptions.defaults().withTable(TABLE);

    private final Path folder;

    CsvTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Examples open(byte[] content, SourceOptions options) throws IOException {
        return CsvTable.open(Fixtures.write(folder.resolve("t.csv"), content), options, Fixtures.environment(folder));
    }

    private Examples open(String text, SourceOptions options) throws IOException {
        return open(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private String message(byte[] content, SourceOptions options) throws IOException {
        try (Examples examples = open(content, options)) {
            throw new AssertionError("opened " + examples.input());
        } catch (InvalidDataException e) {
            assertThat(Fixtures.files(folder.resolve("cache"))).isZero();
            return String.valueOf(e.getMessage()).replace(folder + "/", "");
        }
    }

    private String message(String text, SourceOptions options) throws IOException {
        return message(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private String message(String text, TableOptions table) throws IOException {
        return message(text, PLAIN.withTable(table));
    }

    private String message(String text) throws IOException {
        return message(text, PLAIN);
    }

    @Test
    void theFirstLineNamesTheColumns() throws IOException {
        try (Examples table = open("width, \"height, cm\"\r\n1,2.5\r\n-3e2,.5\r\n\r\n  \r\n", PLAIN)) {
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.name()).isEqualTo("t.csv");
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("width", "height, cm")));
            assertThat(table.read(0, 2).data()).containsExactly(1, 2.5f, -300, 0.5f);
            assertThat(table.labelNames()).isEmpty();
        }
    }

    @Test
    void numbersAloneAreNoHeader() throws IOException {
        try (Examples table = open("1,2\n3,\"4\"", PLAIN)) {
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("c0", "c1")));
            assertThat(table.read(0, 2).data()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void anUnnamedColumnAndAByteOrderMarkAreFine() throws IOException {
        try (Examples table = open("\uFEFF,b\n1,2\n3,4\n", PLAIN)) {
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("c0", "b")));
        }
    }

    @Test
    void aFirstLineOfMoreNumbersThanWordsIsARow() throws IOException {
        try (Examples table = open("5.1,3.5,setosa\n4.9,3,virginica\n", PLAIN.withLabel("c2"))) {
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.labelNames()).containsExactly("setosa", "virginica");
        }
        try (Examples table = open("1,nan\n3,4\n2,5\n", PLAIN)) {
            assertThat(table.read(0, 3).data()).containsExactly(1, Float.NaN, 1, 3, 4, 0, 2, 5, 0);
        }
    }

    @Test
    void datesAndNumbersWithCommasAreNoNames() throws IOException {
        try (Examples table = open("2026-01-01;1,5\n2026-01-02;2,5\n", PLAIN.withTable(TABLE.withDecimalComma(true)))) {
            assertThat(table.size()).isEqualTo(2);
            assertThat(table.input().featureNames()).contains("c1");
        }
    }

    @Test
    void theHeaderCanBeSaid() throws IOException {
        try (Examples table = open("2019,2020\n1,2\n3,4\n", PLAIN.withTable(TABLE.withHeader(Header.YES)))) {
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("2019", "2020")));
        }
        try (Examples table = open("a,b\nc,b\na,d\na,d\nc,d\n", PLAIN.withTable(TABLE.withHeader(Header.NO)))) {
            assertThat(table.size()).isEqualTo(5);
            assertThat(table.input().featureNames())
                    .containsExactly("c0=a", "c0=c", "c0 is another", "c1=b", "c1=d", "c1 is another");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {"','#1,2", "';'#1;2", "'\t'#1\t2", "'|'#1|2"})
    void theSeparatorIsFound(char separator, String row) throws IOException {
        String text = ("a,b\n" + row.replace(separator, ',') + "\n3,4\n5,6\n").replace(',', separator);
        try (Examples table = open(text, PLAIN)) {
            assertThat(table.read(0, 3).data()).containsExactly(1, 2, 3, 4, 5, 6);
        }
        try (Examples table = open(text, PLAIN.withTable(TABLE.withSeparator(separator)))) {
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("a", "b")));
        }
    }

    @Test
    void decimalCommasAreReadWhereTheyAreSaid() throws IOException {
        String text = "a;b\n1.234,5;1\n-0,25;2\n7;3,\n";
        try (Examples table = open(text.replace("3,", "3"), PLAIN.withTable(TABLE.withDecimalComma(true)))) {
            assertThat(table.read(0, 3).data()).containsExactly(1234.5f, 1, -0.25f, 2, 7, 3);
        }
    }

    @Test
    void decimalCommasThatAreNotSaidAreTold() throws IOException {
        assertThat(message("a;b\n1.234,5;1\n-0,25;2\n7;3\n"))
                .isEqualTo("t.csv: line 2, column a: found '1.234,5', expected numbers with a decimal point;"
                        + " numbers with a decimal comma are read with --decimal-comma");
        assertThat(message("a\n" + "1\n2\n".repeat(2) + numbers(30) + "\"0,5\"\n"))
                .endsWith("line 36, column 1 (a): found '0,5', expected a finite number as in the 34 rows before;"
                        + " numbers with a decimal comma are read with --decimal-comma");
    }

    private static String numbers(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i * i).append('\n');
        }
        return text.toString();
    }

    @Test
    void otherEncodingsAreRead() throws IOException {
        String text = "größe,b\n1,2\n3,4\n";
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16)) {
            try (Examples table = open(text.getBytes(charset), PLAIN.withTable(TABLE.withCharset(charset)))) {
                assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("größe", "b")));
            }
        }
        for (Charset charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            try (Examples table = open(("\uFEFF" + text).getBytes(charset), PLAIN)) {
                assertThat(table.read(0, 2).data()).containsExactly(1, 2, 3, 4);
            }
        }
    }

    @Test
    void utf16WithoutAMarkIsTold() throws IOException {
        assertThat(message("a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE), PLAIN))
                .isEqualTo("t.csv: line 1, byte 2: found 0x00, expected text in UTF-8;"
                        + " UTF-16 without a byte order mark has to be named");
    }

    @Test
    void quotedFieldsMayGoOverLines() throws IOException {
        String text = "\"a\nb\",kind\n1,\"x\ny\"\n2,z\n3,z\n4,\"x\ny\"\n";
        try (Examples table = open(text, PLAIN)) {
            assertThat(table.size()).isEqualTo(4);
            assertThat(table.input().featureNames()).containsExactly("a\nb", "kind=x\ny", "kind=z", "kind is another");
        }
    }

    @Test
    void wordsBecomeLabels() throws IOException {
        SourceOptions options = PLAIN.withLabel("kind");
        try (Examples table = open("a,kind,b\n1,red,2\n3,\"blue, dark\",4\n5,red,6\n", options)) {
            assertThat(table.input()).isEqualTo(InputContract.Table.ofNumbers(List.of("a", "b")));
            assertThat(table.read(0, 3).data()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(table.labelNames()).containsExactly("blue, dark", "red");
            assertThat(IntStream.range(0, 3).map(table::label)).containsExactly(1, 0, 1);
        }
    }

    @Test
    void wholeNumbersAreTheirOwnLabels() throws IOException {
        try (Examples table = open("a,label\n1,3\n2,0\n", PLAIN.withLabel("label"))) {
            assertThat(table.labelNames()).containsExactly("0", "1", "2", "3");
            assertThat(IntStream.range(0, 2).map(table::label)).containsExactly(3, 0);
        }
        try (Examples table = open("1,3\n2,-1\n", PLAIN.withLabel("c1"))) {
            assertThat(table.labelNames()).containsExactly("-1", "3");
            assertThat(IntStream.range(0, 2).map(table::label)).containsExactly(1, 0);
        }
    }

    @Test
    void aTableIsSpooledOnceForEachContentAndLabel() throws IOException {
        List<String> reports = new ArrayList<>();
        SourceOptions options = PLAIN.withProgress((task, done, total) -> reports.add(task + " " + done + "/" + total));
        String text = "a,label\n1,3\n2,5\n";
        open(text, options).close();
        assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(2);
        List<String> digests = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            try (Examples table = open(text, options.withLabel("label"))) {
                digests.add(table.sha256());
            }
        }
        assertThat(digests.get(0)).isEqualTo(digests.get(1));
        assertThat(Fixtures.files(folder.resolve("cache"))).isEqualTo(5);
        assertThat(reports)
                .containsExactly(
                        "looking through t.csv 2/2",
                        "reading t.csv 2/2",
                        "looking through t.csv 2/2",
                        "reading t.csv 2/2");
    }

    @Test
    void gzipAndManyRowsAreRead() throws IOException {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 30_000; i++) {
            text.append(i).append(',').append(-i * 0.5).append('\n');
        }
        byte[] content = Fixtures.gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        try (Examples table = open(content, PLAIN.withTable(TABLE.withColumns(List.of("a", "b"))))) {
            assertThat(table.size()).isEqualTo(30_000);
            assertThat(table.read(new int[] {29_999, 0, 17}).data())
                    .containsExactly(29_999, -14_999.5f, 0, 0, 17, -8.5f);
        }
    }

    @Test
    void tooFewFields() throws IOException {
        assertThat(message("a,b,c\n1,2,3\n4,5\n"))
                .isEqualTo("t.csv: line 3, column 3 (c): found the end of the line, expected 3 fields");
    }

    @Test
    void tooManyFields() throws IOException {
        assertThat(message("a,b\n1,2\n4,5,6\n")).isEqualTo("t.csv: line 3, column 3: found 3 fields, expected 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blue", "-Infinity", "1f", "0x1p3", "1-2", "1.2.3", "1e999"})
    void whatIsNoNumberAmongNumbers(String field) throws IOException {
        assertThat(message("a\n" + numbers(21) + field + "\nx\ny\n"))
                .isEqualTo("t.csv: line 23, column 1 (a): found '" + field
                        + "', expected a finite number as in the 21 rows before");
    }

    @Test
    void aNumberOutOfRange() throws IOException {
        assertThat(message("1e39,2\n3,4\n"))
                .isEqualTo(
                        "t.csv: line 1, column 1 (c0): found '1e39', expected a number that single precision holds when it is scaled");
    }

    @Test
    void noRows() throws IOException {
        assertThat(message("")).isEqualTo("t.csv: line 1: found the end of the file, expected a table");
        assertThat(message("\n1,2\n")).isEqualTo("t.csv: line 1: found a blank line, expected a table");
        assertThat(message("a,b\n"))
                .isEqualTo("t.csv: line 2: found the end of the file, expected a row behind the header");
    }

    @Test
    void aBlankLineAmongTheRows() throws IOException {
        assertThat(message("a,b\n1,2\n\n\n3,4\n")).isEqualTo("t.csv: line 3: found a blank line, expected 2 fields");
    }

    @Test
    void aQuoteWithoutEnd() throws IOException {
        assertThat(message("a,b\n1,\"2\n"))
                .isEqualTo("t.csv: line 2: found a quoted field without an end, expected one within 1000 lines");
    }

    @Test
    void twoColumnsOfOneName() throws IOException {
        assertThat(message("a,b,a\n1,2,3\n"))
                .isEqualTo("t.csv: line 1, column 3: found the name a a second time, expected another");
    }

    @Test
    void aLabelColumnThatIsNotThere() throws IOException {
        assertThat(message("a,label\n1,2\n", PLAIN.withLabel("lable")))
                .isEqualTo("t.csv: line 1: found no column lable, expected it among 2; the nearest is label");
        assertThat(message("label\n1\n", PLAIN.withLabel("label")))
                .isEqualTo("t.csv: line 1: found no column but those that are left out, expected one for features");
        assertThat(message("a,label\n1,\n", PLAIN.withLabel("label")))
                .isEqualTo("t.csv: line 2, column 2 (label): found an empty field, expected a label");
    }

    @Test
    void bytesThatAreNoUtf8() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("a,b\n1,2\n3,".getBytes(StandardCharsets.UTF_8));
        content.write(0xe9);
        content.write('\n');
        assertThat(message(content.toByteArray(), PLAIN))
                .isEqualTo("t.csv: line 3, byte 3: found 0xe9, expected UTF-8");
    }

    @Test
    void noFile() {
        Path missing = folder.resolve("missing.csv");
        assertThatThrownBy(() -> Sources.csv(missing, PLAIN))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(missing + ": found nothing there, expected a CSV file");
    }
}
