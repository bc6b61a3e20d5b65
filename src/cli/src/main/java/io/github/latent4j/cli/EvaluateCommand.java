package io.github.latent4j.cli;

import io.github.latent4j.data.Examples;
import io.github.latent4j.evaluation.AnomalyEvaluation;
import io.github.latent4j.evaluation.AnomalyLabels;
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
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.MultiplicationProvider;
import io.github.latent4j.runtime.Vae;
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
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", arity = "1..*", description = "A model file, or several to compare.")
    private List<Path> files = List.of();

    @Mixin
    private SourceOptionsMixin data;

    @Spec
    private CommandSpec command;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Of the draws of the posterior, and of --binarise (default: 1).")
    private long seed;

    @Option(
            names = "--binarise",
            description = "Draw ones and zeros from values in [0, 1] first, as for a model that was trained so.")
    private boolean binarise;

    @Option(
            names = "--draws",
            paramLabel = "S",
            description =
                    "Estimate the log likelihood of a VAE by importance sampling with that many draws an example, such as 5000.")
    private Optional<Integer> draws;

    @Option(
            names = "--anomaly",
            paramLabel = "VALUE",
            description =
                    "The label of anomalies, for a model with a detector (default: the one of 1, true, yes, anomaly, attack, … if the other is 0, false, no, normal, …).")
    private Optional<String> anomaly;

    @Option(
            names = "--reference",
            paramLabel = "SOURCE",
            description =
                    "Labelled data that a report's probes of the code and the classifier behind its figures of samples are fitted on, such as mnist:train (default: a part of the data themselves). --limit does not apply to it.")
    private Optional<String> reference;

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
    private record Case(Path file, String name, LatentModel model, Examples examples, Optional<Examples> reference) {
        void close() throws IOException {
            examples.close();
            if (reference.isPresent()) {
                reference.get().close();
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        List<String> names = names();
        if (draws.isPresent() && draws.get() < 1) {
            throw new ParameterException(
                    command.commandLine(), "--draws: found %d, expected at least 1".formatted(draws.get()));
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
        List<LatentModel> models = new ArrayList<>();
        for (Path file : files) {
            LatentModel model = LatentModel.load(file);
            if (anomaly.isPresent()) {
                ModelMixin.requireDetector(file, model);
            }
            models.add(model);
        }
        if (draws.isPresent() && models.stream().noneMatch(Vae.class::isInstance)) {
            throw new IOException("%s: found an autoencoder with --draws, expected a VAE, which alone has a likelihood"
                    .formatted(files.get(0)));
        }
        List<Case> cases = new ArrayList<>();
        try {
            for (int i = 0; i < models.size(); i++) {
                String who = models.size() == 1 ? "the model" : files.get(i).toString();
                cases.add(open(files.get(i), names.get(i), models.get(i), who));
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

    private Case open(Path file, String name, LatentModel model, String who) throws IOException {
        Examples examples = data.openFor(model, who, console);
        try {
            Optional<Examples> other = reference.isPresent()
                    ? Optional.of(data.openOther(reference.get(), model, who, console))
                    : Optional.empty();
            if (other.isPresent() && other.get().sha256().equals(examples.sha256())) {
                throw new IOException(
                        "--reference: found the same examples as with --data (%s), expected others, such as those of the training"
                                .formatted(examples.name()));
            }
            return new Case(file, name, model, examples, other);
        } catch (IOException | RuntimeException e) {
            examples.close();
            throw e;
        }
    }

    /** The names of the files without folder and ending, or the whole paths where these are not distinct. */
    private List<String> names() {
        for (int i = 1; i < files.size(); i++) {
            if (files.subList(0, i).contains(files.get(i))) {
                throw new ParameterException(
                        command.commandLine(),
                        "MODEL: found %s twice, expected different models".formatted(files.get(i)));
            }
        }
        List<String> names = files.stream()
                .map(file -> String.valueOf(file.getFileName()).replaceFirst("\\.zip$", ""))
                .toList();
        return names.stream().distinct().count() == names.size()
                ? names
                : files.stream().map(Path::toString).toList();
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
                            ? "Evaluation of " + files.get(0).getFileName()
                            : "Evaluation of %d models".formatted(cases.size()));
            if (binarise) {
                page = page.withText(
                        "The values are ones and zeros, drawn from those of the data as probabilities with seed %s."
                                .formatted(seed));
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
                    fields.put("file", cases.get(i).file().toString());
                }
                fields.putAll(sections.get(i).fields());
                fields.put("binarised", binarise);
                all.add(fields);
            }
            console.json(all.size() == 1 ? all.get(0) : Map.of("models", all));
        } else {
            print(cases.get(0).examples(), sections);
        }
    }

    /** Models that take the same values share what judges their samples. */
    private ModelSection evaluate(Case one, Map<String, Optional<SampleEvaluator>> samples) {
        LatentModel model = one.model();
        String prefix = files.size() == 1 ? "" : one.name() + ": ";
        model.card()
                .provenance()
                .map(origin -> origin.plan().getOrDefault("binarise", "none"))
                .filter(how -> !how.equals("none") && !binarise)
                .ifPresent(how -> console.note(
                        "%sfound a model trained with --binarise %s, evaluated on values as they are; --binarise draws"
                                .formatted(prefix, how)));
        Examples examples = binarise ? one.examples().binarised(seed) : one.examples();
        Assessor assessor = Assessor.of(model).withSeed(seed);
        List<String> remarks = new ArrayList<>();
        if (draws.isPresent() && model instanceof Vae) {
            assessor = assessor.withDraws(draws.get());
        } else if (draws.isPresent()) {
            remarks.add("The log likelihood is left out: an autoencoder has none.");
        }
        if (report.isPresent()) {
            Optional<Examples> other = one.reference().map(r -> binarise ? r.binarised(seed) : r);
            assessor = assessor.inDepth();
            if (other.isPresent()) {
                assessor = assessor.withReference(other.get());
            }
            Optional<SampleEvaluator> shared = samples.computeIfAbsent(
                    examples.sha256(), content -> Assessor.sampleEvaluator(examples, other, seed));
            if (shared.isPresent()) {
                assessor = assessor.withSampleEvaluator(shared.get());
            }
        }
        if (model.card().detection().isPresent()) {
            Optional<AnomalyLabels> labels = labels(examples, remarks);
            if (labels.isPresent()) {
                assessor = assessor.withAnomalyLabels(labels.get());
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
        return report.isPresent() ? training(one.file(), pictures(section, model, examples, found), prefix) : section;
    }

    private ModelSection pictures(ModelSection section, LatentModel model, Examples examples, Assessment found) {
        ModelSection more = section;
        LatentModel batches = model.using(MultiplicationProvider.forBatches());
        for (Measurement measurement : found.measurements()) {
            if (measurement instanceof Evaluation evaluation) {
                more = more.withPictures(ModelPictures.of(batches, examples, evaluation.reconstruction(), seed));
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

    /**
     * Which examples are anomalies. The labels of a table are a column that was named; those of other data come along with them
     * and may mean something else.
     */
    private Optional<AnomalyLabels> labels(Examples examples, List<String> remarks) {
        if (examples.labelNames().isEmpty()) {
            if (anomaly.isPresent()) {
                throw new ParameterException(
                        command.commandLine(),
                        "--anomaly: found it without labels, expected data with labels; --label names the column of a CSV file");
            }
            return Optional.empty();
        }
        if (!(examples.input() instanceof InputContract.Table) && anomaly.isEmpty()) {
            console.note("labels are left alone; --anomaly VALUE says which of two is that of anomalies");
            return Optional.empty();
        }
        Optional<String> column = command.findOption("--label").getValue();
        String what = column.map(name -> "label column " + name).orElse("label");
        try {
            return Optional.of(AnomalyLabels.of(examples, what, anomaly));
        } catch (IllegalArgumentException e) {
            if (anomaly.isPresent()) {
                throw e;
            }
            remarks.add("How right the detector is, is left out: %s (--anomaly VALUE).".formatted(e.getMessage()));
            return Optional.empty();
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
                        binarise ? ", ones and zeros drawn with seed " + seed : "");
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int c = 0; c < widths.length; c++) {
                text.append(String.format(Locale.ROOT, "%-" + (widths[c] + 2) + "s", line.get(c)));
            }
            console.out().println((text + line.get(widths.length)).stripTrailing());
        }
    }
}
