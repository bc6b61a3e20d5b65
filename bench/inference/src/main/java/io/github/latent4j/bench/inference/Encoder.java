package io.github.latent4j.bench.inference;

import java.io.IOException;
import java.nio.file.Path;

/** A loaded encoder of {@value Inputs#INPUTS} values into {@value Inputs#LATENT}, used as its users would. One thread's. */
interface Encoder {
    /** Loads the model of a file with a peer's library. */
    static Encoder load(String library, Path model) throws IOException {
        // No class of another library must be needed to get here, and nothing slow, since the start is measured.
        switch (library) {
            case EncodingProcess.LATENT4J:
                return Latent4jEncoder.load(model);
            case EncodingProcess.LATENT4J_BATCHES:
                return Latent4jEncoder.loadForBatches(model);
            case EncodingProcess.DL4J:
                return new Dl4jEncoder(model);
            case EncodingProcess.ONNX_RUNTIME:
                return new OnnxRuntimeEncoder(model);
            default:
                throw new IllegalArgumentException("found library " + library + ", expected one that is known");
        }
    }

    /** What encodes, in a line: versions, kernels. */
    String what();

    /** Encodes one example into an array. */
    void encode(float[] example, float[] code);

    /** Encodes rows, one after the other, into an array. */
    void encode(float[] examples, int rows, float[] codes);
}
