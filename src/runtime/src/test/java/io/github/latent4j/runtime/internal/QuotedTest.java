package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {
    @Test
    void aQuoteIsOneShortVisibleLine() {
        assertThat(Quoted.of("a b")).isEqualTo("'a b'");
        assertThat(Quoted.of("a\r\n\tb\0\u202e\u2028\ud800"))
                .isEqualTo("'a\\u000d\\u000a\\u0009b\\u0000\\u202e\\u2028\\ud800'");
        assertThat(Quoted.of("x".repeat(60))).isEqualTo("'" + "x".repeat(60) + "'");
        assertThat(Quoted.of("x".repeat(61))).isEqualTo("'" + "x".repeat(60) + "…'");
        assertThat(Quoted.of("x".repeat(59) + "😀😀")).isEqualTo("'" + "x".repeat(59) + "…'");
        assertThat(Quoted.line("ä\n" + "x".repeat(70))).isEqualTo("ä\\u000a" + "x".repeat(70));
    }
}
