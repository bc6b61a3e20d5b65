package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datavec.api.split.InputSplit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the images of a folder for DataVec; see {@link Sources#images}. The folder says which labels there are; the split
 * says which of the folder's images are read and in which order, so that {@code InputSplit.sample} gives readers for
 * training and for testing with the same labels. Files of the split that are no images by their endings are passed over.
 *
 * <pre>{@code
 * RecordReader reader = new ImageFolderRecordReader(folder, SourceOptions.defaults().withGrey(true));
 * reader.initialize(new FileSplit(folder.toFile(), new Random(1)));
 * }</pre>
 */
public final class ImageFolderRecordReader extends ExamplesRecordReader {
    private static final long serialVersionUID = 1;

    private final transient Path folder;
    private final transient SourceOptions options;
    private transient List<Path> origins = List.of();
    private transient @Nullable Examples all;

    /**
     * Makes a reader.
     *
     * @param folder the folder of images, whose sub-folders are the labels
     * @param options image size, grey and listener
     */
    public ImageFolderRecordReader(Path folder, SourceOptions options) {
        this.folder = folder.toAbsolutePath().normalize();
        this.options = options;
    }

    @Override
    Examples open(InputSplit split) throws IOException {
        Examples opened = Sources.images(folder, options);
        all = opened;
        List<Path> images = ImageFolder.list(folder);
        Map<Path, Integer> indices = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            indices.put(images.get(i), i);
        }
        List<Path> chosen = new ArrayList<>();
        for (Path file : files(split)) {
            Path normal = file.normalize();
            if (indices.containsKey(normal)) {
                chosen.add(normal);
            } else if (!normal.startsWith(folder)) {
                throw new IllegalArgumentException("split: found %s, expected images in %s".formatted(file, folder));
            }
        }
        int[] order = chosen.stream().mapToInt(indices::get).toArray();
        origins = chosen;
        return opened.select(order.length, i -> order[i], opened.name());
    }

    @Override
    Path origin(int index) {
        return origins.get(index);
    }

    @Override
    public void close() throws IOException {
        super.close();
        if (all != null) {
            all.close();
        }
        all = null;
    }
}
