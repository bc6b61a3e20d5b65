package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.bench.Combinations.Best;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CombinationsTest {
    @Test
    void candidatesAreAllChoicesOfAtLeastOne() {
        assertThat(Combinations.subsets(List.of("a", "b", "c")).stream().map(Combinations::name))
                .containsExactly("a", "b", "a+b", "c", "a+c", "b+c", "a+b+c");
        assertThat(Combinations.subsets(List.of("a", "b", "c", "d"))).hasSize(15);
    }

    @Test
    void theSetThatIsLeftOutHasNoSayInTheChoice() {
        // In sample b is best with (60 + 60 + 99) / 3. Without the third set a is best, which is bad on the third.
        Combinations combinations = new Combinations(
                "d",
                List.of(
                        Map.of("a", 0.7, "b", 0.6, "d", 0.5),
                        Map.of("a", 0.7, "b", 0.6, "d", 0.5),
                        Map.of("a", 0.3, "b", 0.99, "d", 0.5)));
        assertThat(combinations.ofStandard()).isEqualTo(50, within(1e-9));
        assertThat(combinations.inSample().name()).isEqualTo("b");
        assertThat(combinations.inSample().auroc()).isEqualTo(73, within(1e-9));
        // On the first and the second the choice is b, on the third a.
        assertThat(combinations.leavingOneOut()).isEqualTo(50, within(1e-9));
        assertThat(combinations.text()).isEqualToNormalizingNewlines("""
                        default combination d: 50.0
                        best combination in sample b: 73.0
                        best combination on the others, leaving one set out: 50.0
                        """);
        assertThat(combinations.json()).containsOnlyKeys("default", "bestInSample", "leavingOneSetOut");
    }

    @Test
    void theDefaultStaysWhereNoneIsBetterAndOneSetLeavesNoOther() {
        Combinations one = new Combinations("d", List.of(Map.of("a", 0.7, "d", 0.7)));
        assertThat(one.inSample()).isEqualTo(new Best("d", 70));
        assertThat(one.leavingOneOut()).isNaN();
        assertThat(one.text()).doesNotContain("leaving one set out");
        assertThat(one.json()).containsOnlyKeys("default", "bestInSample");
    }
}
