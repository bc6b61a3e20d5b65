package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingCurvesTest {
    private static final String HEADER = "phase,epoch,loss,kl,validationLoss,validationKl\r\n";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("metrics.csv"), text);
    }

    @Test
    void lossesAndKlAreDrawn() throws IOException {
        assertThat(TrainingCurves.read(
                        file(HEADER + "\"training\",1,3.5,1.0,4.5,1.5\r\n\"training\",2,2.5,2.0,3.5,2.5\r\n")))
                .extracting(Chart::name, Chart::series)
                .containsExactly(
                        tuple(
                                "training-loss",
                                List.of(
                                        new Line("training", List.of(1.0, 2.0), List.of(3.5, 2.5)),
                                        new Line("validation", List.of(1.0, 2.0), List.of(4.5, 3.5)))),
                        tuple(
                                "training-kl",
                                List.of(
                                        new Line("training", List.of(1.0, 2.0), List.of(1.0, 2.0)),
                                        new Line("validation", List.of(1.0, 2.0), List.of(1.5, 2.5)))));
    }

    @Test
    void theLastPhaseIsDrawnWithoutWhatIsNotThere() throws IOException {
        assertThat(
                        TrainingCurves.read(
                                file(
                                        HEADER
                                                + "\"a, \"\"b\"\"\",1,9,,,\r\n\"fine\",1,3.5,,,\r\n\"fine\",2,NaN,,,\r\n\"fine\",3,1.5,,,\r\n")))
                .singleElement()
                .satisfies(chart -> assertThat(chart.series())
                        .isEqualTo(List.of(new Line("training", List.of(1.0, 3.0), List.of(3.5, 1.5)))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | found no column phase in line 1, expected the metrics of a training",
                "a,b | found no column phase in line 1, expected the metrics of a training",
                "phase,epoch,loss | found no epoch, expected at least one",
                "phase,epoch,loss;t,1 | line 2: found 2 fields, expected 3",
                "phase,epoch,loss;t,1,much | line 2, column loss: found 'much', expected a number",
                "phase,epoch,loss;t,1,NaN | found no finite loss, expected one an epoch",
            })
    void damageIsTold(String text, String message) throws IOException {
        Path file = file(text.replace(';', '\n'));
        assertThatThrownBy(() -> TrainingCurves.read(file))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage()).replace('"', '\''))
                        .startsWith(file + ": ")
                        .endsWith(message));
    }

    @Test
    void aMissingFileIsTold() {
        Path file = folder.resolve("none.csv");
        assertThatThrownBy(() -> TrainingCurves.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found no such file, expected the metrics of a training", file);
    }

    @Test
    void bytesThatAreNoTextAreTold() throws IOException {
        Path file = Files.write(folder.resolve("bytes.csv"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> TrainingCurves.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage("%s: found bytes that are not UTF-8, expected the metrics of a training", file);
    }
}
