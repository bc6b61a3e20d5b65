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
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
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
    private static final String MARK = "written by latent4j card";
    private static final String PICTURES = "pictures";
    private static final Set<String> NOT_REPEATED = Set.of("--force", "--json", "--debug");
    private static final Set<String> OF_THE_CARD =
            Set.of("--out", "--notes", "--licence", "--force", "--json", "--debug");
    private static final Set<String> OF_THE_CARD_AND_THE_FIGURES = Set.of(
            "--out",
            "--notes",
            "--licence",
            "--force",
            "--json",
            "--debug",
            "--seed",
            "--binarise",
            "--draws",
            "--anomaly",
            "--reference",
            "--limit");

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

    @Override
    public Integer call() throws IOException {
        measured.check();
        LatentModel loaded = model.load();
        measured.requireUsable(List.of(model.named()), List.of(loaded));
        Path card = out.orElse(model.named().file().resolveSibling("README.md"));
        model.requireOther(card);
        requireReplaceable(card);
        Optional<String> words = notes.isPresent() ? Optional.of(read(notes.get())) : Optional.empty();
        CardSentences sentences = new CardSentences(loaded);
        requireLicenceUnknown(sentences);
        try (Examples examples = data.openFor(loaded, console)) {
            Examples values = measured.values(examples);
            List<String> remarks = new ArrayList<>();
            measured.caution(loaded).ifPresent(console::note);
            Assessment found = assess(loaded, values, remarks);
            remarks.addAll(found.remarks());
            List<NamedPicture> pictures = pictures(loaded, values, found);
            MarkdownReport page = page(loaded, sentences, words, found.measurements(), remarks, pictures);
            write(card, page, pictures);
            print(card, pictures, found.measurements());
        }
        return 0;
    }

    private void requireReplaceable(Path card) throws IOException {
        if (force || !Files.exists(card) || Files.isDirectory(card)) {
            return;
        }
        boolean ours;
        try {
            ours = Files.readAllLines(card).contains("<!-- " + MARK + " -->");
        } catch (MalformedInputException e) {
            ours = false;
        }
        if (!ours) {
            throw new FileAlreadyExistsException(
                    card.toString(),
                    null,
                    "found a file that is no card, expected a card or nothing there; --force replaces it");
        }
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (MalformedInputException e) {
            throw new IOException(file + ": found bytes that are no UTF-8, expected Markdown", e);
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

    private Assessment assess(LatentModel loaded, Examples values, List<String> remarks) throws IOException {
        Assessor assessor = measured.assessor(loaded, values, remarks, console::note);
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            if (reference.isEmpty()) {
                return assessor.reportingTo(display).assess(values);
            }
            try (Examples other = data.openOther(reference.get(), loaded, "the model", console)) {
                return assessor.inDepth()
                        .withReference(measured.values(other))
                        .reportingTo(display)
                        .assess(values);
            }
        }
    }

    /** Those that say most; the first stands at the top. */
    private List<NamedPicture> pictures(LatentModel loaded, Examples values, Assessment found) {
        LatentModel batches = loaded.using(MultiplicationProvider.forBatches());
        List<NamedPicture> all = found.measurements().stream()
                .filter(Evaluation.class::isInstance)
                .map(Evaluation.class::cast)
                .flatMap(evaluation ->
                        ModelPictures.of(batches, values, evaluation.reconstruction(), measured.seed()).stream())
                .toList();
        return List.of("manifold", "samples", "reconstructions", "traversals", "interpolations").stream()
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
        MarkdownReport page = MarkdownReport.of(model.named().name()).withComment(MARK);
        page = page.withText(sentences.summary());
        if (!pictures.isEmpty()) {
            page = with(pictures.get(0), page);
        }
        page = use(page.withHeading("Use"), loaded);
        if (words.isPresent()) {
            page = page.withHeading("Notes").withMarkdown(words.get());
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
        return page.withPicture(PICTURES + "/" + picture.name() + ".png", picture.heading(), picture.caption());
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

    private MarkdownReport data(MarkdownReport page, LatentModel loaded, CardSentences sentences) {
        String licences = licence.map("Licence of the data: %s."::formatted)
                .orElse("The licence of the data is not stated here; whoever made the model knows it.");
        return loaded.card()
                .provenance()
                .map(origin -> {
                    MarkdownReport told = page.withText(String.format(
                            Locale.ROOT,
                            "Trained on %,d examples of %s. SHA-256 of the content of the data: %s.",
                            origin.examples(),
                            origin.data(),
                            origin.dataSha256()));
                    return sentences
                            .catalogue()
                            .map(info -> told.withText("%s is a data set of the catalogue: %s. Made by %s. Licence: %s."
                                    .formatted(info.name(), info.description(), info.origin(), info.licence())))
                            .orElseGet(() -> told.withText(licences));
                })
                .orElseGet(() -> page.withText("The model's file does not say what it was trained on.")
                        .withText(licences));
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

    /** All files are written beside their places before the first is moved there; the page is the last. */
    private static void write(Path card, MarkdownReport page, List<NamedPicture> pictures) throws IOException {
        Map<Path, byte[]> contents = new LinkedHashMap<>();
        Path folder = card.resolveSibling(PICTURES);
        if (!pictures.isEmpty()) {
            Files.createDirectories(folder);
        }
        pictures.forEach(picture -> contents.put(
                folder.resolve(picture.name() + ".png"), picture.picture().png()));
        contents.put(card, page.markdown().getBytes(StandardCharsets.UTF_8));
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
    }

    private void print(Path card, List<NamedPicture> pictures, List<Measurement> measurements) throws IOException {
        int figures = measurements.stream().mapToInt(m -> m.figures().size()).sum();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", card.toString());
        fields.put(
                "pictures",
                pictures.stream()
                        .map(picture -> card.resolveSibling(PICTURES)
                                .resolve(picture.name() + ".png")
                                .toString())
                        .toList());
        measurements.forEach(measurement -> fields.putAll(measurement.fields()));
        summary.print(
                console,
                fields,
                "wrote %s: %d figures, %d pictures%s"
                        .formatted(
                                card,
                                figures,
                                pictures.size(),
                                pictures.isEmpty() ? "" : " in " + card.resolveSibling(PICTURES)));
    }
}
