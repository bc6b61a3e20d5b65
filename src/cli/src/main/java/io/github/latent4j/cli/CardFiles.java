package io.github.latent4j.cli;

import io.github.latent4j.evaluation.report.MarkdownReport;
import io.github.latent4j.evaluation.report.NamedPicture;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The files of a card: its page, and the pictures in a folder beside it. What is no card's is kept, unless that is forced. */
final class CardFiles {
    /** The comment by which a card is known. */
    static final String MARK = "written by latent4j card";

    /** The heading above what the maker of a model has to say. */
    static final String NOTES = "Notes";

    private static final String FOLDER = "pictures";
    private static final Pattern NAMED = Pattern.compile("]\\(" + FOLDER + "/([\\w-]+)\\.png\\)");

    private final Path card;
    /** The card that is there; empty without one. */
    private final String old;

    private final boolean force;

    private CardFiles(Path card, String old, boolean force) {
        this.card = card;
        this.old = old;
        this.force = force;
    }

    /**
     * Looks whether a card can be written. Nothing is.
     *
     * @param card the page
     * @param force whether files that are no card's may be replaced
     */
    static CardFiles at(Path card, boolean force) throws IOException {
        StagedFile.beside(card).close();
        if (!Files.exists(card)) {
            return new CardFiles(card, "", force);
        }
        String old;
        try {
            old = Files.readString(card);
        } catch (MalformedInputException e) {
            old = "";
        }
        boolean ours = old.lines().anyMatch(("<!-- " + MARK + " -->")::equals);
        if (!ours && !force) {
            throw new FileAlreadyExistsException(
                    card.toString(),
                    null,
                    "found a file that is no card, expected a card or nothing there; --out names another place, --force replaces it");
        }
        return new CardFiles(card, ours ? old : "", force);
    }

    /** Refuses to lose the notes of the card that is there. */
    void requireNotes(Optional<String> notes) throws IOException {
        if (!force && notes.isEmpty() && old.lines().anyMatch(("## " + NOTES)::equals)) {
            throw new FileAlreadyExistsException(
                    card.toString(),
                    null,
                    "found a card with notes, expected --notes with a file of them; --force leaves them out");
        }
    }

    /** The pictures that a page names. */
    private static Set<String> named(String page) {
        return NAMED.matcher(page)
                .results()
                .map((MatchResult picture) -> picture.group(1))
                .collect(Collectors.toSet());
    }

    Path card() {
        return card;
    }

    Path folder() {
        return card.resolveSibling(FOLDER);
    }

    /** Where a picture is, as the page says it. */
    static String reference(String picture) {
        return FOLDER + "/" + picture + ".png";
    }

    Path file(String picture) {
        return folder().resolve(picture + ".png");
    }

    /** Refuses pictures in the place of those of these names, unless the card that is there names them. */
    void requireReplaceable(List<String> pictures) throws IOException {
        if (Files.exists(folder()) && !Files.isDirectory(folder())) {
            throw new FileAlreadyExistsException(folder().toString());
        }
        Set<String> before = named(old);
        for (String picture : pictures) {
            if (!force && !before.contains(picture) && Files.exists(file(picture))) {
                throw new FileAlreadyExistsException(
                        file(picture).toString(),
                        null,
                        "found a picture that is not of %s, expected none; --force replaces it".formatted(card));
            }
        }
    }

    /**
     * Writes all files beside their places before the first is moved there; the page is the last. Pictures of the card that was
     * there are deleted if no picture of a card's own has their place now.
     *
     * @param kinds the names of all pictures that cards make
     */
    void write(MarkdownReport page, List<NamedPicture> pictures, List<String> kinds) throws IOException {
        String text = page.markdown();
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        if (!pictures.isEmpty()) {
            Files.createDirectories(folder());
        }
        pictures.forEach(
                picture -> contents.put(file(picture.name()), picture.picture().png()));
        contents.put(card, text.getBytes(StandardCharsets.UTF_8));
        List<StagedFile> staged = new ArrayList<>();
        try {
            for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
                StagedFile beside = StagedFile.beside(file.getKey());
                staged.add(beside);
                Files.write(beside.path(), file.getValue());
            }
            for (StagedFile file : staged) {
                file.place();
            }
        } finally {
            for (StagedFile file : staged) {
                file.close();
            }
        }
        Set<String> gone = new HashSet<>(named(old));
        gone.retainAll(kinds);
        gone.removeAll(named(text));
        for (String picture : gone) {
            Files.deleteIfExists(file(picture));
        }
    }
}
