package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JavaMarkupTest {
    @Test
    void commentsTextsNumbersAndWordsAreMarked() {
        assertThat(JavaMarkup.html("int i = 1_000; // a <b> int"))
                .isEqualTo("<span class=\"word\">int</span> i = <span class=\"number\">1_000</span>; "
                        + "<span class=\"comment\">// a &lt;b&gt; int</span>");
        assertThat(JavaMarkup.html("say(\"a \\\" // int\" + 'x');"))
                .isEqualTo("say(<span class=\"text\">&quot;a \\&quot; // int&quot;</span> + "
                        + "<span class=\"text\">&#39;x&#39;</span>);");
        assertThat(JavaMarkup.html("List<Printer> x1 = a/b;")).isEqualTo("List&lt;Printer&gt; x1 = a/b;");
    }
}
