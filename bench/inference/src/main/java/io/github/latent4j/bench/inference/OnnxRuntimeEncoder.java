package io.github.latent4j.bench.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime in one thread, fed through direct buffers that are made once. */
final class OnnxRuntimeEncoder implements Encoder {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final Feed one;
    private Feed batch;

    /** An input whose tensor reads the buffer where it lies. */
    private record Feed(int rows, FloatBuffer buffer, Map<String, OnnxTensor> tensors) {}

    OnnxRuntimeEncoder(Path file) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(file.toString(), options);
            this.one = feed(1);
            this.batch = one;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    private Feed feed(int rows) throws OrtException {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * rows * Inputs.INPUTS)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        OnnxTensor tensor = OnnxTensor.createTensor(environment, buffer, new long[] {rows, Inputs.INPUTS});
        return new Feed(rows, buffer, Map.of("x", tensor));
    }

    @Override
    public String what() {
        return "ONNX Runtime " + environment.getVersion();
    }

    @Override
    public void encode(float[] example, float[] code) {
        run(one, example, code);
    }

    @Override
    public void encode(float[] examples, int rows, float[] codes) {
        if (batch.rows() != rows) {
            try {
                batch = feed(rows);
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
        run(batch, examples, codes);
    }

    private void run(Feed feed, float[] examples, float[] codes) {
        feed.buffer().put(0, examples);
        try (OrtSession.Result result = session.run(feed.tensors())) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(codes);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
