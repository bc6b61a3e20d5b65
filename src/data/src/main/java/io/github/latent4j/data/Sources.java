package io.github.latent4j.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens examples that lie in files or in the catalogue.
 *
 * <p>Files that cannot be read at random (gzip, CSV, images) are turned once into an IDX file in the cache, found again by
 * the SHA-256 of their content, and may therefore be larger than the memory. Files must not change while they are in use.
 */
public final class Sources {
    private static final String IDX = "idx:";
    private static final String IMAGES = "images:";
    private static final String CSV = "csv:";

    private Sources() {}

    /**
     * Opens a source by its name, in the syntax of the command line:
     *
     * <ul>
     *   <li>a name of the {@linkplain Datasets#names() catalogue}, alone or followed by {@code :train} or {@code :test}
     *   <li>{@code idx:IMAGES} or {@code idx:IMAGES,LABELS}, see {@link #idx(Path, Path)}
     *   <li>{@code images:FOLDER}, see {@link #images}
     *   <li>{@code csv:FILE}, see {@link #csv}
     * </ul>
     *
     * @param source the name
     * @param part the part of a data set that names none
     * @param options image size, grey, label column, table, seed and listener
     * @return the examples
     * @throws IllegalArgumentException if there is no such kind of source or data set, or an option does not apply to it
     * @throws InvalidDataException if a file does not hold what it should
     * @throws IOException if a file cannot be read
     */
    public static Examples open(String source, Part part, SourceOptions options) throws IOException {
        return open(source, part, options, Environment.ofProcess());
    }

    static Examples open(String source, Part part, SourceOptions options, Environment environment) throws IOException {
        boolean images = source.startsWith(IMAGES);
        refuse(options.imageSize().isPresent() && !images, "image size", source, IMAGES + "FOLDER");
        refuse(options.grey() && !images, "grey", source, IMAGES + "FOLDER");
        refuse(options.label().isPresent() && !source.startsWith(CSV), "label column", source, CSV + "FILE");
        refuse(
                !options.table().equals(TableOptions.defaults()) && !source.startsWith(CSV),
                "options of tables",
                source,
                CSV + "FILE");
        if (images) {
            return ImageFolder.open(path(source, source.substring(IMAGES.length())), options, environment);
        }
        if (source.startsWith(CSV)) {
            return CsvTable.open(path(source, source.substring(CSV.length())), options, environment);
        }
        if (source.startsWith(IDX)) {
            String[] files = source.substring(IDX.length()).split(",", 2);
            Path values = path(source, files[0]);
            Optional<Path> labels = files.length == 1 ? Optional.empty() : Optional.of(path(source, files[1]));
            return IdxExamples.open(values, labels, fileName(values), environment);
        }
        return catalogue(source, part, options, environment);
    }

    private static void refuse(boolean wrong, String option, String source, String expected) {
        if (wrong) {
            throw new IllegalArgumentException(
                    "%s: found it with the source %s, expected it with %s alone".formatted(option, source, expected));
        }
    }

    private static Path path(String source, String path) {
        if (path.isBlank()) {
            throw new IllegalArgumentException(
                    "source: found no path in %s, expected one behind every colon and comma".formatted(source));
        }
        return Path.of(path);
    }

    private static Examples catalogue(String source, Part part, SourceOptions options, Environment environment)
            throws IOException {
        int colon = source.indexOf(':');
        String name = colon < 0 ? source : source.substring(0, colon);
        if (!Datasets.names().contains(name)) {
            List<String> known = new ArrayList<>(Datasets.names());
            known.addAll(List.of(IDX, IMAGES, CSV));
            throw new IllegalArgumentException(
                    "source: found %s, expected a data set (%s), idx:IMAGES[,LABELS], images:FOLDER or csv:FILE; the nearest is %s"
                            .formatted(
                                    source,
                                    String.join(", ", Datasets.names()),
                                    Names.nearest(colon < 0 ? name : name + ":", known)));
        }
        Part chosen = colon < 0 ? part : part(source, source.substring(colon + 1));
        return new Catalogue(environment).open(name, chosen, options);
    }

