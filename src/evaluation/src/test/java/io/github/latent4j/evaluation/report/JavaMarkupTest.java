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

    @Test
    void someWordsAreOfTheLanguageInTheirPlacesAlone() {
        assertThat(JavaMarkup.html("record Pair<T>(T a)")).startsWith("<span class=\"word\">record</span> Pair");
        assertThat(JavaMarkup.html("var verdict = judge(record);")).contains("judge(record)");
        assertThat(JavaMarkup.html("Map<String, Object> record = f(x);")).endsWith("record = f(x);");
        assertThat(JavaMarkup.html("sealed interface A permits B {}"))
                .startsWith("<span class=\"word\">sealed</span> ")
                .contains("<span class=\"word\">permits</span> B");
        assertThat(JavaMarkup.html("non-sealed class B")).startsWith("<span class=\"word\">non-sealed</span> ");
        assertThat(JavaMarkup.html("a.sealed(yield, 1)")).startsWith("a.sealed(yield, ");
        assertThat(JavaMarkup.html("yield 3;")).startsWith("<span class=\"word\">yield</span> ");
        assertThat(JavaMarkup.html("assert a; synchronized (b) {}"))
                .contains("<span class=\"word\">assert</span>", "<span class=\"word\">synchronized</span>");
    }
}
