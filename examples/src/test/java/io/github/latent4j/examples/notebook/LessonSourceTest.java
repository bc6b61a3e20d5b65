package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonSourceTest {
    private static final String SOURCE = """
            /** Not this one. */
            package p;

            /**
             * Apples and {@code pears}. Both are
             * <em>fruit</em>.
             *
             * <p>More of it.
             */
            @Deprecated
            public final class Fruit {
                private static final int TWO = 2;

                private Fruit() {}

                /**
                 * Runs it.
                 */
                public static void main(String[] arguments) throws Exception {
                    Notebook.open(Fruit.class, Fruit::run);
                }

                static int run(Size size, Notebook page)
                        throws IOException {
                    // # Apples
                    // They are
                    // round.
                    //
                    // And red.
                    int apples = 2;
                    // not a text: no empty line before it
                    page.say("%d", apples);

                    for (int i = 0; i < 2; i++) {

                        // not a text: it stands deeper
                        apples++;
                    }

                    // Nothing new begins here.
                    return apples
                            + TWO;
                }

                private static void more() {}
            }
            """;

    @Test
    void textAndCodeAlternateUpToWhatIsReturned() throws IOException {
        LessonSource lesson = LessonSource.parse("Fruit.java", SOURCE);
        assertThat(lesson.title()).isEqualTo("Apples and pears");
        assertThat(lesson.introduction()).containsExactly("Both are fruit.", "More of it.");
        assertThat(lesson.cells())
                .containsExactly(
                        new Cell("Apples", List.of("They are round.", "And red."), """
                                int apples = 2;
                                // not a text: no empty line before it
                                page.say("%d", apples);

                                for (int i = 0; i < 2; i++) {

                                    // not a text: it stands deeper
                                    apples++;
                                }""", 39),
                        new Cell("", List.of("Nothing new begins here."), "", 42));
        assertThat(lesson.rest()).isEqualTo("private static final int TWO = 2;\n\nprivate static void more() {}");
        assertThat(lesson.isOfRun(24)).isFalse();
        assertThat(lesson.isOfRun(25)).isTrue();
        assertThat(lesson.isOfRun(42)).isTrue();
        assertThat(lesson.isOfRun(43)).isFalse();
    }

    @Test
    void aClassThatIsNoLessonIsRefused() {
        assertThatThrownBy(() -> LessonSource.parse("Fruit.java", SOURCE.replace("run(", "walk(")))
                .isInstanceOf(IOException.class)
                .hasMessage("Fruit.java: found no method run(Size size, Notebook page), expected the lesson there");
        assertThatThrownBy(() -> LessonSource.parse("Fruit.java", SOURCE.replace("/**", "/*")))
                .hasMessage("Fruit.java: found no comment before the class, expected the lesson's title there");
        assertThatThrownBy(() -> LessonSource.parse("Fruit.java", SOURCE.replace("// not a text: no", "// # No")))
                .hasMessage(
                        "Fruit.java: line 31: found a heading within code, expected an empty line before it, at the outermost level of run");
        assertThatThrownBy(() -> LessonSource.of(Path.of("nowhere"), String.class))
                .hasMessage(Path.of("nowhere", "src", "main", "java", "java", "lang", "String.java")
                        + ": found no such file, expected the source of the lesson");
    }
}
