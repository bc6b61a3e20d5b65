package io.github.latent4j.cli;

import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.InputContract;
import io.github.latent4j.runtime.InputContract.Image;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Vae;
import java.util.ArrayList;
import java.util.List;

/** What to type to use a model, for what its kind is made for. */
final class CardUse {
    private CardUse() {}

    /**
     * Command lines.
     *
     * @param name of the model
     * @param source the option that names data, and those that say how to read them
     */
    static List<String> commands(LatentModel model, String name, List<String> source) {
        boolean pictures = model.card().input() instanceof Image;
        List<String> lines = new ArrayList<>();
        if (model.card().detection().isPresent()) {
            lines.add(line("score", name, source, "scores.csv"));
        }
        if (model instanceof Vae) {
            lines.add(line("sample", name, List.of(), pictures ? "samples.png" : "samples.csv"));
        }
        lines.add(line("encode", name, source, "codes.csv"));
        lines.add(line("reconstruct", name, source, pictures ? "pairs.png" : "reconstructed.csv"));
        return lines;
    }

    private static String line(String command, String name, List<String> source, String out) {
        List<String> words = new ArrayList<>(List.of(command, name));
        words.addAll(source);
        words.addAll(List.of("--out", out));
        return CommandText.of(words);
    }

    /** Statements with a model file at a place, that run as they stand. */
    static String java(LatentModel model, String place) {
        List<String> lines = new ArrayList<>();
        lines.add("LatentModel model = LatentModel.load(Path.of(\"%s\"));".formatted(literal(place)));
        InputContract input = model.card().input();
        if (input instanceof Table) {
            lines.add("InputContract.Table table = model.card().table();");
            lines.add(
                    "var record = table.record(model.decode(new float[%d])); // a typical one: a map from columns to cells"
                            .formatted(model.spec().latent()));
            if (model.card().detection().isPresent()) {
                lines.add("AnomalyDetector.Verdict verdict = AnomalyDetector.of(model).judge(record);");
            }
            lines.add("float[] code = model.encode(table.features(record));");
        } else {
            lines.add("float[] example = new float[%d]; // %s"
                    .formatted(model.spec().inputs(), input.text()));
            if (model.card().detection().isPresent()) {
                lines.add("AnomalyDetector.Verdict verdict = AnomalyDetector.of(model).judge(example);");
            }
            lines.add("float[] code = model.encode(example);");
        }
        lines.add("float[] decoded = model.decode(code);");
        if (model instanceof Vae) {
            lines.add("Matrix samples = ((Vae) model).sample(64, new Random(1));");
        }
        return String.join("\n", lines);
    }

    /** The same as a network of DL4J. */
    static String dl4j(LatentModel model, String place) {
        boolean code = !(model.spec() instanceof AutoencoderSpec ae) || ae.weights() == AutoencoderSpec.Weights.TIED;
        return """
                MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File("%s"));
                INDArray %s = network.output(Nd4j.zeros(1, %d));""".formatted(
                literal(place), code ? "codes" : "reconstructions", model.spec().inputs());
    }

    private static String literal(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
