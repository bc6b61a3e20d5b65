package io.github.latent4j.examples;

import io.github.latent4j.data.Examples;
import io.github.latent4j.data.PcaFit;
import io.github.latent4j.evaluation.Chart;
import io.github.latent4j.evaluation.Chart.Axis;
import io.github.latent4j.evaluation.Chart.Points;
import io.github.latent4j.evaluation.Chart.Series;
import io.github.latent4j.evaluation.sampling.GaussianMixture;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFit;
import io.github.latent4j.evaluation.sampling.GaussianMixtureFitter;
import io.github.latent4j.examples.notebook.LearningCurve;
import io.github.latent4j.examples.notebook.Nearest;
import io.github.latent4j.examples.notebook.Notebook;
import io.github.latent4j.examples.notebook.Numbers;
import io.github.latent4j.examples.notebook.Size;
import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.InputContract.Vector;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.Matrix;
import io.github.latent4j.runtime.Pca;
import io.github.latent4j.runtime.Vae;
import io.github.latent4j.runtime.VaeSpec;
import io.github.latent4j.training.Trainer;
import io.github.latent4j.training.TrainingListener;
import io.github.latent4j.training.TrainingPlan;
import io.github.latent4j.training.TrainingResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bags of words. A text as a bag of its words forgets their order and keeps what it is about. Two texts about the same thing need not
 * share a single word, though: one has rain, the other clouds. A model that has seen which words go together knows that both are
 * about the weather.
 *
 * <p>This lesson makes a small collection of texts about six things, trains a VAE on which words are in them, reads topics from its codes,
 * finds texts that are alike, and asks whether simpler ways would have found them too. It takes some seconds.
 */
public final class BagOfWords {
    private BagOfWords() {}

    /**
     * What was found out.
     *
     * @param topics how many topics are the commonest one in some component of the mixture
     * @param byCode the share of nearest texts by code that are about the same thing
     * @param byWords the same for nearest texts by words
     * @param byPca the same for nearest texts by principal components, as many as a code has numbers
     */
    record Outcome(int topics, double byCode, double byWords, double byPca) {}

    /**
     * A text.
     *
     * @param topic what it is about, an index into {@link #TOPICS}
     * @param words in their order, without those that every text may have
     * @param text as a person reads it
     */
    private record Text(int topic, List<String> words, String text) {}

    /**
     * Runs the lesson in full.
     *
     * @param arguments none
     * @throws Exception if a step cannot be done
     */
    public static void main(String[] arguments) throws Exception {
        Notebook.open(BagOfWords.class, BagOfWords::run);
    }

