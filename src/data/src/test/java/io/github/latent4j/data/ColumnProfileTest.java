package io.github.latent4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.data.ColumnKinds.Kind;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** How many texts are counted of columns. */
class ColumnProfileTest {
    private final TextRoom room = new TextRoom(10);

    private ColumnProfile profile(String name, Kind kind, int rows, IntFunction<Object> cell) {
        ColumnProfile profile = new ColumnProfile(name, kind, false, room, new Sample(256, 1));
        for (int i = 0; i < rows; i++) {
            profile.add(String.valueOf(cell.apply(i)), i + 2);
        }
        return profile;
    }

    @Test
    void numbersAreCountedAsTextsAsLongAsTheyMayBeCodes() {
        assertThat(profile("a", Kind.ANY, 1000, i -> i % 20).texts()).hasSize(20);
        ColumnProfile many = profile("a", Kind.ANY, 1000, i -> i % 30);
        assertThat(many.texts()).isEmpty();
        assertThat(many.isConstant()).isFalse();
        assertThat(profile("a", Kind.CATEGORY, 1000, i -> i % 30).texts()).hasSize(30);
    }

    @Test
    void identifiersAreCountedUntilOneComesTwice() {
        ColumnProfile own = profile("user_id", Kind.ANY, 31, i -> 7 * i);
        assertThat(own.texts()).hasSize(31);
        assertThat(own.areIdentifiers()).isTrue();
        ColumnProfile twice = profile("user_id", Kind.ANY, 31, i -> 7 * Math.max(1, i));
        assertThat(twice.texts()).isEmpty();
        assertThat(twice.areIdentifiers()).isFalse();
        assertThat(profile("user_id", Kind.ANY, 31, i -> 7 * i + 0.5).texts()).isEmpty();
    }

    @Test
    void columnsShareTheRoomForTexts() {
        assertThat(profile("a", Kind.ANY, 1000, i -> "v" + i % 40).texts()).hasSize(40);
        assertThat(profile("b", Kind.ANY, 1000, i -> "v" + i % 32).texts()).hasSize(32);
        // Two are left, which a column that has too many gives back.
        assertThat(profile("c", Kind.ANY, 1000, i -> "v" + i % 35).texts()).isEmpty();
        assertThat(profile("d", Kind.ANY, 1000, i -> "v" + i % 34).texts()).hasSize(34);
    }
}
