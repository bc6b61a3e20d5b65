package io.github.latent4j.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.latent4j.evaluation.HandMade;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImagesTest {
    /** 28 x 28 is magnified threefold; margin and gap are 3 pixels. */
    private static final int TILE = 84;

    private static final int STEP = TILE + 3;
    private static final InputContract.Image DIGIT = new InputContract.Image(28, 28, 1);

    @Test
    void aGridIsNearlySquare() {
        Picture picture = Images.grid(Matrix.zeros(7, 784));
        assertThat(picture.width()).isEqualTo(3 * STEP + 3);
        assertThat(picture.height()).isEqualTo(3 * STEP + 3);
        assertThat(rgb(picture, 3 + 2 * STEP, 3 + STEP)).isZero();
        assertThat(rgb(picture, 3 + STEP, 3 + 2 * STEP)).isEqualTo(Canvas.BACKGROUND);
        assertThat(Images.grid(Matrix.zeros(5, 784)).height()).isEqualTo(2 * STEP + 3);
    }

    @Test
    void pixelsStandWhereTheyBelongAndAreMagnified() {
        Matrix images = Matrix.zeros(3, 784);
        images.data()[784 + 2 * 28 + 5] = 0.4f;
        Picture picture = Images.grid(images, DIGIT, 3);
        int left = 3 + STEP + 5 * 3;
        int top = 3 + 2 * 3;
        for (int y = top; y < top + 3; y++) {
            for (int x = left; x < left + 3; x++) {
                assertThat(rgb(picture, x, y)).isEqualTo(0x666666);
            }
        }
        assertThat(rgb(picture, left - 1, top)).isZero();
        assertThat(rgb(picture, left + 3, top)).isZero();
        assertThat(rgb(picture, left, top - 1)).isZero();
        assertThat(rgb(picture, left, top + 3)).isZero();
        assertThat(rgb(picture, 2, 3)).isEqualTo(Canvas.BACKGROUND);
        assertThat(rgb(picture, 3 + TILE, 3)).isEqualTo(Canvas.BACKGROUND);
    }

    @Test
    void coloursStandSideBySideInAPixel() {
        Matrix image = Matrix.of(new float[] {1, 0, 0, 0, 0.2f, 1});
        Picture picture = Images.grid(image, new InputContract.Image(1, 2, 3));
        // Tiny images are magnified eightfold.
        assertThat(picture.width()).isEqualTo(2 * 8 + 16);
        assertThat(rgb(picture, 8, 8)).isEqualTo(0xFF0000);
        assertThat(rgb(picture, 16, 8)).isEqualTo(0x0033FF);
    }

    @Test
    void valuesAreClamped() {
        Matrix image = Matrix.of(new float[] {-3, 7, Float.POSITIVE_INFINITY, 0.5f});
        Picture picture = Images.grid(image);
        assertThat(rgb(picture, 8, 8)).isZero();
        assertThat(rgb(picture, 16, 8)).isEqualTo(0xFFFFFF);
        assertThat(rgb(picture, 8, 16)).isEqualTo(0xFFFFFF);
        assertThat(rgb(picture, 16, 16)).isEqualTo(0x808080);
    }

    @Test
    void largeImagesKeepTheirSize() {
        Picture picture = Images.grid(Matrix.zeros(2, 200 * 100), new InputContract.Image(100, 200, 1));
        assertThat(picture.width()).isEqualTo(2 * 200 + 3 * 2);
        assertThat(picture.height()).isEqualTo(100 + 2 * 2);
    }

    @Test
    void samplesOfAnyModelHaveAPicture() {
        Vae vae = HandMade.random(VaeSpec.of(784, 20).withHidden(8), 1);
        Picture picture = Images.grid(vae.sample(64, new Random(1)));
        assertThat(picture.width()).isEqualTo(8 * STEP + 3);
        assertThat(picture.height()).isEqualTo(8 * STEP + 3);
    }

    @Test
    void reconstructionsStandBelowTheirOriginals() {
        Matrix originals = Matrix.zeros(12, 784);
        originals.data()[11 * 784] = 1;
        Matrix reconstructions = Matrix.zeros(12, 784);
        reconstructions.data()[11 * 784] = 0.2f;
        Picture picture = Images.pairs(originals, reconstructions, DIGIT);
        assertThat(picture.width()).isEqualTo(10 * STEP + 3);
        // Two bands of two rows, a gap of 3 within and of 12 between them.
        int band = 2 * TILE + 3 + 12;
        assertThat(picture.height()).isEqualTo(2 * band - 12 + 2 * 3);
        assertThat(rgb(picture, 3 + STEP, 3 + band)).isEqualTo(0xFFFFFF);
        assertThat(rgb(picture, 3 + STEP, 3 + band + STEP)).isEqualTo(0x333333);
        assertThat(rgb(picture, 3 + STEP, 3 + band - 1)).isEqualTo(Canvas.BACKGROUND);
        assertThat(rgb(picture, 3 + 2 * STEP, 3 + band)).isEqualTo(Canvas.BACKGROUND);
    }

    @Test
    void theManifoldGoesThroughTheQuantilesOfThePrior() {
        // One grey pixel 0.5 + z0 / 10 + z1 / 100.
        VaeSpec spec = new VaeSpec(
                1,
                List.of(1),
                2,
                List.of(1),
                Activation.IDENTITY,
                new Likelihood.Gaussian(new Likelihood.Variance.Fixed(1)));
        Vae vae = HandMade.of(spec)
                .set("d0W", 0.1f, 0.01f)
                .set("pXZW", 1, 0)
                .set("pXZb", 0.5f, 0)
                .vae()
                .withCard(ModelCard.of(new InputContract.Image(1, 1, 1)));
        Picture picture = Images.manifold(vae, 3);
        assertThat(picture.width()).isEqualTo(3 * 8 + 16);
        // The 95 % quantile of the standard normal distribution is 1.644854 (NIST/SEMATECH e-Handbook, 1.3.6.7.1).
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                double z0 = 1.644854 * (column - 1);
                double z1 = 1.644854 * (1 - row);
                assertThat((double) (rgb(picture, 8 + column * 8, 8 + row * 8) & 0xFF))
                        .isCloseTo(255 * (0.5 + z0 / 10 + z1 / 100), within(0.51));
            }
        }
    }

    @Test
    void aManifoldNeedsTwoDimensionsAndSteps() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Images.manifold(HandMade.random(VaeSpec.of(4, 3).withHidden(2), 1), 5))
                .withMessage("found a VAE of 3 latent dimensions, expected 2 to draw its latent plane");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Images.manifold(HandMade.random(VaeSpec.of(4, 2).withHidden(2), 1), 1))
                .withMessage("steps: found 1, expected at least 2");
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.zeros(3, 10)))
                .withMessage(
                        "found images of 10 values, expected a square number of grey pixels, or a contract that says height, width and channels");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Images.grid(Matrix.zeros(3, 4), InputContract.Table.ofNumbers(List.of("a", "b", "c", "d"))))
                .withMessage("found 4 numeric columns: a, b, c, d, expected images: a table has no picture");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.zeros(3, 10), DIGIT))
                .withMessage("found images of 10 values, expected 784: 28 x 28 grey pixels in [0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.zeros(0, 784)))
                .withMessage("found no image, expected at least one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.of(new float[4], new float[] {0, 0, Float.NaN, 0})))
                .withMessage("image 1: found NaN at index 2, expected a number");
    }

    @Test
    void sizesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.zeros(3, 784), DIGIT, 0))
                .withMessage("columns: found 0, expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.pairs(Matrix.zeros(3, 784), Matrix.zeros(2, 784), DIGIT))
                .withMessage("found reconstructions of 2 x 784 values, expected 3 x 784 as the originals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Images.grid(Matrix.zeros(100_000, 784)))
                .withMessage(
                        "found 317 x 316 images of 28 x 28 grey pixels in [0, 1], which make a picture of 9512 x 9482, expected at most 67108864 pixels: show fewer");
    }

    private static int rgb(Picture picture, int x, int y) {
        return picture.toBufferedImage().getRGB(x, y) & 0xFFFFFF;
    }
}
