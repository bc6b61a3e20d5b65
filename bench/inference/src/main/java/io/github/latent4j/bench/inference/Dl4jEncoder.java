package io.github.latent4j.bench.inference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Stock Deeplearning4j: {@link MultiLayerNetwork#output(INDArray)}, which for a VAE is the posterior mean. */
final class Dl4jEncoder implements Encoder {
    private final MultiLayerNetwork network;

    Dl4jEncoder(Path file) throws IOException {
        this.network = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), false);
    }

    @Override
    public String what() {
        String path = "/META-INF/maven/org.deeplearning4j/deeplearning4j-nn/pom.properties";
        Properties properties = new Properties();
        try (InputStream stream = MultiLayerNetwork.class.getResourceAsStream(path)) {
            if (stream != null) {
                properties.load(stream);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "Deeplearning4j " + properties.getProperty("version", "of unknown version");
    }

    @Override
    public void encode(float[] example, float[] code) {
        encode(example, 1, code);
    }

    @Override
    public void encode(float[] examples, int rows, float[] codes) {
        INDArray output = network.output(Nd4j.create(examples, new long[] {rows, Inputs.INPUTS}, 'c'));
        // What a product leaves is column by column.
        float[] values = output.dup('c').data().asFloat();
        System.arraycopy(values, 0, codes, 0, values.length);
    }
}
