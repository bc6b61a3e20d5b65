package io.github.latent4j.bench.inference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the process of a peer runs. Its arguments are a library and the file of a model. It loads the model, encodes one example
 * and prints the code in a line: values parted by blanks. Then it obeys standard input, line by line, and answers each with a
 * line:
 *
 * <ul>
 *   <li>{@value #WHAT}: versions, kernels
 *   <li>{@value #SINGLE} and a number of calls: as {@link Latencies#line()} says
 *   <li>{@value #BATCHES} and a number of calls: nanoseconds
 *   <li>{@value #HEAP}: bytes of the heap that are in use after garbage is collected
 * </ul>
 *
 * <p>It is over at the end of its input.
 */
public final class EncodingProcess {
    /** latent4j's runtime as models are loaded. */
    public static final String LATENT4J = "latent4j";

    /** latent4j with what is fastest for batches. */
    public static final String LATENT4J_BATCHES = "latent4j-batches";

    /** Stock Deeplearning4j. */
    public static final String DL4J = "dl4j";

    /** ONNX Runtime. */
    public static final String ONNX_RUNTIME = "onnxruntime";

    /** Asks what computes. */
    public static final String WHAT = "what";

    /** Has single examples encoded, dense and half-zero ones in turn. */
    public static final String SINGLE = "single ";

    /** Has batches of {@value Inputs#BATCH} encoded. */
    public static final String BATCHES = "batches ";

    /** Asks for the heap in use. */
    public static final String HEAP = "heap";

    private EncodingProcess() {}

    /**
     * Runs.
     *
     * @param arguments the library and the file
     * @throws IOException if the model cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        // Standard output belongs to the answers; what libraries print goes elsewhere.
        PrintStream out = System.out;
        System.setOut(System.err);
        Encoder encoder = Encoder.load(arguments[0], Path.of(arguments[1]));
        float[] code = new float[Inputs.LATENT];
        encoder.encode(Inputs.dense(0), code);
        say(out, line(code));
        obey(encoder, new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
    }

    static void obey(Encoder encoder, BufferedReader in, PrintStream out) throws IOException {
        String first = in.readLine();
        if (first == null) {
            return;
        }
        Workload workload = new Workload(encoder);
        for (String order = first; order != null; order = in.readLine()) {
            say(out, answer(encoder, workload, order));
        }
    }

    private static String answer(Encoder encoder, Workload workload, String order) {
        if (order.equals(WHAT)) {
            return encoder.what();
        }
        if (order.startsWith(SINGLE)) {
            return workload.single(Integer.parseInt(order.substring(SINGLE.length())))
                    .line();
        }
        if (order.startsWith(BATCHES)) {
            return Long.toString(workload.batches(Integer.parseInt(order.substring(BATCHES.length()))));
        }
        if (order.equals(HEAP)) {
            return Long.toString(heap());
        }
        throw new IllegalArgumentException("found order '" + order + "', expected one that is known");
    }

    private static long heap() {
        // What is freed by the first round may hold references that the second one clears.
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Without the concatenation of {@code +}, whose first use takes the time of some encodings, and the start is measured. */
    private static String line(float[] code) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < code.length; i++) {
            line.append(i == 0 ? "" : " ").append(code[i]);
        }
        return line.toString();
    }

    private static void say(PrintStream out, String line) {
        out.println(line);
        out.flush();
    }
}