    private static Part part(String source, String text) {
        for (Part part : Part.values()) {
            if (part.text().equals(text)) {
                return part;
            }
        }
        throw new IllegalArgumentException(
                "source: found part %s in %s, expected train or test".formatted(text, source));
    }

    /** The last name of a path, which says nothing of the folders of a machine. */
    static String fileName(Path path) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /**
     * Opens an IDX file, plain or gzip, without labels; see {@link #idx(Path, Path)}.
     *
     * @param values the file
     * @return the examples
     * @throws InvalidDataException if the content is not that of a whole IDX file
     * @throws IOException if the file cannot be read
     */
    public static Examples idx(Path values) throws IOException {
        return IdxExamples.open(values, Optional.empty(), fileName(values), Environment.ofProcess());
    }

    /**
     * Opens an IDX file and its labels, each plain or gzip. Unsigned bytes of shape n × height × width, or n × height × width
     * × 1 or 3, are images, whose pixels are divided by 255. Everything else, of any type and rank, is numbers taken as they
     * are, as many an example as the sizes behind the first say.
     *
     * @param values the file
     * @param labels a file of rank 1 with a whole number from 0 to 65,535 for each example; the names of the labels are the
     *     numbers
     * @return the examples
     * @throws InvalidDataException if the content is not that of a whole IDX file, or there are not as many labels as
     *     examples
     * @throws IOException if a file cannot be read
     */
    public static Examples idx(Path values, Path labels) throws IOException {
        return IdxExamples.open(values, Optional.of(labels), fileName(values), Environment.ofProcess());
    }

    /**
     * Opens the PNG, JPEG, GIF and BMP images in a folder and its sub-folders, in the order of their paths. The sub-folders
     * of the folder itself are the labels; a folder that holds images itself has none. Hidden files and files with other
     * endings are passed over.
     *
     * <p>Transparent parts show black. Images are grey if all of them are, by their colour model, or if the options say so:
     * then the luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, of the stored values. Otherwise they have the channels red,
     * green and blue. A resized pixel is the mean over the area that it covers where the image shrinks, and between its
     * neighbours' values, linearly, where it grows; the proportions of width and height are not kept.
     *
     * @param folder the folder
     * @param options image size, grey and listener
     * @return the examples
     * @throws InvalidDataException if an image cannot be read or has another size than the first, there is none, or some lie
     *     in sub-folders and others do not
     * @throws IOException if a file cannot be read
     */
    public static Examples images(Path folder, SourceOptions options) throws IOException {
        return ImageFolder.open(folder, options, Environment.ofProcess());
    }

    /**
     * Opens a table: a CSV file, plain or gzip, with fields quoted by {@code "} where need be, which may go over several lines.
     * The first line names the columns if it has more words than numbers; otherwise they are c0, c1, and so on. Blank lines at
     * the end are passed over.
     *
     * <p>Unless the options name a model's columns, a first pass finds out of what kind each column is, and fits how it becomes
     * features; constant columns, identifiers and texts are set aside. The listener's {@link Progress#note} is told what was
     * decided. The {@linkplain Examples#input() contract} is a {@link io.github.latent4j.runtime.InputContract.Table}; the
     * features of a missing cell are NaN.
     *
     * @param file the file
     * @param options the table's options; the label column, whose values may be words; and the listener. Labels that are all
     *     whole numbers from 0 to 65,535 are counted from 0 to the greatest, others get numbers in the order of their texts
     * @return the examples, whose {@linkplain Examples#origin(int) origins} are rows of the file, from 0
     * @throws InvalidDataException if a row cannot be read and bad rows are not skipped, a column is lacking or cannot be used
     * @throws IllegalArgumentException if options do not go together
     * @throws IOException if the file cannot be read
     */
    public static Examples csv(Path file, SourceOptions options) throws IOException {
        return CsvTable.open(file, options, Environment.ofProcess());
    }
}
