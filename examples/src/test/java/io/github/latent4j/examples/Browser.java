package io.github.latent4j.examples;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, of the packages chromium and chromium-driver, which says what is wrong with a page. */
final class Browser implements AutoCloseable {
    private static final File CHROMIUM = new File("/usr/bin/chromium");
    private static final File DRIVER = new File("/usr/bin/chromedriver");

    private static final String BROKEN_PICTURES = """
            return Array.from(document.images).filter(i => !i.complete || i.naturalWidth === 0)
                .map(i => 'a picture does not load: ' + i.alt)""";

    /** What sticks out of the page; boxes that scroll by themselves are another matter. */
    private static final String OVERFLOW = """
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const scrolls = e => e && (getComputedStyle(e).overflowX === 'auto' || scrolls(e.parentElement));
            return Array.from(document.querySelectorAll('body *'))
                .filter(e => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
                .map(e => 'wider than the page: ' + e.tagName + ' ' + e.textContent.trim().substring(0, 40))
                .concat(['the page scrolls sideways'])""";

    /** Boxes whose content does not fit in: none on a desk; on a phone, code and tables alone may scroll. */
    private static final String BOXES = """
            const phone = window.innerWidth < 600;
            return Array.from(document.querySelectorAll('body *'))
                .filter(e => !e.closest('svg') && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
                    && getComputedStyle(e).overflowX !== 'visible' && !(phone && e.matches('pre.java, .wide')))
                .map(e => 'does not fit into its box: ' + e.textContent.trim().substring(0, 40))""";

    /** Texts of charts that are cut off or too small to read, and charts by themselves that are small on a desk. */
    private static final String CHARTS = """
            const found = [];
            document.querySelectorAll('svg.chart').forEach(chart => {
                const frame = chart.getBoundingClientRect();
                chart.querySelectorAll('text').forEach(text => {
                    const box = text.getBoundingClientRect();
                    if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1)
                        found.push('cut off in a chart: ' + text.textContent);
                    if (box.height < 9) found.push('too small in a chart: ' + text.textContent);
                });
                if (window.innerWidth > 1000 && frame.width < 400) found.push('a small chart: ' + chart.ariaLabel);
            });
            return found;""";

    private final ChromeDriver driver;

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM);
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        driver = new ChromeDriver(
                new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).build(), options);
    }

    static boolean isInstalled() {
        return CHROMIUM.canExecute() && DRIVER.canExecute();
    }

    /** What is wrong with a page in a window so many pixels wide: nothing, if it is right. */
    List<String> complaints(Path page, int width) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        driver.get(page.toAbsolutePath().toUri().toString());
        List<String> complaints = new ArrayList<>();
        if (String.valueOf(driver.executeScript("return document.body.innerText"))
                .isBlank()) {
            complaints.add("the page is empty");
        }
        complaints.addAll(texts(BROKEN_PICTURES));
        complaints.addAll(texts(OVERFLOW));
        complaints.addAll(texts(BOXES));
        complaints.addAll(texts(CHARTS));
        driver.manage().logs().get(LogType.BROWSER).forEach(entry -> complaints.add("console: " + entry.getMessage()));
        return complaints;
    }

    private List<String> texts(String script) {
        Object found = driver.executeScript(script);
        return found instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
