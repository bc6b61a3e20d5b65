package io.github.latent4j.runtime;

import io.github.latent4j.runtime.internal.ModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A trained model: an {@link Autoencoder} or a {@link Vae}. Nothing that a caller can see of it ever changes; any number of threads may use one instance, without
 * locks. There is nothing to close: a model that is replaced by a newer one serves the calls under way and is then garbage.
 *
 * <p>Inputs are examples as the model's {@link ModelCard#input() input contract} describes them: for images, pixels in
 * [0, 1], row by row, the channels of a pixel side by side. Where the contract is a table, values may be missing: NaN stands
 * for such a value, enters the network as 0, and counts neither in an error nor in a likelihood; a reconstruction has a value for
 * it. Other contracts refuse NaN, and all refuse infinite values.
 *
 * <p>Each method that computes has three forms: for one example, for a batch, and for either with an array or a matrix of the
 * caller's that receives the result. The last kind allocates nothing once a model has been used by as many threads at once as
 * it will be (up to 64 for one example, 16 for batches; beyond that, room for the values on their way is allocated anew).
 * A result for an example has the same bits alone and in any batch, in any thread, with the providers {@code plain} and {@code
 * vector}.
 */
public abstract sealed class LatentModel implements Reconstructor permits Autoencoder, Vae {
    private static final int MOST_SINGLES = 64;
    private static final int MOST_BLOCKS = 16;

    private final int inputs;
    private final int latent;
    private final float[] parameters;
    private final ModelCard card;
    private final boolean missing;
    private final MultiplicationProvider provider;
    private final Engine alone;
    private final Engine batches;

    /** Layers and the room to run them in. */
    record Engine(ForwardPass pass, Workspaces workspaces) {}

    /** Makes a model of layers for one example and layers for batches, which may be the same. */
    LatentModel(
            ModelSpec spec,
            float[] parameters,
            ModelCard card,
            MultiplicationProvider provider,
            ForwardPass ofOne,
            ForwardPass ofMany) {
        this.inputs = spec.inputs();
        this.latent = spec.latent();
        this.parameters = parameters;
        this.card = card.checkedFor(spec);
        this.missing = card.input() instanceof InputContract.Table;
        this.provider = provider;
        int widest = ofMany.widest(inputs);
        int rows = Math.max(1, provider.rowsAtOnce(widest));
        this.alone = new Engine(ofOne, new Workspaces(MOST_SINGLES, 1, inputs, latent, widest));
        this.batches = new Engine(ofMany, new Workspaces(MOST_BLOCKS, rows, inputs, latent, widest));
    }

    /** The same with another card. */
    LatentModel(LatentModel same, ModelCard card) {
        this.inputs = same.inputs;
        this.latent = same.latent;
        this.parameters = same.parameters;
        this.card = card.checkedFor(same.spec());
        this.missing = card.input() instanceof InputContract.Table;
        this.provider = same.provider;
        this.alone = same.alone;
        this.batches = same.batches;
    }

    /**
     * Reads a model file.
     *
     * @param file a file that latent4j wrote
     * @return the model, multiplying by {@link MultiplicationProvider#standard()}
     * @throws ModelFormatException if the content is no model of a known format; the message names the file
     * @throws IOException if the file cannot be read
     */
    public static LatentModel load(Path file) throws IOException {
        return ModelReader.read(file);
    }

    /**
     * Reads a model from a stream, which is read to its end and not closed.
     *
     * @param stream the content of a file that latent4j wrote
     * @return the model, multiplying by {@link MultiplicationProvider#standard()}
     * @throws ModelFormatException if the content is no model of a known format
     * @throws IOException if the stream cannot be read
     */
    public static LatentModel load(InputStream stream) throws IOException {
        return ModelReader.read(stream, "model");
    }

    /**
     * A model from a specification and parameters.
     *
     * @param spec what it is
     * @param parameters DL4J's flat vector, ordered as {@link ModelSpec#layout()} says; copied
     * @return the model, multiplying by {@link MultiplicationProvider#standard()}, with a card that knows nothing of its origin
     * @throws IllegalArgumentException if the number of parameters is not what the specification needs or one is not
     *     finite
     */
    public static LatentModel of(ModelSpec spec, float[] parameters) {
        return of(spec, parameters, MultiplicationProvider.standard());
    }

