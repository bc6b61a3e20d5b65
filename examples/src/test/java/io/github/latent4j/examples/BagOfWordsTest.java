package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BagOfWordsTest {
    @Test
    void codesKnowWhatTextsAreAbout() throws Exception {
        BagOfWords.Outcome outcome = Lessons.run(BagOfWords.class, BagOfWords::run);
        assertThat(outcome.topics()).isGreaterThanOrEqualTo(4);
        assertThat(outcome.byCode()).isGreaterThan(outcome.byWords() + 0.01).isGreaterThan(outcome.byPca() - 0.02);
    }
}
