package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages of the lessons in a browser, on a desk and on a phone. */
@Tag("debian")
@EnabledIf("chromiumIsExpected")
class PagesTest {
    private static final int DESK = 1280;
    private static final int PHONE = 390;

    private static Browser browser;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        browser = new Browser();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    /** Where Debian's packages are not installed the pages are not looked at, but in CI, which installs them, they are. */
    static boolean chromiumIsExpected() {
        return System.getenv("CI") != null || Browser.isInstalled();
    }

    static List<Class<?>> lessons() throws IOException {
        return Lessons.all();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void thePageOfALessonIsRight(Class<?> lesson) throws Exception {
        Path page = Lessons.page(lesson);
        assertThat(browser.complaints(page, DESK)).isEmpty();
        assertThat(browser.complaints(page, PHONE)).isEmpty();
    }

    /** Without this, a browser that sees nothing would find every page right. */
    @Test
    void whatIsWrongIsSeen() throws IOException {
        Path page = folder.resolve("wrong.html");
        Files.writeString(page, """
                <!DOCTYPE html><html><head><meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
                <p>text</p><img src="missing.png" alt="a cat"><div style="width: 600px">wide</div>
                <div style="width: 50px; overflow: hidden"><span>averylongwordindeed</span></div>
                <svg class="chart" width="100" height="50"><text x="90" y="20">label</text></svg>
                <script>console.error('oh'); throw new Error('no');</script></body></html>""");
        assertThat(browser.complaints(page, PHONE))
                .contains(
                        "a picture does not load: a cat",
                        "wider than the page: DIV wide",
                        "the page scrolls sideways",
                        "does not fit into its box: averylongwordindeed",
                        "cut off in a chart: label")
                .anyMatch(complaint -> complaint.contains("oh"))
                .anyMatch(complaint -> complaint.contains("no"))
                .anyMatch(complaint -> complaint.contains("missing.png"));
        assertThat(browser.complaints(page, DESK))
                .contains("a small chart: null")
                .noneMatch(complaint -> complaint.contains("wide"));
        Files.writeString(page, "<!DOCTYPE html><html><body></body></html>");
        assertThat(browser.complaints(page, DESK)).containsExactly("the page is empty");
    }
}
