package io.github.latent4j.cli;

import static io.github.latent4j.cli.MainTest.assertOneLine;
import static io.github.latent4j.cli.MainTest.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.github.latent4j.cli.MainTest.Answer;
import io.github.latent4j.runtime.Activation;
import io.github.latent4j.runtime.AutoencoderSpec;
import io.github.latent4j.runtime.Corruption;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.TrainingPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code train} makes of its options, of a plan's file and of Ctrl-C. */
class TrainCommandTest {
    @TempDir
    Path folder;

    private Path plan;
    private Path model;

    @BeforeEach
    void nameTheFiles() {
        plan = folder.resolve("plan.yaml");
        model = folder.resolve("m.zip");
    }

    /** Trains on a hundred strokes. */
    private Answer train(Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--data", "strokes", "--limit", 100));
        arguments.addAll(List.of("--latent", 2, "--hidden", 8, "--out", model));
        arguments.addAll(List.of(options));
        return run(arguments.toArray());
    }

    private static TrainingPlan parsed(Map<String, String> options) throws IOException {
        Console console = new Console(System.out, System.err);
        CommandLine line = new CommandLine(new TrainCommand(console), new CommandFactory(console))
                .setCaseInsensitiveEnumValuesAllowed(true);
        List<String> arguments = new ArrayList<>(List.of("--data", "strokes", "--out", "m.zip"));
        options.forEach((option, text) -> arguments.addAll(List.of(option, text)));
        line.parseArgs(arguments.toArray(String[]::new));
        return PlanOptions.of(line.getCommandSpec()).plan();
    }

