package io.github.latent4j.data;

import io.github.latent4j.data.SourceOptions.ImageSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The images in a folder, spooled into an IDX file of bytes. */
final class ImageFolder {
    private static final String VERSION = "images 1";
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

    private final Path folder;
    private final List<Path> files;
    private final SourceOptions options;

    private ImageFolder(Path folder, List<Path> files, SourceOptions options) {
        this.folder = folder;
        this.files = files;
        this.options = options;
    }

    /** Opens a folder as {@link Sources#images} says. */
    static Examples open(Path folder, SourceOptions options, Environment environment) throws IOException {
        Inputs.requireFolder(folder, "a folder of images");
        List<Path> files = list(folder);
        if (files.isEmpty()) {
            throw new InvalidDataException(
                    "%s: found no image, expected PNG, JPEG, GIF or BMP files".formatted(folder));
        }
        ImageFolder images = new ImageFolder(folder, files, options);
        Labels labels = images.labels();
        Path spool = environment.spooled("images-" + images.digest() + ".idx");
        if (!Files.exists(spool)) {
            images.write(spool);
        }
        IdxFile file = IdxFile.open(spool, environment);
        return new IdxExamples(file, IdxExamples.contract(file.header()), Sources.fileName(folder), labels);
    }

    /** The images in a folder and below, in the order of their paths. */
    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return paths.filter(path -> isImage(folder.relativize(path)) && Files.isRegularFile(path))
                    .sorted(Comparator.comparing(path -> relative(folder, path)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isImage(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return false;
            }
        }
        String name = relative.toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static String relative(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private Labels labels() throws IOException {
        List<String> classes = new ArrayList<>();
        Path direct = null;
        for (Path file : files) {
            Path relative = folder.relativize(file);
            if (relative.getNameCount() == 1) {
                direct = file;
            } else {
                classes.add(relative.getName(0).toString());
            }
        }
        if (classes.isEmpty()) {
            return Labels.NONE;
        }
        if (direct != null) {
            throw new InvalidDataException(
                    "%s: found it beside sub-folders with images, expected all images in sub-folders, whose names are the labels, or none"
                            .formatted(direct));
        }
        return Labels.ofWords(classes);
    }

    private String digest() throws IOException {
        Sha256 digest = new Sha256()
                .text(VERSION)
                .text(options.imageSize().map(ImageSize::toString).orElse(""))
                .text(options.grey() ? "grey" : "");
        for (Path file : files) {
            digest.text(relative(folder, file)).number(Files.size(file)).content(file);
        }
        return digest.hex();
    }

    private void write(Path target) throws IOException {
        List<ImageFile> images = new ArrayList<>(files.size());
        for (Path file : files) {
            images.add(ImageFile.of(file));
        }
        ImageFile first = images.get(0);
        ImageSize size = options.imageSize().orElse(new ImageSize(first.width(), first.height()));
        if (options.imageSize().isEmpty()) {
            requireSize(images, size);
        }
        boolean grey = options.grey() || images.stream().allMatch(ImageFile::grey);
        int[] shape = grey ? new int[] {size.height(), size.width()} : new int[] {size.height(), size.width(), 3};
        try (IdxWriter writer = IdxWriter.bytes(target, shape)) {
            for (int i = 0; i < images.size(); i++) {
                writer.write(bytes(images.get(i), grey ? 1 : 3, size));
                options.progress().report("reading images", i + 1, images.size());
            }
            writer.finish();
        }
    }

    private static void requireSize(List<ImageFile> images, ImageSize expected) throws IOException {
        for (ImageFile image : images) {
            if (image.width() != expected.width() || image.height() != expected.height()) {
                throw new InvalidDataException(
                        "%s: found an image of %dx%d, expected %s as %s, or a size to resize all to"
                                .formatted(
                                        image.path(),
                                        image.width(),
                                        image.height(),
                                        expected,
                                        images.get(0).path()));
            }
        }
    }

    private static byte[] bytes(ImageFile image, int channels, ImageSize size) throws IOException {
        float[] pixels = Resampling.resize(
                image.pixels(channels), image.width(), image.height(), channels, size.width(), size.height());
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(pixels[i]);
        }
        return bytes;
    }
}
