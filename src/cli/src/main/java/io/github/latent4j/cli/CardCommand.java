package io.github.latent4j.cli;

import io.github.latent4j.data.DatasetInfo;
import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.report.Assessment;
import io.github.latent4j.evaluation.report.Assessor;
import io.github.latent4j.evaluation.report.MarkdownReport;
import io.github.latent4j.evaluation.report.ModelPictures;
import io.github.latent4j.evaluation.report.NamedPicture;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Writes the card of a model. */
@Command(
        name = "card",
        description =
                "Write a card beside a model: README.md with its use, limits, data, figures and the commands that gave them, and pictures.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = "  ./latent4j card m.zip --data strokes:test --limit 1000 --out card.md")
final class CardCommand implements Callable<Integer> {
    /** The pictures of a card, those that say most first; the first that there is stands at the top. */
    private static final List<String> PICTURES =
            List.of("manifold", "samples", "reconstructions", "traversals", "interpolations");

    private static final Set<String> NOT_REPEATED = Set.of("--force", "--json", "--debug");
    private static final Set<String> OF_THE_CARD = union(NOT_REPEATED, Set.of("--out", "--notes", "--licence"));
    private static final Set<String> OF_THE_CARD_AND_THE_FIGURES =
            union(OF_THE_CARD, Set.of("--seed", "--binarise", "--draws", "--anomaly", "--reference", "--limit"));

    private final Console console;

    @Spec
    private CommandSpec command;

    @Mixin
    private ModelMixin model;

    @Mixin
    private SourceOptionsMixin data;

    @Mixin
    private AssessmentMixin measured;

    @Option(
            names = "--reference",
            paramLabel = "SOURCE",
            description =
                    "Labelled data, such as mnist:train, on which probes of the code and a classifier are fitted, for the figures of a report: the latent space and the quality of samples. Without it, these are left out. --limit does not apply to it.")
    private Optional<String> reference;

    @Option(
            names = "--notes",
            paramLabel = "FILE",
            description = "Markdown of yours on what the model is for, and what it is not for, to stand on the card.")
    private Optional<Path> notes;

    @Option(
            names = "--licence",
            paramLabel = "TEXT",
            description = "The licence of the data that the model was trained on, if they are not of the catalogue.")
    private Optional<String> licence;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The card (default: README.md beside the model); the folder pictures is made beside it.")
    private Optional<Path> out;

    @Option(names = "--force", description = "Replace a file that is no card.")
    private boolean force;

    @Mixin
    private Summary summary;

    CardCommand(Console console) {
        this.console = console;
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Integer call() throws IOException {
        measured.check();
        LatentModel loaded = model.load();
        measured.requireUsable(List.of(model.named()), List.of(loaded));
        Path card = out.orElse(model.named().file().resolveSibling("README.md"));
        model.requireOther(card);
        CardFiles files = CardFiles.at(card, force);
        Optional<String> words = notes.isPresent() ? Optional.of(read(notes.get())) : Optional.empty();
        files.requireNotes(words);
        CardSentences sentences = new CardSentences(loaded);
        requireLicenceUnknown(sentences);
        if (sentences.catalogue().isEmpty() && licence.isEmpty()) {
            console.note("The card does not state the licence of the data; --licence TEXT does.");
        }
        files.requireReplaceable(possible(loaded));
        try (Examples examples = data.openFor(loaded, console)) {
            Examples values = measured.values(examples);
            List<String> remarks = new ArrayList<>();
            measured.caution(loaded).ifPresent(console::note);
            Assessment found = assess(loaded, examples, values, remarks);
            remarks.addAll(found.remarks());
            List<NamedPicture> pictures = pictures(loaded, values, found);
            MarkdownReport page = page(loaded, sentences, words, found.measurements(), remarks, pictures);
            files.write(page, pictures, PICTURES);
            print(files, pictures, found.measurements());
        }
        return 0;
    }

    private static String read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": found a folder, expected a file of Markdown");
        }
        try {
            String text = Files.readString(file);
            // Refuses now, and not after all has been measured, what a page cannot take.
            MarkdownReport.of(file.toString()).withMarkdown(text);
            return text;
        } catch (MalformedInputException e) {
            throw new IOException(file + ": found bytes that are no UTF-8, expected Markdown", e);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private void requireLicenceUnknown(CardSentences sentences) {
        Optional<DatasetInfo> known = sentences.catalogue();
        if (known.isPresent() && licence.isPresent()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--licence: found it for %s, of which the catalogue says %s, expected it for other data"
                            .formatted(known.get().name(), known.get().licence()));
        }
    }

    private Assessment assess(LatentModel loaded, Examples examples, Examples values, List<String> remarks)
            throws IOException {
        Assessor assessor = measured.assessor(loaded, values, remarks, console::note);
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            if (reference.isEmpty()) {
                return assessor.reportingTo(display).assess(values);
            }
            try (Examples other = data.openReference(reference.get(), loaded, "the model", examples, console)) {
                return assessor.inDepth()
                        .withReference(measured.values(other))
                        .reportingTo(display)
                        .assess(values);
            }
        }
    }

    /** The names of those that a model may have. */
    private static List<String> possible(LatentModel loaded) {
        return loaded.card().input() instanceof InputContract.Image
                ? PICTURES.stream()
                        .filter(name -> loaded instanceof Vae || !name.equals("samples"))
                        .filter(name ->
                                loaded instanceof Vae && loaded.spec().latent() == 2 || !name.equals("manifold"))
                        .toList()
                : List.of();
    }

    private List<NamedPicture> pictures(LatentModel loaded, Examples values, Assessment found) {
        LatentModel batches = loaded.using(MultiplicationProvider.forBatches());
        List<NamedPicture> all = found.measurements().stream()
                .filter(Evaluation.class::isInstance)
                .map(Evaluation.class::cast)
                .flatMap(evaluation ->
                        ModelPictures.of(batches, values, evaluation.reconstruction(), measured.seed()).stream())
                .toList();
        return PICTURES.stream()
                .flatMap(name -> all.stream().filter(picture -> picture.name().equals(name)))
                .toList();
    }

    private MarkdownReport page(
            LatentModel loaded,
            CardSentences sentences,
            Optional<String> words,
            List<Measurement> measurements,
            List<String> remarks,
            List<NamedPicture> pictures)
            throws IOException {
        MarkdownReport page = MarkdownReport.of(model.named().name()).withComment(CardFiles.MARK);
        page = page.withText(sentences.summary());
        if (!pictures.isEmpty()) {
            page = with(pictures.get(0), page);
        }
        page = use(page.withHeading("Use"), loaded);
        if (words.isPresent()) {
            page = page.withHeading(CardFiles.NOTES).withMarkdown(words.get());
        }
        page = page.withHeading("Limits").withList(sentences.limits());
        page = data(page.withHeading("Data and licence"), loaded, sentences);
        page = page.withHeading("Specification").withSpecification(loaded, file());
        page = page.withHeading("Training").withTraining(loaded);
        page = page.withHeading("Figures");
        for (String remark : remarks) {
            page = page.withText(remark);
        }
        for (Measurement measurement : measurements) {
            page = page.withMeasurement(measurement);
        }
        page = page.withText("The command that gave the figures:").withCode("sh", evaluation());
        page = page.withText("The command that wrote this card:").withCode("sh", self());
        if (pictures.size() > 1) {
            page = page.withHeading("Pictures");
            for (NamedPicture picture : pictures.subList(1, pictures.size())) {
                page = with(picture, page);
            }
        }
        return page;
    }

    private static MarkdownReport with(NamedPicture picture, MarkdownReport page) {
        return page.withPicture(CardFiles.reference(picture.name()), picture.heading(), picture.caption());
    }

    private MarkdownReport use(MarkdownReport page, LatentModel loaded) throws IOException {
        Path file = model.named().file();
        Optional<String> known = model.named().nameInCheckout();
        String place = known.map(name -> name + "/" + file.getFileName()).orElse(slashed(file));
        return page.withCode(
                        "sh", String.join("\n", CardUse.commands(loaded, known.orElse(model.toString()), source())))
                .withText("In Java, with latent4j-runtime alone:")
                .withCode("java", CardUse.java(loaded, place))
                .withText("In a program with DL4J:")
                .withCode("java", CardUse.dl4j(loaded, place));
    }

    private static String slashed(Path path) {
        return path.toString().replace(path.getFileSystem().getSeparator(), "/");
    }

    /** What the section on the training does not say. */
    private MarkdownReport data(MarkdownReport page, LatentModel loaded, CardSentences sentences) {
        if (loaded.card().provenance().isEmpty()) {
            page = page.withText("The model's file does not say what it was trained on.");
        }
        return page.withText(sentences
                .catalogue()
                .map(info -> "%s is a data set of the catalogue: %s. Made by %s. Licence: %s."
                        .formatted(info.name(), info.description(), info.origin(), info.licence()))
                .or(() -> licence.map("Licence of the data: %s."::formatted))
                .orElse("The licence of the data is not stated here."));
    }

    /** What there is to say of the file. */
    private Map<String, String> file() throws IOException {
        Path file = model.named().file();
        byte[] content = Files.readAllBytes(file);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("File", String.format(Locale.ROOT, "%s, %,d bytes", file.getFileName(), content.length));
        try {
            facts.put(
                    "SHA-256 of the file",
                    HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        return facts;
    }

    private List<String> source() {
        return CommandText.options(parsed(), OF_THE_CARD_AND_THE_FIGURES);
    }

    private String evaluation() {
        List<String> line = new ArrayList<>(List.of("evaluate", model.toString()));
        line.addAll(CommandText.options(parsed(), OF_THE_CARD));
        if (reference.isPresent()) {
            line.addAll(List.of("--report", "report"));
        }
        return CommandText.of(line);
    }

    private String self() {
        List<String> line = new ArrayList<>(List.of("card", model.toString()));
        line.addAll(CommandText.options(parsed(), NOT_REPEATED));
        return CommandText.of(line);
    }

    private ParseResult parsed() {
        return command.commandLine().getParseResult();
    }

    private void print(CardFiles files, List<NamedPicture> pictures, List<Measurement> measurements)
            throws IOException {
        int figures = measurements.stream().mapToInt(m -> m.figures().size()).sum();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", files.card().toString());
        fields.put(
                "pictures",
                pictures.stream()
                        .map(picture -> files.file(picture.name()).toString())
                        .toList());
        measurements.forEach(measurement -> fields.putAll(measurement.fields()));
        summary.print(
                console,
                fields,
                "wrote %s: %d figures, %d pictures%s"
                        .formatted(
                                files.card(),
                                figures,
                                pictures.size(),
                                pictures.isEmpty() ? "" : " in " + files.folder()));
    }
}
