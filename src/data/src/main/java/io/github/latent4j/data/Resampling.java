package io.github.latent4j.data;

/**
 * Resizes along one axis after the other: to the mean over the covered stretch where an axis shrinks, by linear
 * interpolation between the centres of pixels where it grows.
 */
final class Resampling {
    private Resampling() {}

    /**
     * Resizes an image.
     *
     * @param pixels row by row, the channels of a pixel side by side
     * @return another image in the same layout, or the same array if the size is the same
     */
    static float[] resize(float[] pixels, int width, int height, int channels, int newWidth, int newHeight) {
        float[] wide = axis(pixels, height, width, channels, newWidth);
        return axis(wide, 1, height, newWidth * channels, newHeight);
    }

    /** Resizes the middle axis of an array of outer × length × inner values. */
    private static float[] axis(float[] values, int outer, int length, int inner, int newLength) {
        if (length == newLength) {
            return values;
        }
        float[] result = new float[Math.multiplyExact(Math.multiplyExact(outer, newLength), inner)];
        for (int to = 0; to < newLength; to++) {
            double step = (double) length / newLength;
            double centre = (to + 0.5) * step - 0.5;
            int first = (int) Math.floor(step > 1 ? to * step : centre);
            int last = step > 1 ? Math.min(length - 1, (int) Math.ceil((to + 1) * step) - 1) : first + 1;
            for (int from = first; from <= last; from++) {
                double weight = step > 1
                        ? (Math.min(from + 1, (to + 1) * step) - Math.max(from, to * step)) / step
                        : 1 - Math.abs(from - centre);
                int inside = Math.max(0, Math.min(length - 1, from));
                for (int o = 0; o < outer; o++) {
                    int source = (o * length + inside) * inner;
                    int target = (o * newLength + to) * inner;
                    for (int i = 0; i < inner; i++) {
                        result[target + i] += (float) (weight * values[source + i]);
                    }
                }
            }
        }
        return result;
    }
}
