package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.evaluation.Estimate;
import io.github.latent4j.evaluation.Figure;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.VaeSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownReportTest {
    private static final MarkdownReport PAGE = MarkdownReport.of("Page");

    private static String added(MarkdownReport page) {
        assertThat(page.markdown()).startsWith("# Page\n\n").endsWith("\n");
        return page.markdown().substring("# Page\n\n".length()).stripTrailing();
    }

    @Test
    void whatIsAddedStandsInOrder(@TempDir Path folder) throws IOException {
        MarkdownReport page = PAGE.withComment("made by a test")
                .withHeading("First")
                .withText("A sentence.")
                .withList(List.of("one", "two"))
                .withCode("java", "int i = 0;")
                .withPicture("pictures/a b.png", "A picture", "What it shows.");
        assertThat(page.markdown()).isEqualTo("""
                # Page

                <!-- made by a test -->

                ## First

                A sentence.

                - one
                - two

                ```java
                int i = 0;
                ```

                ![A picture](<pictures/a b.png>)

                What it shows.
                """);
        Path file = folder.resolve("README.md");
        page.write(file);
        assertThat(file).hasContent(page.markdown());
        assertThat(PAGE.markdown()).isEqualTo("# Page\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "a*b* [c](d) <e> `f` = a\\*b\\* \\[c\\](d) \\<e\\> \\`f\\`",
                "my_file_name _x_ = my_file_name \\_x\\_",
                "AT&T &amp; R&D = AT&T &amp;amp; R&D",
                "# no heading = \\# no heading",
                "- no item = \\- no item",
                "-245.1 nats = \\-245.1 nats",
                "1. no item = 1\\. no item",
                "1.5 is a number = 1\\.5 is a number",
                "28 x 28 = 28 x 28",
                "'a  line' = 'a line'",
            })
    void plainTextMeansNothingToMarkdown(String text, String markdown) {
        assertThat(added(PAGE.withText(text))).isEqualTo(markdown);
    }

    @Test
    void cellsStayInTheirRows() {
        assertThat(added(PAGE.withTable(List.of("a", "b"), List.of(List.of("x|y", "1\n2")))))
                .isEqualTo("""
                | a | b |
                | --- | --- |
                | x\\|y | 1 2 |""");
        assertThatThrownBy(() -> PAGE.withTable(List.of("a", "b"), List.of(List.of("x"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table: found a row of 1 cells, expected 2, one a column");
    }

    @Test
    void codeHasAFenceThatItDoesNotEnd() {
        assertThat(added(PAGE.withCode("", "```\nx\n```"))).isEqualTo("````\n```\nx\n```\n````");
    }

    @Test
    void aCommentCannotEndEarly() {
        assertThatThrownBy(() -> PAGE.withComment("a --> b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("comment: found 'a --> b', expected no -- in it");
    }

    @Test
    void headingsOfOthersAreDemoted() {
        assertThat(added(PAGE.withMarkdown("""

                # Use
                text
                ## More
                ```
                # no heading
                ```

                Underlined
                ==========

                Lower
                ---

                - item
                ---
                """))).isEqualTo("""
                ### Use
                text
                #### More
                ```
                # no heading
                ```

                ### Underlined

                #### Lower

                - item
                ---""");
        assertThat(added(PAGE.withMarkdown("### Low\n###### Lowest"))).isEqualTo("### Low\n###### Lowest");
        assertThat(PAGE.withMarkdown(" \n")).isSameAs(PAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "'# Use\n\n```java\n<!--\ncode', 3, ```",
        "'\n\n<!-- a remark\n```\n', 3, <!--",
        "'````\n```\n```\n', 1, ````",
        "'~~~\n```', 1, ~~~",
    })
    void whatSwallowsTheRestIsRefused(String markdown, int line, String what) {
        String text = markdown.replace("\\n", "\n");
        assertThatThrownBy(() -> PAGE.withMarkdown(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Markdown: found %s on line %d that nothing closes, expected its end below it", what, line);
    }

    @Test
    void whatIsClosedStays() {
        String markdown = "<!-- one line -->\n<!--\n# no heading\n```\n-->\n`<!--` and ```x```\n\n~~~\n<!--\n~~~";
        assertThat(added(PAGE.withMarkdown(markdown))).isEqualTo(markdown);
    }

    @Test
    void pathsAndHeadingsWithOddCharactersStayWhole() {
        assertThat(added(PAGE.withPicture("a(1)<2>.png", "x", "y"))).startsWith("![x](<a(1)\\<2\\>.png>)");
        assertThat(added(PAGE.withHeading("in C #"))).isEqualTo("## in C \\#");
        assertThat(added(PAGE.withHeading("in C#"))).isEqualTo("## in C#");
    }

    @Test
    void figuresHaveErrorsAndUnits() {
        Figure figure = Figure.mean("elbo", "ELBO", new Estimate(-245.123, 0.21), "nats per example", "A bound.");
        assertThat(added(PAGE.withFigures(List.of(figure)))).isEqualTo("""
                | Figure | Value | Unit | What it says |
                | --- | --- | --- | --- |
                | ELBO | −245.12 ± 0.21 | nats per example | A bound. |""");
    }

    @Test
    void aModelIsSpecified() {
        VaeSpec spec = VaeSpec.of(4, 2).withHidden(3);
        LatentModel model = LatentModel.of(spec, new float[spec.layout().length()]);
        assertThat(added(PAGE.withSpecification(model, Map.of("File size", "1 KB"))))
                .contains("| Kind | variational autoencoder |", "| Sizes | 4 → 3 → 2 → 3 → 4 |")
                .endsWith("| File size | 1 KB |");
        assertThat(added(PAGE.withTraining(model))).isEqualTo("Its card does not say how the model was trained.");
    }
}
