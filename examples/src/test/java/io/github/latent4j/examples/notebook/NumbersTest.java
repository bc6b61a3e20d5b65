package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void numbersAreEnglishEverywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(Numbers.text(-1234.567, 2)).isEqualTo("-1234.57");
            assertThat(Numbers.text(0.5, 0)).isIn("0", "1");
        } finally {
            Locale.setDefault(before);
        }
    }
}