    static Outcome run(Size size, Notebook page) {
        // # The texts
        // A program writes them, with words of a topic in sentences that are the same for all topics. Each
        // text is about one of six things, but one word in six is drawn from any of them, as in life. The
        // first part is for training, the last three hundred for questions. The model is not told the topics.
        List<Text> texts = write(size.of(1_700, 1_200), 1);
        List<Text> known = texts.subList(0, texts.size() - 300);
        List<Text> unseen = texts.subList(texts.size() - 300, texts.size());
        page.show(
                List.of("topic", "text"),
                unseen.stream().limit(4).map(t -> List.of(topic(t), t.text())).toList());

        // # Words to numbers
        // The vocabulary is every word of the known texts, in the order of the alphabet. A text becomes a row
        // with 1 where it has a word and 0 where it has not. Why not how often? In texts as short as these,
        // hardly a word comes twice, as the last line says; so little is lost, and a likelihood that fits is
        // there: a coin for each word.
        List<String> vocabulary = known.stream()
                .flatMap(t -> t.words().stream())
                .distinct()
                .sorted()
                .toList();
        Examples rows = Examples.of(matrix(known, vocabulary), Table.ofNumbers(vocabulary), "texts");
        double repeated = known.stream()
                .mapToDouble(t -> 1
                        - (double) t.words().stream().distinct().count()
                                / t.words().size())
                .average()
                .orElseThrow();
        page.say("%,d words; %.1f %% of those in a text have been there before", vocabulary.size(), 100 * repeated);

        // # Training
        // A Bernoulli likelihood is that coin: the decoder says for each word how probable it is, and the
        // loss is how improbable the words that are there and those that are not were, plus what the code
        // costs (KL). For long texts, scale counts and take a Gaussian likelihood instead.
        VaeSpec spec = VaeSpec.of(vocabulary.size(), 8).withHidden(64).withLikelihood(Likelihood.BERNOULLI);
        TrainingPlan plan = TrainingPlan.defaults().withEpochs(size.of(60, 80)).withBatchSize(32);
        TrainingResult<Vae> training = Trainer.with(plan)
                .reportingTo(TrainingListener.lines(System.out))
                .fit(spec, rows);
        Vae vae = training.model();
        page.show(LearningCurve.of(training.history(), "nats a text"));

        // # A map of the texts
        // A code has eight numbers, which are eight directions too many to look at. Principal components
        // choose the two along which the codes differ most. Colours are the topics, which nobody told the
        // model: texts about the same thing should lie together. Some that overlap here are apart in the
        // other directions.
        Matrix codes = vae.encode(matrix(known, vocabulary));
        Matrix plane = PcaFit.fit(Examples.of(codes, new Vector(codes.columns()), "codes"), 2, 1)
                .encode(codes);
        page.show(new Chart(
                "map",
                "The codes of the known texts, in the plane of their two principal components.",
                Axis.of("first component"),
                Axis.of("second component"),
                IntStream.range(0, TOPICS.size())
                        .<Series>mapToObj(t -> points(t, known, plane))
                        .toList()));

        // # Topics
        // Which groups of codes are there? A mixture of Gaussians looks for them, and chooses their number. A
        // text belongs to the group whose Gaussian, times its share, is densest at the text's code. The
        // middle of each group decodes to probabilities of words; those that it raises most above their share
        // in all texts are what the group is about. The last column counts what its texts are about in truth.
        GaussianMixtureFit fit = GaussianMixtureFitter.defaults().withSeed(1).fit(codes);
        page.say("%d groups", fit.mixture().components());
        List<Group> groups = groups(fit.mixture(), vae, vocabulary, known, codes);
        page.show(
                List.of("texts", "words that it raises", "about"),
                groups.stream().map(Group::row).toList());

        // # Texts that are alike
        // For a text that the model has not seen: the nearest by code, and the nearest by words. Distances of
        // rows of 0 and 1 would favour short texts, which differ from any other in few words; so a search
        // compares directions, by the cosine of the angle between two rows, and so do we.
        Text question = unseen.get(0);
        Matrix words = matrix(known, vocabulary);
        Matrix asked = matrix(unseen, vocabulary);
        page.say("%s: %s", topic(question), question.text());
        page.show(
                List.of("nearest by", "topic", "text"),
                Stream.concat(
                                named("code", known, Nearest.of(codes, vae.encode(asked.row(0)), 3)),
                                named("words", known, Nearest.byCosine(words, asked.row(0), 3)))
                        .toList());

        // # Was the model needed?
        // Over the three hundred unseen texts: what share of the five nearest is about the same thing?
        // Principal components are the rival that a model has to beat. They too learn which words go
        // together, have as many numbers a text as a code, and cost a moment instead of a training. For
        // texts, that old method has a name of its own: latent semantic analysis. The error says by how much
        // a share would change with three hundred other questions.
        Pca pca = PcaFit.fit(rows, codes.columns(), 1);
        Matrix components = pca.encode(words);
        Matrix asComponents = pca.encode(asked);
        Matrix asCodes = vae.encode(asked);
        double[] byWords = sameTopic(known, unseen, q -> Nearest.byCosine(words, asked.row(q), 5));
        double[] byPca = sameTopic(known, unseen, q -> Nearest.of(components, asComponents.row(q), 5));
        double[] byCode = sameTopic(known, unseen, q -> Nearest.of(codes, asCodes.row(q), 5));
        page.show(
                List.of("nearest by", "numbers a text", "same topic", "error"),
                List.of(
                        row("words", words, byWords),
                        row("principal components", components, byPca),
                        row("code", codes, byCode)));
        page.say("code against principal components: %s", compared(byCode, byPca));
        page.say("code against words: %s", compared(byCode, byWords));

        // # What to try next
        // Texts of your own in the place of write(...), with the thousand most frequent words. When a model
        // is good, it goes into a service: that is the lesson InAService.
        long topics = groups.stream().map(Group::topic).distinct().count();
        return new Outcome((int) topics, mean(byCode), mean(byWords), mean(byPca));
    }