    /**
     * A model from a specification and parameters, with a provider.
     *
     * @param spec what it is
     * @param parameters DL4J's flat vector, ordered as {@link ModelSpec#layout()} says; copied
     * @param provider how it multiplies
     * @return the model, with a card that knows nothing of its origin
     * @throws IllegalArgumentException if the number of parameters is not what the specification needs or one is not
     *     finite
     */
    public static LatentModel of(ModelSpec spec, float[] parameters, MultiplicationProvider provider) {
        int expected = spec.layout().length();
        if (parameters.length != expected) {
            throw new IllegalArgumentException(
                    "found %d parameters, expected %d for %s".formatted(parameters.length, expected, spec));
        }
        for (int i = 0; i < expected; i++) {
            if (!Float.isFinite(parameters[i])) {
                throw new IllegalArgumentException(
                        "found %s as parameter %d, expected a finite number".formatted(parameters[i], i));
            }
        }
        float[] copy = parameters.clone();
        ModelCard card = ModelCard.of(new InputContract.Vector(spec.inputs()));
        if (spec instanceof VaeSpec vae) {
            return new Vae(vae, copy, card, provider);
        }
        return new Autoencoder((AutoencoderSpec) spec, copy, card, provider);
    }

    /**
     * What the model is.
     *
     * @return the specification
     */
    public abstract ModelSpec spec();

    /**
     * Where the model came from and what it expects.
     *
     * @return the card
     */
    public final ModelCard card() {
        return card;
    }

    /**
     * A copy of the parameters.
     *
     * @return DL4J's flat vector, ordered as {@link ModelSpec#layout()} says
     */
    public final float[] parameters() {
        return parameters.clone();
    }

    /** The parameters themselves. */
    final float[] ownParameters() {
        return parameters;
    }

    /**
     * How the model multiplies.
     *
     * @return the provider
     */
    public final MultiplicationProvider provider() {
        return provider;
    }

    /**
     * The same model with another card.
     *
     * @param other the card
     * @return a new model
     * @throws IllegalArgumentException if the card's input contract is for examples of another size
     */
    public abstract LatentModel withCard(ModelCard other);

    /**
     * The same model multiplying in another way.
     *
     * @param other how to multiply
     * @return a new model
     */
    public abstract LatentModel using(MultiplicationProvider other);

    /** Turns the decoder's raw outputs for one example into the mean of p(x|z), in place. */
    abstract void toMean(float[] raw);

    /**
     * Encodes one example: an autoencoder's activations in the middle, a VAE's posterior mean.
     *
     * @param example {@code spec().inputs()} values
     * @return {@code spec().latent()} values
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public final float[] encode(float[] example) {
        float[] code = new float[latent];
        encode(example, code);
        return code;
    }

    /**
     * Encodes one example into an array.
     *
     * @param example {@code spec().inputs()} values
     * @param code receives {@code spec().latent()} values
     * @throws IllegalArgumentException if a length is another or a value is not finite
     */
    public final void encode(float[] example, float[] code) {
        one(Task.ENCODE, example, code);
    }

    /**
     * Encodes a batch: an autoencoder's activations in the middle, a VAE's posterior means.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @return n rows of {@code spec().latent()} values
     * @throws IllegalArgumentException if there is no row, the width is another or a value is not finite
     */
    public final Matrix encode(Matrix examples) {
        Matrix codes = Matrix.zeros(examples.rows(), latent);
        encode(examples, codes);
        return codes;
    }

    /**
     * Encodes a batch into a matrix.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param codes receives n rows of {@code spec().latent()} values
     * @throws IllegalArgumentException if there is no row, a shape is another or a value is not finite
     */
    public final void encode(Matrix examples, Matrix codes) {
        batch(Task.ENCODE, examples, codes);
    }

    /**
     * Decodes one code: for a VAE, the mean of p(x|z).
     *
     * @param code {@code spec().latent()} finite values
     * @return {@code spec().inputs()} values
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public final float[] decode(float[] code) {
        float[] example = new float[inputs];
        decode(code, example);
        return example;
    }

    /**
     * Decodes one code into an array.
     *
     * @param code {@code spec().latent()} finite values
     * @param example receives {@code spec().inputs()} values
     * @throws IllegalArgumentException if a length is another or a value is not finite
     */
    public final void decode(float[] code, float[] example) {
        one(Task.DECODE, code, example);
    }

    /**
     * Decodes a batch of codes: for a VAE, the means of p(x|z).
     *
     * @param codes n &ge; 1 rows of {@code spec().latent()} finite values
     * @return n rows of {@code spec().inputs()} values
     * @throws IllegalArgumentException if there is no row, the width is another or a value is not finite
     */
    public final Matrix decode(Matrix codes) {
        Matrix examples = Matrix.zeros(codes.rows(), inputs);
        decode(codes, examples);
        return examples;
    }

    /**
     * Decodes a batch of codes into a matrix.
     *
     * @param codes n &ge; 1 rows of {@code spec().latent()} finite values
     * @param examples receives n rows of {@code spec().inputs()} values
     * @throws IllegalArgumentException if there is no row, a shape is another or a value is not finite
     */
    public final void decode(Matrix codes, Matrix examples) {
        batch(Task.DECODE, codes, examples);
    }

