package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OnnxEverywhereTest {
    @Test
    void onnxRuntimeSaysTheSame() throws Exception {
        OnnxEverywhere.Outcome outcome = Lessons.run(OnnxEverywhere.class, OnnxEverywhere::run);
        assertThat(outcome.difference())
                .hasValueSatisfying(difference -> assertThat(difference).isLessThan(1e-4));
        assertThat(Lessons.folder(OnnxEverywhere.class)).isDirectoryContaining("glob:**/decoder.onnx");
    }
}
