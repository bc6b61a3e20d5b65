package io.github.latent4j.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LessonSourceTest {
    private static final String SOURCE = """
            package p;

            /**
             * Apples and {@code pears}. Both are
             * fruit.
             *
             * <p>More of it.
             */
            public final class Fruit {
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
                    return apples;
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
                                }""", 26),
                        new Cell("", List.of("Nothing new begins here."), "", 28));
        assertThat(lesson.rest()).isEqualTo("private static void more() {}");
        assertThat(lesson.isOfRun(11)).isFalse();
        assertThat(lesson.isOfRun(12)).isTrue();
        assertThat(lesson.isOfRun(28)).isTrue();
        assertThat(lesson.isOfRun(29)).isFalse();
    }

    @Test
    void aClassThatIsNoLessonIsRefused() {
        assertThatThrownBy(() -> LessonSource.parse("Fruit.java", SOURCE.replace("run(", "walk(")))
                .isInstanceOf(IOException.class)
                .hasMessage("Fruit.java: found no method run(Size size, Notebook page), expected the lesson there");
        assertThatThrownBy(() -> LessonSource.parse("Fruit.java", SOURCE.replace("/**", "/*")))
                .hasMessage("Fruit.java: found no comment before the class, expected the lesson's title there");
        assertThatThrownBy(() -> LessonSource.of(String.class))
                .hasMessage(
                        "String.java: found no source beside the class, expected the one that the build of Maven puts there");
    }
}