    /**
     * Decodes what it encoded, for one example.
     *
     * @param example {@code spec().inputs()} values
     * @return as many values
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public final float[] reconstruct(float[] example) {
        float[] reconstruction = new float[inputs];
        reconstruct(example, reconstruction);
        return reconstruction;
    }

    /**
     * Decodes what it encoded, for one example, into an array.
     *
     * @param example {@code spec().inputs()} values
     * @param reconstruction receives as many values; may be {@code example} itself
     * @throws IllegalArgumentException if a length is another or a value is not finite
     */
    public final void reconstruct(float[] example, float[] reconstruction) {
        one(Task.RECONSTRUCT, example, reconstruction);
    }

    @Override
    public final Matrix reconstruct(Matrix examples) {
        Matrix reconstructions = Matrix.zeros(examples.rows(), examples.columns());
        reconstruct(examples, reconstructions);
        return reconstructions;
    }

    /**
     * Encodes and decodes a batch into a matrix.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param reconstructions receives n rows of the same width; may be {@code examples} itself
     * @throws IllegalArgumentException if there is no row, a shape is another or a value is not finite
     */
    public final void reconstruct(Matrix examples, Matrix reconstructions) {
        batch(Task.RECONSTRUCT, examples, reconstructions);
    }

    /**
     * The squared error of each feature's reconstruction, in squared units of the input; 0 where the value is missing.
     *
     * @param example {@code spec().inputs()} values
     * @return as many values, each at least 0
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public final float[] errorPerFeature(float[] example) {
        float[] errors = new float[inputs];
        errorPerFeature(example, errors);
        return errors;
    }

    /**
     * The squared error of each feature's reconstruction, into an array.
     *
     * @param example {@code spec().inputs()} values
     * @param errors receives as many values, each at least 0, in squared units of the input; may be {@code example} itself
     * @throws IllegalArgumentException if a length is another or a value is not finite
     */
    public final void errorPerFeature(float[] example, float[] errors) {
        one(Task.ERRORS, example, errors);
    }

    /**
     * The squared error of each feature's reconstruction, for a batch.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @return n rows of as many values, each at least 0, in squared units of the input
     * @throws IllegalArgumentException if there is no row, the width is another or a value is not finite
     */
    public final Matrix errorPerFeature(Matrix examples) {
        Matrix errors = Matrix.zeros(examples.rows(), examples.columns());
        errorPerFeature(examples, errors);
        return errors;
    }

    /**
     * The squared error of each feature's reconstruction, for a batch, into a matrix.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param errors receives n rows of as many values, each at least 0, in squared units of the input; may be {@code examples}
     *     itself
     * @throws IllegalArgumentException if there is no row, a shape is another or a value is not finite
     */
    public final void errorPerFeature(Matrix examples, Matrix errors) {
        batch(Task.ERRORS, examples, errors);
    }

    /**
     * The mean squared error over the features of one example that are there; 0 if none is.
     *
     * @param example {@code spec().inputs()} values
     * @return at least 0, in squared units of the input
     * @throws IllegalArgumentException if the length is another or a value is not finite
     */
    public final double reconstructionError(float[] example) {
        checkInput(example);
        Workspace w = alone.workspaces.borrow();
        readInput(example, w.x[0]);
        double error = SquaredError.mean(example, 0, compute(Task.RECONSTRUCT, alone, w, 1)[0], 0, inputs);
        alone.workspaces.giveBack(w);
        return error;
    }

    @Override
    public final double[] reconstructionErrors(Matrix examples) {
        double[] errors = new double[examples.rows()];
        reconstructionErrors(examples, errors);
        return errors;
    }

    /**
     * The mean squared error over the features of each example that are there, into an array.
     *
     * @param examples n &ge; 1 rows of {@code spec().inputs()} values
     * @param errors receives n values, each at least 0, in squared units of the input
     * @throws IllegalArgumentException if there is no row, a size is another or a value is not finite
     */
    public final void reconstructionErrors(Matrix examples, double[] errors) {
        checkInput(examples);
        Checks.room("errors", errors, examples.rows());
        Workspace w = batches.workspaces.borrow();
        for (int from = 0; from < examples.rows(); from += w.rows()) {
            int rows = readInput(examples, from, w.x);
            float[][] means = compute(Task.RECONSTRUCT, batches, w, rows);
            for (int r = 0; r < rows; r++) {
                errors[from + r] = SquaredError.mean(examples.data(), (from + r) * inputs, means[r], 0, inputs);
            }
        }
        batches.workspaces.giveBack(w);
    }

    /** What computes for one example. */
    final Engine alone() {
        return alone;
    }

    /** What computes for batches. */
    final Engine batches() {
        return batches;
    }

