package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What README.md shows first is short. */
class ReadmeTest {
    @Test
    void codeStandsWithinTheFirstLines() throws IOException {
        Page readme = Page.of("README.md");
        assertThat(readme.text().lines().limit(20)).contains("```java");
        assertThat(readme.programs().get(0).statements().get(0).lines()).hasSizeLessThanOrEqualTo(12);
    }
}
