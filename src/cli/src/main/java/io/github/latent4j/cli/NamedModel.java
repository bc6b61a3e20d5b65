package io.github.latent4j.cli;

import io.github.latent4j.runtime.LatentModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model as the command line names it: by its file, by the folder that holds it as {@code model.zip}, or, in the checkout that
 * the launcher runs from, by the name of a folder of {@code models}.
 */
final class NamedModel {
    private static final String FILE = "model.zip";
    private static final String MODELS = "models";

    private final Path given;
    private final Optional<Path> home;

    private NamedModel(Path given, Optional<Path> home) {
        this.given = given;
        this.home = home;
    }

    /** The model of this name, looked for when it is needed; without a checkout, in the working folder alone. */
    static NamedModel of(Path given, Optional<Path> home) {
        return new NamedModel(given, home);
    }

    /** Its file. */
    Path file() throws IOException {
        for (Path place : places()) {
            Path file = Files.isDirectory(place) ? place.resolve(FILE) : place;
            if (Files.exists(file)) {
                return file;
            }
        }
        String known = known();
        throw new IOException("%s: found %s, expected a model file%s a folder with %s%s"
                .formatted(
                        given,
                        Files.isDirectory(given) ? "a folder without " + FILE : "no such model",
                        known.isEmpty() ? " or" : ",",
                        FILE,
                        known));
    }

    private List<Path> places() {
        if (given.isAbsolute()) {
            return List.of(given);
        }
        List<Path> places = new ArrayList<>(List.of(given));
        Optional<Path> known = given.getNameCount() == 1 && !given.toString().endsWith(".zip")
                ? Optional.of(Path.of(MODELS).resolve(given).resolve(FILE))
                : Optional.empty();
        known.ifPresent(places::add);
        if (home.isPresent() && !isHome(Path.of(""))) {
            places.add(home.get().resolve(given));
            known.map(home.get()::resolve).ifPresent(places::add);
        }
        return places;
    }

    private boolean isHome(Path folder) {
        return home.map(h -> h.toAbsolutePath().normalize())
                .equals(Optional.of(folder.toAbsolutePath().normalize()));
    }

    /** The models of the checkout, as the end of a sentence. */
    private String known() throws IOException {
        if (home.isEmpty() || !Files.isDirectory(home.get().resolve(MODELS))) {
            return "";
        }
        try (Stream<Path> folders = Files.list(home.get().resolve(MODELS))) {
            String names = folders.filter(folder -> Files.exists(folder.resolve(FILE)))
                    .map(folder -> String.valueOf(folder.getFileName()))
                    .sorted()
                    .collect(Collectors.joining(", "));
            return names.isEmpty() ? "" : ", or one of " + names;
        }
    }

    LatentModel load() throws IOException {
        return LatentModel.load(file());
    }

    /** What tells it from others: the name of its folder for a {@code model.zip}, else of its file without the ending. */
    String name() throws IOException {
        Path file = file();
        Path folder = file.toAbsolutePath().normalize().getParent();
        return String.valueOf(file.getFileName()).equals(FILE) && folder != null && folder.getFileName() != null
                ? folder.getFileName().toString()
                : String.valueOf(file.getFileName()).replaceFirst("\\.zip$", "");
    }

    /** The name by which every command knows it, such as {@code models/fashion-mnist-vae}; empty if it lies elsewhere. */
    Optional<String> nameInCheckout() throws IOException {
        Path file = file().toAbsolutePath().normalize();
        Path folder = file.getParent();
        boolean known = home.isPresent()
                && folder != null
                && home.get().resolve(MODELS).equals(folder.getParent())
                && file.endsWith(FILE);
        return known ? Optional.of(MODELS + "/" + name()) : Optional.empty();
    }

    /** As it was named. */
    @Override
    public String toString() {
        return given.toString();
    }
}