    /** What is asked of a model, with the name that messages give to what comes out. */
    private enum Task {
        ENCODE("code"),
        DECODE("example"),
        RECONSTRUCT("reconstruction"),
        ERRORS("errors");

        private final String result;

        Task(String result) {
            this.result = result;
        }
    }

    private void one(Task task, float[] given, float[] result) {
        if (task == Task.DECODE) {
            Checks.one("code", given, latent, false);
        } else {
            checkInput(given);
        }
        Checks.room(task.result, result, task == Task.ENCODE ? latent : inputs);
        Workspace w = alone.workspaces.borrow();
        if (task == Task.DECODE) {
            System.arraycopy(given, 0, w.code[0], 0, latent);
        } else {
            readInput(given, w.x[0]);
        }
        float[] computed = compute(task, alone, w, 1)[0];
        if (task == Task.ERRORS) {
            squareDifferences(given, 0, computed);
        }
        System.arraycopy(computed, 0, result, 0, result.length);
        alone.workspaces.giveBack(w);
    }

    private void batch(Task task, Matrix given, Matrix result) {
        if (task == Task.DECODE) {
            Checks.batch("code", given, latent);
        } else {
            checkInput(given);
        }
        Checks.room(task.result, result, given.rows(), task == Task.ENCODE ? latent : inputs);
        Workspace w = batches.workspaces.borrow();
        for (int from = 0; from < given.rows(); from += w.rows()) {
            int rows = task == Task.DECODE ? read(given, from, w.code) : readInput(given, from, w.x);
            float[][] computed = compute(task, batches, w, rows);
            for (int r = 0; task == Task.ERRORS && r < rows; r++) {
                squareDifferences(given.data(), (from + r) * inputs, computed[r]);
            }
            write(computed, rows, result, from);
        }
        batches.workspaces.giveBack(w);
    }

    /** Computes for the first rows of a workspace, of which the result is a part: codes, or means of examples. */
    private float[][] compute(Task task, Engine engine, Workspace w, int rows) {
        if (task != Task.DECODE) {
            engine.pass.encode(w, rows);
        }
        if (task == Task.ENCODE) {
            return w.code;
        }
        float[][] y = engine.pass.decode(w, rows);
        for (int r = 0; r < rows; r++) {
            toMean(y[r]);
        }
        return y;
    }

    /** Checks an example, in which values may be missing if it is of a table. */
    final void checkInput(float[] example) {
        Checks.one("input", example, inputs, missing);
    }

    /** Checks examples, in which values may be missing if they are of a table. */
    final void checkInput(Matrix examples) {
        Checks.batch("input", examples, inputs, missing);
    }

    /** Copies an example; what is missing becomes 0. */
    final void readInput(float[] example, float[] room) {
        System.arraycopy(example, 0, room, 0, inputs);
        if (missing) {
            fillMissing(room);
        }
    }

    /** Copies examples, from one on, as many as there is room for and are left; what is missing becomes 0. Gives their number. */
    final int readInput(Matrix examples, int from, float[][] room) {
        int rows = read(examples, from, room);
        for (int r = 0; missing && r < rows; r++) {
            fillMissing(room[r]);
        }
        return rows;
    }

    private void fillMissing(float[] x) {
        for (int i = 0; i < inputs; i++) {
            x[i] = Float.isNaN(x[i]) ? 0 : x[i];
        }
    }

    /** Copies rows of a matrix, from one on, as many as there is room for and are left; gives their number. */
    static int read(Matrix matrix, int from, float[][] room) {
        int rows = Math.min(room.length, matrix.rows() - from);
        int columns = matrix.columns();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(matrix.data(), (from + r) * columns, room[r], 0, columns);
        }
        return rows;
    }

    /** Copies rows into a matrix, from one on. */
    static void write(float[][] room, int rows, Matrix matrix, int from) {
        int columns = matrix.columns();
        for (int r = 0; r < rows; r++) {
            System.arraycopy(room[r], 0, matrix.data(), (from + r) * columns, columns);
        }
    }

    /** From the means of an example to the squares of their differences; what is missing has none. */
    private void squareDifferences(float[] x, int from, float[] y) {
        for (int i = 0; i < inputs; i++) {
            float difference = y[i] - x[from + i];
            y[i] = difference * difference;
        }
        for (int i = 0; missing && i < inputs; i++) {
            y[i] = Float.isNaN(x[from + i]) ? 0 : y[i];
        }
    }

    /**
     * A short description, such as {@code Vae[784 values, code of 20, multiplication plain]}.
     *
     * @return text for people
     */
    @Override
    public final String toString() {
        return "%s[%d values, code of %d, multiplication %s]"
                .formatted(getClass().getSimpleName(), inputs, latent, provider.name());
    }
}
