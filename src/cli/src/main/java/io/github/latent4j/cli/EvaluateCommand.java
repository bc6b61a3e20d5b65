package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.Evaluation;
import io.github.latent4j.evaluation.Measurement;
import io.github.latent4j.evaluation.report.Assessment;
import io.github.latent4j.evaluation.report.Assessor;
import io.github.latent4j.evaluation.report.Comparison;
import io.github.latent4j.evaluation.report.ModelPictures;
import io.github.latent4j.evaluation.report.ModelSection;
import io.github.latent4j.evaluation.report.Report;
import io.github.latent4j.evaluation.report.TrainingCurves;
import io.github.latent4j.evaluation.sampling.SampleEvaluator;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a model, or several side by side. */
@Command(
        name = "evaluate",
        description = "Measure a model, or several side by side, on data it was not trained on.",
        mixinStandardHelpOptions = true,
        footerHeading = Main.EXAMPLES,
        footer = {
            "  ./latent4j evaluate m.zip --data strokes:test --limit 1000",
            "  ./latent4j evaluate models/strokes-vae-2d m.zip --data strokes:test --report report"
        })
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(
            paramLabel = "MODEL",
            arity = "1..*",
            description = "A model, or several to compare: a file, the folder of a model.zip, or a name of models/.")
    private List<Path> given = List.of();

    @Mixin
    private SourceOptionsMixin data;

    @Spec
    private CommandSpec command;

    @Mixin
    private AssessmentMixin measured;

    @Option(
            names = "--reference",
            paramLabel = "SOURCE",
            description =
                    "Labelled data that a report's probes of the code and the classifier behind its figures of samples are fitted on, such as mnist:train (default: a part of the data themselves). --limit does not apply to it.")
    private Optional<String> reference;

    @Option(
            names = "--quick",
            description =
                    "Leave out of a report what classifiers are trained for: probes of the code and the quality of samples.")
    private boolean quick;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Measure the latent space and the quality of samples, too, and write a page with pictures and charts, and all figures as JSON and CSV, into a new folder.")
    private Optional<Path> report;

    @Option(
            names = "--force",
            description =
                    "Write into the folder of --report even if it holds files; those of an older report are replaced, others stay.")
    private boolean force;

    @Option(names = "--json", description = "Print the figures as JSON.")
    private boolean json;

    EvaluateCommand(Console console) {
        this.console = console;
    }

    /** A model with the data as it takes them. */
    private record Case(
            NamedModel named, String name, LatentModel model, Examples examples, Optional<Examples> reference) {
        void close() throws IOException {
            examples.close();
            if (reference.isPresent()) {
                reference.get().close();
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        measured.check();
        if (quick && (report.isEmpty() || reference.isPresent())) {
            throw new ParameterException(
                    command.commandLine(),
                    "--quick: found it %s, expected it with --report and without --reference, since it shortens reports and trains nothing"
                            .formatted(report.isEmpty() ? "without --report" : "with --reference"));
        }
        if (reference.isPresent() && report.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--reference: found it without --report, expected both, since it serves figures of reports");
        }
        if (force && report.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--force: found it without --report, expected both, since it is about its folder");
        }
        if (report.isPresent()) {
            requireUsable(report.get());
        }
        List<String> names = names();
        List<LatentModel> models = new ArrayList<>();
        for (NamedModel one : named()) {
            models.add(one.load());
        }
        measured.requireUsable(named(), models);
        List<Case> cases = new ArrayList<>();
        try {
            for (int i = 0; i < models.size(); i++) {
                String who = models.size() == 1 ? "the model" : given.get(i).toString();
                cases.add(open(named().get(i), names.get(i), models.get(i), who));
            }
            evaluate(cases);
        } finally {
            for (Case one : cases) {
                one.close();
            }
        }
        return 0;
    }

    private void requireUsable(Path folder) throws IOException {
        if (force) {
            Report.requireWritable(folder);
            return;
        }
        try {
            Report.requireNew(folder);
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getMessage() + "; --force writes into it all the same", e);
        }
    }

    private Case open(NamedModel one, String name, LatentModel model, String who) throws IOException {
        Examples examples = data.openFor(model, who, console);
        try {
            Optional<Examples> other = reference.isPresent()
                    ? Optional.of(data.openReference(reference.get(), model, who, examples, console))
                    : Optional.empty();
            return new Case(one, name, model, examples, other);
        } catch (IOException | RuntimeException e) {
            examples.close();
            throw e;
        }
    }

    private List<NamedModel> named() {
        return given.stream().map(one -> NamedModel.of(one, Checkout.home())).toList();
    }

    /** The names of the models, or as they were given where these are not distinct. */
    private List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        for (NamedModel one : named()) {
            Path file = one.file().toAbsolutePath().normalize();
            if (files.contains(file)) {
                throw new ParameterException(
                        command.commandLine(), "MODEL: found %s twice, expected different models".formatted(one));
            }
            files.add(file);
            names.add(one.name());
        }
        return names.stream().distinct().count() == names.size()
                ? names
                : given.stream().map(Path::toString).toList();
    }

    private void evaluate(List<Case> cases) throws IOException {
        List<ModelSection> sections = new ArrayList<>();
        Map<String, Optional<SampleEvaluator>> samples = new HashMap<>();
        for (Case one : cases) {
            sections.add(evaluate(one, samples));
        }
        if (report.isPresent()) {
            Report page = Report.of(
                    cases.size() == 1
                            ? "Evaluation of " + cases.get(0).name()
                            : "Evaluation of %d models".formatted(cases.size()));
            if (measured.isBinarised()) {
                page = page.withText(
                        "The values are ones and zeros, drawn from those of the data as probabilities with seed %s."
                                .formatted(measured.seed()));
            }
            for (ModelSection section : sections) {
                page = page.with(section);
            }
            if (force) {
                page.replace(report.get());
            } else {
                page.write(report.get());
            }
            console.note("wrote %s".formatted(report.get().resolve("index.html")));
        }
        if (json) {
            List<Map<String, Object>> all = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                Map<String, Object> fields = new LinkedHashMap<>();
                if (cases.size() > 1) {
                    fields.put("name", cases.get(i).name());
                    fields.put("file", cases.get(i).named().file().toString());
                }
                fields.putAll(sections.get(i).fields());
                fields.put("binarised", measured.isBinarised());
                all.add(fields);
            }
            console.json(all.size() == 1 ? all.get(0) : Map.of("models", all));
        } else {
            print(cases.get(0).examples(), sections);
        }
    }

    /** Models that take the same values share what judges their samples. */
    private ModelSection evaluate(Case one, Map<String, Optional<SampleEvaluator>> samples) throws IOException {
        LatentModel model = one.model();
        String prefix = given.size() == 1 ? "" : one.name() + ": ";
        measured.caution(model).ifPresent(note -> console.note(prefix + note));
        Examples examples = measured.values(one.examples());
        List<String> remarks = new ArrayList<>();
        Assessor assessor = measured.assessor(model, examples, remarks, console::note);
        if (report.isPresent()) {
            Optional<Examples> other = one.reference().map(measured::values);
            assessor = quick ? assessor.inDepthWithoutClassifiers() : assessor.inDepth();
            if (other.isPresent()) {
                assessor = assessor.withReference(other.get());
            }
            Optional<SampleEvaluator> shared = quick
                    ? Optional.empty()
                    : samples.computeIfAbsent(
                            examples.sha256(), content -> Assessor.sampleEvaluator(examples, other, measured.seed()));
            if (shared.isPresent()) {
                assessor = assessor.withSampleEvaluator(shared.get());
            }
        }
        Assessment found;
        try (ProgressDisplay display = new ProgressDisplay(console)) {
            found = assessor.reportingTo(display).assess(examples);
        }
        ModelSection section = ModelSection.of(one.name(), model).with(found);
        for (String remark : remarks) {
            section = section.withRemark(remark);
        }
        remarks.addAll(found.remarks());
        if (report.isEmpty()) {
            // The page has them all. What data were measured is printed anyway, and missing labels are no news.
            found.measurements().stream()
                    .filter(measurement -> !(measurement instanceof Evaluation))
                    .filter(measurement -> !(measurement instanceof AnomalyEvaluation anomalies
                            && anomalies.labelled().isEmpty()))
                    .forEach(measurement -> remarks.addAll(measurement.remarks()));
        }
        remarks.forEach(remark -> console.note(prefix + remark));
        return report.isPresent()
                ? training(one.named().file(), pictures(section, model, examples, found), prefix)
                : section;
    }

    private ModelSection pictures(ModelSection section, LatentModel model, Examples examples, Assessment found) {
        ModelSection more = section;
        LatentModel batches = model.using(MultiplicationProvider.forBatches());
        for (Measurement measurement : found.measurements()) {
            if (measurement instanceof Evaluation evaluation) {
                more = more.withPictures(
                        ModelPictures.of(batches, examples, evaluation.reconstruction(), measured.seed()));
            }
        }
        return more;
    }

    /** Adds what the run folder beside the model file tells of its training. */
    private ModelSection training(Path file, ModelSection section, String prefix) {
        Path metrics = file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.zip$", "") + ".run")
                .resolve("metrics.csv");
        try {
            return section.withTrainingCharts(TrainingCurves.read(metrics));
        } catch (IOException e) {
            String remark = "There is no chart of the training. " + e.getMessage() + ".";
            if (Files.exists(metrics)) {
                console.note(prefix + remark);
            }
            return section.withRemark(remark);
        }
    }

    /** A line a figure; of several models, a column each. */
    private void print(Examples examples, List<ModelSection> sections) {
        Comparison comparison = Comparison.of(sections);
        List<List<String>> lines = new ArrayList<>();
        if (sections.size() > 1) {
            List<String> head = new ArrayList<>(List.of(""));
            head.addAll(comparison.names());
            head.add("");
            lines.add(head);
        }
        for (Comparison.Row row : comparison.rows()) {
            List<String> line = new ArrayList<>(List.of(row.figure().name()));
            row.values()
                    .forEach(value -> line.add(value.map(f -> row.sameUnit() ? f.text() : f.text() + " " + f.unit())
                            .orElse("-")));
            line.add(row.sameUnit() ? row.figure().unit() : "");
            lines.add(line);
        }
        int[] widths = IntStream.range(0, sections.size() + 1)
                .map(c -> lines.stream().mapToInt(l -> l.get(c).length()).max().orElse(0))
                .toArray();
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s, %,d examples%s%n",
                        examples.name(),
                        examples.size(),
                        measured.isBinarised() ? ", ones and zeros drawn with seed " + measured.seed() : "");
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                text.append(String.format(Locale.ROOT, "%-" + (widths[c] + 2) + "s", line.get(c)));
            }
            console.out().println((text + line.get(widths.length)).stripTrailing());
        }
    }
}
