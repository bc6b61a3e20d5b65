package io.github.latent4j.bench;

import io.github.latent4j.data.Permutation;
import io.github.latent4j.domain.Backend;
import io.github.latent4j.domain.Networks;
import io.github.latent4j.runtime.Matrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Stock Deeplearning4j: {@link MultiLayerNetwork#pretrainLayer(int, INDArray)} on batches that lie ready in ND4J's memory,
 * shuffled once. The network is the one that latent4j makes of the specification; no code of latent4j runs in the loop.
 */
final class PlainDl4jPeer implements Peer {
    /** ND4J's names of the instruction sets that its natives are built for, by level. */
    private static final List<String> LEVELS = List.of("generic", "generic", "avx2", "avx512");

    @Override
    public void train(Task task, Rounds rounds) throws IOException {
        Matrix examples = task.matrix();
        MultiLayerNetwork network = Networks.create(Task.spec(examples.columns()), Task.SEED);
        List<INDArray> batches = batches(examples, task.batch());
        int level = NativeOpsHolder.getInstance().getDeviceNativeOps().binaryLevel();
        rounds.ready("Deeplearning4j %s, natives %s"
                .formatted(Backend.environment().get("deeplearning4j"), LEVELS.get(level)));
        while (true) {
            for (INDArray batch : batches) {
                network.pretrainLayer(0, batch);
                rounds.stepped(
                        1, Math.toIntExact(batch.size(0)), network.getLayer(0).score());
            }
        }
    }

    private static List<INDArray> batches(Matrix examples, int size) {
        Permutation order = new Permutation(examples.rows(), Task.SEED);
        List<INDArray> batches = new ArrayList<>();
        for (int from = 0; from < examples.rows(); from += size) {
            float[][] rows = new float[Math.min(size, examples.rows() - from)][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = examples.row(order.applyAsInt(from + i));
            }
            batches.add(Nd4j.createFromArray(rows));
        }
        return batches;
    }
}