    /**
     * A component of the mixture.
     *
     * @param texts how many belong to it
     * @param raised the words that it raises most
     * @param topic what most of its texts are about
     * @param share of its texts
     */
    private record Group(int texts, List<String> raised, String topic, double share) {
        List<String> row() {
            return List.of(
                    "" + texts,
                    String.join(", ", raised),
                    String.format(Locale.ROOT, "%s (%.0f %%)", topic, 100 * share));
        }
    }

    private static List<Group> groups(
            GaussianMixture mixture, Vae vae, List<String> vocabulary, List<Text> texts, Matrix codes) {
        float[] shares = mean(matrix(texts, vocabulary));
        List<GaussianMixture> alone = alone(mixture);
        int[] belongs = IntStream.range(0, texts.size())
                .map(i -> component(mixture, alone, codes.row(i)))
                .toArray();
        List<Group> groups = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            float[] middle = floats(mixture.mean(k));
            float[] probabilities = vae.decode(middle);
            List<String> raised = IntStream.range(0, vocabulary.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(w -> shares[w] - probabilities[w]))
                    .limit(6)
                    .map(vocabulary::get)
                    .toList();
            int component = k;
            TreeMap<String, Long> topics = IntStream.range(0, texts.size())
                    .filter(i -> belongs[i] == component)
                    .mapToObj(i -> topic(texts.get(i)))
                    .collect(Collectors.groupingBy(topic -> topic, TreeMap::new, Collectors.counting()));
            long all = topics.values().stream().mapToLong(n -> n).sum();
            topics.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .ifPresent(most ->
                            groups.add(new Group((int) all, raised, most.getKey(), (double) most.getValue() / all)));
        }
        return groups;
    }

    /** The component that a code most probably comes from: its share times its density is the largest. */
    private static int component(GaussianMixture mixture, List<GaussianMixture> alone, float[] code) {
        return IntStream.range(0, mixture.components())
                .boxed()
                .max(Comparator.comparingDouble(
                        k -> Math.log(mixture.weight(k)) + alone.get(k).logDensity(code)))
                .orElseThrow();
    }

    /** Each component as a mixture of one. */
    private static List<GaussianMixture> alone(GaussianMixture mixture) {
        return IntStream.range(0, mixture.components())
                .mapToObj(k -> GaussianMixture.of(
                        new double[] {1}, new double[][] {mixture.mean(k)}, new double[][][] {mixture.covariance(k)}))
                .toList();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    private static float[] mean(Matrix rows) {
        float[] mean = new float[rows.columns()];
        for (int row = 0; row < rows.rows(); row++) {
            for (int column = 0; column < mean.length; column++) {
                mean[column] += rows.get(row, column) / rows.rows();
            }
        }
        return mean;
    }

    private static Points points(int topic, List<Text> texts, Matrix plane) {
        int[] chosen = IntStream.range(0, texts.size())
                .filter(i -> texts.get(i).topic() == topic)
                .limit(100)
                .toArray();
        return new Points(
                TOPICS.get(topic).get(0),
                Arrays.stream(chosen).mapToObj(i -> (double) plane.get(i, 0)).toList(),
                Arrays.stream(chosen).mapToObj(i -> (double) plane.get(i, 1)).toList());
    }

    private static Stream<List<String>> named(String by, List<Text> texts, List<Integer> nearest) {
        return nearest.stream().map(texts::get).map(text -> List.of(by, topic(text), text.text()));
    }

    /** For each question, the share of its nearest texts that are about the same. */
    private static double[] sameTopic(List<Text> texts, List<Text> questions, IntFunction<List<Integer>> nearest) {
        return IntStream.range(0, questions.size())
                .mapToDouble(q -> nearest.apply(q).stream()
                        .mapToInt(near ->
                                texts.get(near).topic() == questions.get(q).topic() ? 1 : 0)
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static List<String> row(String by, Matrix rows, double[] shares) {
        return List.of(
                by,
                String.valueOf(rows.columns()),
                Numbers.text(mean(shares), 3),
                "± " + Numbers.text(standardError(shares), 3));
    }

    /** Whether one way is better than another over the same questions, by their differences, question by question. */
    private static String compared(double[] shares, double[] others) {
        double[] differences = IntStream.range(0, shares.length)
                .mapToDouble(q -> shares[q] - others[q])
                .toArray();
        double mean = mean(differences);
        double error = standardError(differences);
        String sure = Math.abs(mean) > 2 * error
                ? mean > 0 ? "better" : "worse"
                : "no difference that so few questions could show";
        return String.format(Locale.ROOT, "%+.3f ± %.3f, %s", mean, error, sure);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** Of the mean: the standard deviation by the root of how many there are. */
    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    private static Matrix matrix(List<Text> texts, List<String> vocabulary) {
        Matrix rows = Matrix.zeros(texts.size(), vocabulary.size());
        for (int i = 0; i < texts.size(); i++) {
            for (String word : texts.get(i).words()) {
                int at = vocabulary.indexOf(word);
                if (at >= 0) {
                    rows.data()[i * vocabulary.size() + at] = 1;
                }
            }
        }
        return rows;
    }

    private static String topic(Text text) {
        return TOPICS.get(text.topic()).get(0);
    }

    /** Topics, each with its words. */
    private static final List<List<String>> TOPICS = Stream.of(
                    "kitchen oven pan soup salt butter onion dough spoon recipe stove pepper flour plate kettle sauce "
                            + "bread knife sugar cheese garlic bowl fork noodle yeast oil lentil carrot egg vinegar jam sieve",
                    "weather rain cloud wind storm snow frost thunder fog sunshine drizzle hail breeze forecast puddle ice "
                            + "lightning heat drought dew barometer gust sleet sky thaw umbrella shower mist "
                            + "icicle flood rainbow chill",
                    "sea ship harbour sail anchor wave captain tide island deck gull lighthouse net rope crew lagoon "
                            + "mast keel cabin buoy reef pilot cargo ferry whale rudder sailor galley compass dock shore oar",
                    "garden tree seed rose hedge bee apple spade lawn root compost leaf fence tulip worm blossom "
                            + "rake pear moss shed snail bush herb pond bulb twig gate petal hose plum soil robin",
                    "railway train platform ticket whistle signal carriage track tunnel conductor timetable bridge "
                            + "station luggage driver delay engine compartment seat guard points buffer sleeper fare crossing "
                            + "viaduct waggon departure arrival junction porter lamp",
                    "music violin song choir drum piano rehearsal tune concert trumpet melody stage organ rhythm singer flute "
                            + "cello chord encore score opera harp verse waltz bow tenor clarinet audience "
                            + "refrain quartet applause horn")
            .map(words -> List.of(words.split(" ")))
            .toList();

    private static final List<String> SENTENCES = List.of(
            "In the morning there was the %s and then the %s.",
            "Nobody had thought of the %s.",
            "My neighbour asked about the %s, not about the %s.",
            "What about the %s?",
            "We spoke of the %s until late.",
            "After the %s came the %s.",
            "Everybody remembers the %s.");

    private static List<Text> write(int count, long seed) {
        Random random = new Random(seed);
        List<Text> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int topic = random.nextInt(TOPICS.size());
            List<String> words = new ArrayList<>();
            StringBuilder text = new StringBuilder();
            for (int sentence = 0; sentence < 3; sentence++) {
                String form = SENTENCES.get(random.nextInt(SENTENCES.size()));
                while (form.contains("%s")) {
                    List<String> from = TOPICS.get(random.nextInt(6) == 0 ? random.nextInt(TOPICS.size()) : topic);
                    String word = from.get(random.nextInt(from.size()));
                    if (words.isEmpty() || !words.get(words.size() - 1).equals(word)) {
                        words.add(word);
                        form = form.replaceFirst("%s", word);
                    }
                }
                text.append(text.isEmpty() ? "" : " ").append(form);
            }
            texts.add(new Text(topic, List.copyOf(words), text.toString()));
        }
        return List.copyOf(texts);
    }
}
