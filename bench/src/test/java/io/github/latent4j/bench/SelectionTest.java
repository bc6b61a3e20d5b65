package io.github.latent4j.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private static Optional<String> without(String peer) {
        return peer.equals("gpu") ? Optional.of("no gpu") : Optional.empty();
    }

    @Test
    void eachPeerIsTakenOnceAndThoseThatCannotRunAreSkipped() throws IOException {
        assertThat(Selection.of(List.of("b", "gpu", "a", "b"), SelectionTest::without))
                .isEqualTo(new Selection(List.of("b", "a"), Map.of("gpu", "no gpu")));
    }

    @Test
    void oneAtLeastMustRun() {
        assertThatThrownBy(() -> Selection.of(List.of("gpu"), SelectionTest::without))
                .isInstanceOf(IOException.class)
                .hasMessage("found no peer that runs on this machine, expected at least one: {gpu=no gpu}");
    }
}
