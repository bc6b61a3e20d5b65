package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.bench.AnomalyReport.Robust;
import io.github.latent4j.bench.AnomalyReport.Row;
import io.github.latent4j.bench.AnomalySet.Pair;
import io.github.latent4j.bench.AnomalySet.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyReportTest {
    @TempDir
    Path folder;

    private static Result result(double auroc, Map<String, Double> parts) {
        return new Result(100, 50, 7, auroc, parts, 2);
    }

    @Test
    void meansAreOverTheSetsThatHaveAValue() {
        AnomalyReport report = new AnomalyReport(
                List.of(
                        new Row("a", result(0.9, Map.of("codes", 0.6)), Optional.empty()),
                        new Row("b", result(0.8, Map.of("codes", 0.7)), Optional.empty())),
                Map.of("c", "no rows"),
                Map.of("a", Map.of("knn5", 91.0), "c", Map.of("knn5", 10.0)));
        assertThat(report.table().text()).isEqualTo("""
                        set   train  test  columns  seconds  AUROC  codes  knn5
                        a       100    50        7      2.0   90.0   60.0  91.0
                        b       100    50        7      2.0   80.0   70.0
                        mean                                  85.0   65.0  91.0
                        """);
        assertThat(report.summary())
                .isEqualToNormalizingNewlines("2 of 3 sets measured in 4 s; AUROC times 100.\nfailed: c: no rows\n");
        assertThat(report.json())
                .containsEntry("seconds", 4.0)
                .containsEntry("failures", Map.of("c", "no rows"))
                .containsEntry("means", Map.of("AUROC", 85.0, "codes", 65.0, "knn5", 91.0));
    }

    @Test
    void robustFitsStandBesideCleanOnes() {
        Row row = new Row("a", result(0.75, Map.of()), Optional.of(new Robust(0.05, result(0.5, Map.of()))));
        assertThat(new AnomalyReport(List.of(row), Map.of(), Map.of()).table().text())
                .contains("AUROC  anomalies in training, %  robust  robust − clean")
                .contains("75.0                       5.0    50.0           -25.0");
    }

    @Test
    void anomaliesMoveFromTheTestPartToTheTrainingPart() throws IOException {
        Path train = Files.writeString(folder.resolve("train.csv"), "x,y\n" + "1,2\n".repeat(18));
        Path test = Files.writeString(
                folder.resolve("test.csv"), "x,y,label\n3,4,0\n5,1,1\n6,1,1\n3,5,0\n7,1,1\n8,1,1\n9,9,1\n");
        Path into = Files.createDirectory(folder.resolve("made"));
        Pair pair = new AnomalySet(train, test).contaminated(0.1, 1, into);
        List<String> mixed = Files.readAllLines(pair.contaminated().train());
        assertThat(mixed).hasSize(21).startsWith("x,y", "1,2");
        assertThat(pair.share()).isEqualTo(0.1);
        assertThat(pair.clean())
                .isEqualTo(new AnomalySet(train, pair.contaminated().test()));
        List<String> left = Files.readAllLines(pair.clean().test());
        assertThat(left).hasSize(6).contains("x,y,label", "3,4,0", "3,5,0");
        assertThat(mixed.subList(19, 21)).doesNotHaveDuplicates().allSatisfy(row -> assertThat(left)
                .doesNotContain(row + ",1"));
        // At most half of the anomalies are taken.
        assertThat(new AnomalySet(train, test).contaminated(0.4, 1, into).share())
                .isEqualTo(0.1);
    }

    @Test
    void baselinesAreReadWhereThereAreSome() throws IOException {
        Path file = folder.resolve("baselines.json");
        assertThat(AnomalyCommand.baselines(file)).isEmpty();
        Files.writeString(file, "{\"a\": {\"knn5\": 90, \"lof\": 80.5}}");
        assertThat(AnomalyCommand.baselines(file)).containsExactly(Map.entry("a", Map.of("knn5", 90.0, "lof", 80.5)));
    }
}
