package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links and pictures of the documents lead to files that are there, and to headings that they have. */
class LinksTest {
    private static final Pattern FENCED = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("`[^`\n]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$", Pattern.MULTILINE);

    static List<String> pages() throws IOException {
        return Stream.concat(
                        Page.all().stream().map(Page::name).filter(name -> name.endsWith(".md")),
                        Stream.of("CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md", "examples/README.md")
                                .filter(name -> Files.exists(Page.ROOT.resolve(name))))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void leadSomewhere(String name) throws IOException {
        Page page = Page.of(name);
        String prose = CODE.matcher(FENCED.matcher(page.text()).replaceAll("")).replaceAll("");
        List<String> wrong = new ArrayList<>();
        for (MatchResult link : LINK.matcher(prose).results().toList()) {
            String target = link.group(1) != null ? link.group(1) : link.group(2);
            if (!target.contains("://") && !leadsSomewhere(page, target)) {
                wrong.add(target);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty() ? page.path() : page.path().resolveSibling(parts[0]);
        return Files.exists(file)
                && (parts.length == 1 || anchors(Files.readString(file)).contains(parts[1]));
    }

    /** What forges make of headings. */
    private static List<String> anchors(String text) {
        Map<String, Integer> seen = new HashMap<>();
        List<String> anchors = new ArrayList<>();
        for (MatchResult heading :
                HEADING.matcher(FENCED.matcher(text).replaceAll("")).results().toList()) {
            String anchor = heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        }
        return anchors;
    }
}
