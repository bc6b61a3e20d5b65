import java.io.*; import java.nio.file.*; import java.util.*;
import org.deeplearning4j.nn.layers.feedforward.autoencoder.AutoEncoder;
import org.deeplearning4j.nn.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Plain DL4J on a model file: what stands in the tables of golden values. */
class Golden {
    public static void main(String[] files) throws IOException {
        float[][] examples = {
            {0.75f, 0.5f, 0.625f, 0.375f, 0.5f, 0.25f}, {0, 0, 0, 0, 0, 0}, {1, -1, 0.125f, 0.875f, -0.5f, 2}};
        for (String file : files) {
            MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(new File(file));
            float[][] repeated = new float[examples.length][network.layerInputSize(0)];
            for (int r = 0; r < repeated.length; r++) {
                for (int c = 0; c < repeated[r].length; c++) {
                    repeated[r][c] = examples[r][c % examples[r].length];
                }
            }
            INDArray x = Nd4j.createFromArray(repeated);
            INDArray codes;
            INDArray reconstructions;
            if (network.getLayer(0) instanceof VariationalAutoencoder vae) {
                codes = network.output(x);
                reconstructions = vae.generateAtMeanGivenZ(codes);
            } else if (network.getLayer(0) instanceof AutoEncoder) {
                codes = network.output(x);
                reconstructions = codes;
                for (int k = network.getnLayers() - 1; k >= 0; k--) {
                    reconstructions =
                            ((AutoEncoder) network.getLayer(k)).decode(reconstructions, LayerWorkspaceMgr.noWorkspaces());
                }
            } else {
                codes = network.feedForward(x).get(network.getnLayers() / 2);
                reconstructions = network.output(x);
            }
            StringBuilder text = new StringBuilder("example,code,reconstruction\n");
            for (int r = 0; r < x.rows(); r++) {
                text.append(row(x, r)).append(',').append(row(codes, r)).append(',').append(row(reconstructions, r)).append('\n');
            }
            Files.writeString(Path.of(file.replace(".zip", ".csv")), text);
        }
    }

    static String row(INDArray m, int r) {
        StringJoiner values = new StringJoiner(" ");
        for (float value : m.getRow(r).toFloatVector()) {
            values.add(Float.toString(value));
        }
        return values.toString();
    }
}
