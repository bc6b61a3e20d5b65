package io.github.latent4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.latent4j.examples.Compression.Curve;
import io.github.latent4j.examples.Compression.Found;
import io.github.latent4j.examples.Compression.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompressionTest {
    private static final int FINEST = 3;

    @Test
    void moreBitsGiveLessErrorAndTheAutoencoderNeedsFewer() throws Exception {
        Found found = Lessons.run(Compression.class, Compression::run);
        assertThat(found.autoencoders()).hasSize(2);
        for (Curve curve : found.autoencoders()) {
            assertFalls(curve.points());
            // 64 levels are 6 bits a number at most, and lose little.
            Point finest = curve.points().get(FINEST);
            assertThat(finest.bits()).isLessThan(6.0 * curve.numbers());
            assertThat(finest.error()).isLessThan(1.2 * curve.unrounded());
        }
        assertFalls(found.pca());
        Point eight = found.autoencoders().get(0).points().get(2);
        assertThat(eight.error()).isLessThan(0.95 * found.pcaError(eight.bits()));
    }

    private static void assertFalls(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            assertThat(points.get(i).bits()).isGreaterThan(points.get(i - 1).bits());
            assertThat(points.get(i).error()).isLessThan(points.get(i - 1).error());
        }
    }

    @Test
    void betweenTwoPointsOfPrincipalComponentsTheErrorLiesOnTheLine() {
        Found found = new Found(List.of(), List.of(new Point(1, 9), new Point(3, 5), new Point(7, 1)));
        assertThat(found.pcaError(1)).isEqualTo(9);
        assertThat(found.pcaError(2)).isEqualTo(7);
        assertThat(found.pcaError(6)).isEqualTo(2);
    }
}