    @Test
    void everyFieldOfAPlanHasAnOption() throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("--epochs", "30");
        options.put("--batch", "100");
        options.put("--optimiser", "adamw");
        options.put("--learning-rate", "0.002");
        options.put("--schedule", "step:5:0.5");
        options.put("--weight-decay", "0.01");
        options.put("--clipping", "5.0");
        options.put("--beta", "4.0");
        options.put("--warm-up", "linear:5000steps");
        options.put("--free-bits", "0.5");
        options.put("--bound", "elbo");
        options.put("--samples", "5");
        options.put("--sparsity-target", "0.1");
        options.put("--sparsity-weight", "0.3");
        options.put("--binarise", "dynamic");
        options.put("--validation", "0.25");
        options.put("--patience", "7");
        options.put("--pretraining-epochs", "0");
        options.put("--pretraining-masking", "0.5");
        options.put("--shards", "3");
        options.put("--seed", "-5");
        assertThat(parsed(options).fields().values()).containsExactlyElementsOf(options.values());
        assertThat(parsed(Map.of("--bound", "iwae")).fields()).containsEntry("bound", "iwae");
        assertThat(parsed(Map.of())).isEqualTo(TrainingPlan.defaults());
        assertThat(run("train", "--help").out())
                .contains(options.keySet())
                .contains(
                        "--plan=FILE",
                        "--resume",
                        "--checkpoint-every=N",
                        "--workers=N",
                        "(default: 0.001; for tables 0.002)");
    }

    @Test
    void optionsWinOverTheFile() throws IOException {
        Files.writeString(plan, "epochs: 3\noptimiser: adamw\nseed: 9\n");
        Answer answer = train("--plan", plan, "--epochs", 1, "--weight-decay", "0.1", "--json");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(JSON.std.mapFrom(answer.out()))
                .containsEntry("file", model.toString())
                .containsEntry("run", folder.resolve("m.run").toString());
        assertThat(LatentModel.load(model).card().provenance().orElseThrow().plan())
                .isEqualTo(TrainingPlan.defaults()
                        .with(Map.of("epochs", "1", "optimiser", "adamw", "weightDecay", "0.1", "seed", "9"))
                        .fields());
    }

    @Test
    void aTiedStackHasOneActivationThroughout() throws IOException {
        Answer answer =
                train("--model", "ae", "--weights", "tied", "--activation", "tanh", "--epochs", 1, "--workers", 1);
        assertThat(answer.code()).as(answer.err()).isZero();
        AutoencoderSpec spec = (AutoencoderSpec) LatentModel.load(model).spec();
        assertThat(spec.codeActivation()).isEqualTo(Activation.TANH);
        assertThat(spec.outputActivation()).isEqualTo(Activation.TANH);
        assertOneLine(
                train("--model", "ae", "--weights", "tied", "--output-activation", "identity"),
                2,
                "a tied stack: found activations sigmoid (hidden), sigmoid (code) and identity (output), expected one throughout (see: latent4j train --help)");
    }

    @Test
    void aVaeMayHaveADisturbedInputAndALikelihoodOfBlocks() throws IOException {
        String likelihood = "bernoulli[400]+gaussian:0.1[384]";
        Answer answer = train("--epochs", 1, "--hidden", 8, "--corruption", "masking:0.25", "--likelihood", likelihood);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.err()).contains("relu, 400 x bernoulli, 384 x gaussian:0.1, corruption masking:0.25");
        VaeSpec spec = (VaeSpec) LatentModel.load(model).spec();
        assertThat(spec.corruption()).isEqualTo(new Corruption.Masking(0.25));
        assertThat(spec.likelihood().text()).isEqualTo(likelihood);
        assertOneLine(
                train("--likelihood", "bernoulli[400]"),
                2,
                "likelihood: found blocks of 400 features in all, expected 784, the input size (see: latent4j train --help)");
        assertOneLine(
                train("--engine", "dl4j", "--corruption", "masking:0.25"),
                2,
                "engine dl4j: found a VAE with corruption masking:0.25, expected none, since DL4J's layer compares with what it gets; engine fused takes any (see: latent4j train --help)");
    }

    @Test
    void theRunFolderIsNotTheModelFile() {
        assertOneLine(
                train("--run", model),
                2,
                "--run: found '" + model
                        + "', expected the name of a folder other than the model file (see: latent4j train --help)");
        assertOneLine(
                train("--run", ""),
                2,
                "--run: found '', expected the name of a folder other than the model file (see: latent4j train --help)");
    }

    @Test
    void aWrongPlanFileIsBadData() throws IOException {
        assertOneLine(train("--plan", plan), 1, plan + ": found no such file");
        Files.writeString(plan, "epochs: 3\n\nlearningRate: fast\n");
        assertOneLine(train("--plan", plan), 1, plan + ": line 3: learningRate: found 'fast', expected a number");
        assertOneLine(
                train("--plan", plan, "--learning-rate", "0.1"),
                1,
                plan + ": line 3: learningRate: found 'fast', expected a number");
        Files.writeString(plan, "optimiser: adamw\n");
        assertOneLine(
                train("--plan", plan),
                1,
                plan
                        + ": weightDecay: found 0.0, expected above 0 with optimiser adamw, which is adam but for the weight"
                        + " decay");
        Files.writeString(plan, "patience: 5\n");
        assertOneLine(
                train("--plan", plan, "--validation", 0),
                1,
                plan + ": line 1: patience: found 5, expected 0 where no examples are held out for validation");
        Files.writeString(plan, "seed: 1\nbeta: 4\n");
        assertOneLine(
                train("--plan", plan, "--model", "ae"),
                1,
                plan + ": line 2: beta: found 4.0, expected 1.0 with an autoencoder, which has no posterior");
        Files.writeString(plan, "epochs: 2\nwarmUp: linear:3epochs\n");
        assertOneLine(
                train("--plan", plan),
                1,
                plan
                        + ": line 2: warmUp: found linear:3epochs, expected a warm-up that ends within the 2 epochs of 1 steps");
        assertThat(model).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--learning-rate fast | --learning-rate: found 'fast', expected a number",
                "--seed 1.5 | --seed: found '1.5', expected a whole number from -2^63 to 2^63 - 1",
                "--optimiser adamw | --weight-decay: found 0.0, expected above 0 with optimiser adamw, which is adam but for"
                        + " the weight decay",
                "--validation 0 --patience 5 | --patience: found 5, expected 0 where no examples are held out for validation",
                "--bound iwae --free-bits 0.1 | --free-bits: found 0.1, expected 0 with bound iwae, which has no KL of a"
                        + " single dimension",
                "--model ae --beta 4 | --beta: found 4.0, expected 1.0 with an autoencoder, which has no posterior",
                "--sparsity-weight 1 | --sparsity-weight: found 1.0, expected 0 with a VAE; it is for the code of an"
                        + " autoencoder",
                "--epochs 2 --warm-up linear:3 | --warm-up: found linear:3epochs, expected a warm-up that ends within the 2 epochs"
                        + " of 1 steps",
                "--engine dl4j --beta 4 | --beta: found 4.0, expected 1.0 with engine dl4j, whose layers have no other objective;"
                        + " engine fused takes any",
                "--engine dl4j --workers 2 | --workers: found it with --engine dl4j, expected it with fused alone",
                "--workers 0 | --workers: found 0, expected at least 1",
                "--checkpoint-every 5h | --checkpoint-every: found '5h', expected epochs such as 5 or minutes such as 10m",
                "--checkpoint-every 0 | --checkpoint-every: found '0', expected epochs such as 5 or minutes such as 10m",
                "--keep 0 | --keep: found 0, expected at least 1",
            })
    void wrongOptionsAreWrongUsage(String options, String message) {
        assertOneLine(train((Object[]) options.split(" ")), 2, message + " (see: latent4j train --help)");
        assertThat(model).doesNotExist();
    }

    @Test
    void aDivergedTrainingKeepsTheModelThatWasThere() throws IOException {
        assertThat(train("--epochs", 1, "--engine", "dl4j").code()).isZero();
        byte[] before = Files.readAllBytes(model);
        Answer answer = train("--batch", 10, "--optimiser", "sgd", "--learning-rate", "1e30");
        assertThat(answer.err()).contains("epoch").contains("expected").doesNotContain("\tat ");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).allMatch(file -> file.equals(model) || Files.isDirectory(file));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void controlCStopsAfterTheStepAndTheTrainingGoesOn() throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "train",
                "--data",
                "strokes",
                "--limit",
                "2000",
                "--latent",
                "2",
                "--hidden",
                "8",
                "--batch",
                "32",
                "--epochs",
                "60",
                "--out",
                model.toString());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(arguments);
        Path out = folder.resolve("out.txt");
        Process process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).start();
        try (BufferedReader err = process.errorReader()) {
            String line = err.readLine();
            while (line != null && !line.startsWith("training 2/")) {
                line = err.readLine();
            }
            assertThat(line).isNotNull();
            // A process started with the signal ignored, as by a shell's &, never hears of it.
            boolean heard = heardOfInterrupts();
            new ProcessBuilder("kill", heard ? "-INT" : "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            List<String> rest = err.lines().toList();
            // At the end of an epoch there is no step to name.
            assertThat(rest.get(rest.size() - 1)).matches("stopped at .*epoch \\d+.*; go on with --resume");
            assertThat(rest.stream().filter(l -> !l.startsWith("training "))).hasSize(1);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + (heard ? 2 : 15));
        } finally {
            process.destroyForcibly();
        }
        assertThat(model).doesNotExist();
        assertThat(out).isEmptyFile();

        List<String> again = new ArrayList<>(arguments);
        again.add("--resume");
        Answer resumed = run(again.toArray());
        assertThat(resumed.err()).contains("resumed at ").doesNotContain("training 1/");
        byte[] bytes = Files.readAllBytes(model);
        Answer unbroken = run(Stream.concat(arguments.stream(), Stream.of("--run", folder.resolve("unbroken")))
                .toArray());
        assertThat(unbroken.code()).isZero();
        assertThat(bytes).isEqualTo(Files.readAllBytes(model));
    }

    private static boolean heardOfInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .noneMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
