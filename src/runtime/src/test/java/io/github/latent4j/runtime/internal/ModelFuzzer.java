package io.github.latent4j.runtime.internal;

import io.github.latent4j.runtime.InputContract.Table;
import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.Likelihood;
import io.github.latent4j.runtime.ModelCard;
import io.github.latent4j.runtime.ModelDescription;
import io.github.latent4j.runtime.ModelFormatException;
import io.github.latent4j.runtime.RandomModels;
import io.github.latent4j.runtime.RandomTables;
import io.github.latent4j.runtime.VaeSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes good model files and reads what came out: either a model, which then encodes, or one
 * {@link ModelFormatException} with a sentence on one line. Each case is made from the seed and its number alone. A program of
 * its own, so that it can have a small heap: {@code ModelFuzzer SEED FIRST COUNT}.
 */
final class ModelFuzzer {
    private static final long MOST_CPU_NANOS = 2_000_000_000L;
    private static final int MOST_MESSAGE = 600;
    private static final List<byte[]> FILES = List.of(
            ZipImage.resource("format1-ae.zip"),
            ZipImage.resource("format1-vae.zip"),
            ZipImage.resource("format2-ae.zip"),
            ZipImage.resource("format2-vae.zip"),
            ZipImage.resource("format3-ae.zip"),
            ZipImage.resource("format3-vae.zip"),
            ofAllColumns());
    private static final int[] MAGIC = {
        0, 1, -1, 2, 4, 100, 0xffff, 1 << 16, 1 << 24, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
    };
    private static final List<String> NAMES = List.of(
            "preprocessor.bin",
            "updaterState.bin",
            "normalizer.bin",
            "objects.ser",
            "../latent4j.json",
            "..\\latent4j.json",
            "/etc/passwd",
            "latent4j.json/",
            "LATENT4J.JSON",
            "latent4j.json\0",
            "./coefficients.bin",
            "",
            "a/b/c",
            "META-INF/MANIFEST.MF",
            "coefficients.bin ",
            "x".repeat(70),
            "ä€😀",
            "latent4j.json",
            "baseline.bin",
            "reference.bin",
            "configuration.json",
            "coefficients.bin");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1",
            "2147483647",
            "2147483648",
            "-2147483649",
            "99999999999999999999999999",
            "1e999",
            "-1e-999",
            "1.5",
            "\"\"",
            "\"vae\"",
            "\"ae\"",
            "\"gaussian:0.1\"",
            "\"gaussian:per-example:1e-300:1e300\"",
            "\"cube\"",
            "\"relu\"",
            "\"java.lang.Runtime\"",
            "{}",
            "[]",
            "[1]",
            "[[]]",
            "{\"@class\":\"java.net.URL\"}",
            "[1,null]",
            "[0,1e308]",
            "[-1e308,1e308]",
            "[\"a\",\"NA\"]",
            "\"none\"",
            "\"min-max\"",
            "\"quantile\"",
            "\"category\"",
            "\"moment\"",
            "\"-999999999-01-01\"",
            "\"+999999999-12-31\"",
            "NaN",
            "0x10",
            "007",
            "\"\\ud800\"",
            "\"\\u0000\\n\\u202e\"",
            "46340",
            "65536",
            "268435456",
            "1073741823",
            "2000000000");
    private static final Pattern SCALAR =
            Pattern.compile("(?<=: )(\"[^\"]*\"|-?[0-9][0-9.eE+-]*|true|false|\\[[^\\]]*\\])");

    private final long seed;

    /** Counts of sentences, without what is in them. */
    final Map<String, Integer> sentences = new TreeMap<>();

    int loaded;
    int refused;

    ModelFuzzer(long seed) {
        this.seed = seed;
    }

    public static void main(String[] args) {
        ModelFuzzer fuzzer = new ModelFuzzer(Long.parseLong(args[0]));
        long first = Long.parseLong(args[1]);
        long count = Long.parseLong(args[2]);
        for (long number = first; number < first + count; number++) {
            String failure = fuzzer.failure(number);
            if (failure != null) {
                System.out.printf("seed %d, case %d: %s%n", fuzzer.seed, number, failure);
                System.exit(1);
            }
        }
        fuzzer.sentences.forEach((sentence, times) -> System.out.printf("%7d  %s%n", times, sentence));
        System.out.printf(
                "%d files: %d loaded, %d refused with %d kinds of sentences%n",
                count, fuzzer.loaded, fuzzer.refused, fuzzer.sentences.size());
    }

    /** A model of a table in which every kind of column stands. */
    private static byte[] ofAllColumns() {
        Table table = RandomTables.ofAllKinds();
        VaeSpec spec = VaeSpec.of(table.size(), 2).withHidden(3).withLikelihood(Likelihood.GAUSSIAN);
        float[] parameters = RandomModels.of(spec, 1).parameters();
        Map<String, String> checksums = new LinkedHashMap<>();
        ZipImage image = new ZipImage();
        for (String name : List.of(ModelDescription.ENTRY, "configuration.json", "coefficients.bin")) {
            image.parts.add(new ZipImage.Part(name, "{\"layers\" : []}".getBytes(StandardCharsets.UTF_8)));
            checksums.put(name, Checksums.of(new byte[0]));
        }
        checksums.remove(ModelDescription.ENTRY);
        image.json(ModelHeader.json(new ModelDescription(spec, ModelCard.of(table)), checksums));
        image.part("coefficients.bin").content = nd4j(parameters);
        return image.repaired().bytes();
    }

    /** A row vector as ND4J writes it. */
    private static byte[] nd4j(float[] values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            long[] shape = {2, 1, values.length, values.length, 1, 0, 1, 'c'};
            out.writeUTF("LONG_SHAPE");
            out.writeLong(shape.length);
            out.writeUTF("LONG");
            for (long number : shape) {
                out.writeLong(number);
            }
            out.writeUTF("MIXED_DATA_TYPES");
            out.writeLong(values.length);
            out.writeUTF("FLOAT");
            for (float value : values) {
                out.writeFloat(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Makes and reads one file; null if all is well. */
    @Nullable
    String failure(long number) {
        byte[] file = file(number);
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        try {
            LatentModel model = LatentModel.load(new ByteArrayInputStream(file));
            float[] example = new float[model.spec().inputs()];
            model.encode(example);
            if (model.card().input() instanceof Table table) {
                table.record(example);
                table.featureNames();
            }
            loaded++;
        } catch (ModelFormatException e) {
            refused++;
            String message = String.valueOf(e.getMessage());
            if (!message.startsWith("model: ")
                    || message.length() > MOST_MESSAGE
                    || !message.equals(Quoted.line(message))) {
                return "found the message " + message;
            }
            sentences.merge(shape(message), 1, Integer::sum);
        } catch (Throwable e) {
            StackTraceElement[] trace = e.getStackTrace();
            return "found %s at %s".formatted(e, Arrays.toString(Arrays.copyOf(trace, Math.min(8, trace.length))));
        }
        long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
        return taken > MOST_CPU_NANOS ? "took %d ms".formatted(taken / 1_000_000) : null;
    }

    /** A sentence without what differs from file to file. */
    private static String shape(String message) {
        return message.replaceAll("'.*'", "'…'")
                .replaceAll("field [^:]*:", "field …:")
                .replaceAll("metric [^:]*:", "metric …:")
                .replaceAll(
                        "crc32c:[0-9a-f]+|checksum [0-9a-f]{8}|(?<=, )expected [0-9a-f]{8} (?=as the zip)|0x[0-9a-f]+",
                        "HEX")
                .replaceAll("(?<![A-Za-z])-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?", "N");
    }

    /** The bytes of a case. */
    byte[] file(long number) {
        Random random = new Random(seed * 0x9e3779b97f4a7c15L ^ number * 0xbf58476d1ce4e5b9L);
        byte[] good = any(FILES, random);
        if (random.nextInt(4) == 0) {
            return bytes(good, random);
        }
        ZipImage image = ZipImage.of(good);
        for (int i = random.nextInt(8) == 0 ? 2 : 1; i > 0; i--) {
            switch (random.nextInt(8)) {
                case 0, 1 -> structure(image, random);
                case 2, 3, 4 -> json(image, random);
                case 5 -> coefficients(image, random);
                case 6 -> headers(image, random);
                default -> content(image, random);
            }
        }
        if (random.nextInt(5) > 0 && image.parts.stream().anyMatch(p -> p.text().equals("latent4j.json"))) {
            image.repaired();
        }
        byte[] file = image.bytes();
        return random.nextInt(20) == 0 ? bytes(file, random) : file;
    }

    /** Changes bytes wherever they are. */
    private static byte[] bytes(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(7)) {
            case 0 -> {
                for (int i = random.nextInt(8); i >= 0; i--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> bytes = spliced(bytes, at, at, noise(random, 1 + random.nextInt(64)));
            case 3 -> bytes = spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)), new byte[0]);
            case 4 -> {
                int end = Math.min(bytes.length, at + random.nextInt(2000));
                bytes = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            }
            case 5 -> {
                int place = Math.min(at, bytes.length - 4);
                ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                ByteBuffer.wrap(bytes).order(order).putInt(place, MAGIC[random.nextInt(MAGIC.length)]);
            }
            default -> {
                // Near a header: after a signature there are lengths.
                for (int i = at; i + 30 < bytes.length; i++) {
                    if (bytes[i] == 'P' && bytes[i + 1] == 'K') {
                        bytes[i + random.nextInt(30)] = (byte) random.nextInt(256);
                        break;
                    }
                }
            }
        }
        return bytes;
    }

    private static byte[] noise(Random random, int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length - (to - from) + between.length);
        return all.put(bytes, 0, from)
                .put(between)
                .put(bytes, to, bytes.length - to)
                .array();
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Repeats, renames, reorders, adds and removes entries. */
    private static void structure(ZipImage image, Random random) {
        ZipImage.Part part = any(image.parts, random);
        int place = random.nextInt(image.parts.size() + 1);
        switch (random.nextInt(8)) {
            case 0 -> image.parts.add(place, copy(part));
            case 1 -> part.name = any(NAMES, random).getBytes(StandardCharsets.UTF_8);
            case 2 -> part.name = noise(random, random.nextInt(20));
            case 3 -> Collections.shuffle(image.parts, random);
            case 4 -> {
                if (image.parts.size() > 1) {
                    image.parts.remove(part);
                }
            }
            case 5 -> image.parts.add(place, new ZipImage.Part(any(NAMES, random), serialised()));
            case 6 -> {
                ZipImage.Part other = any(image.parts, random);
                byte[] content = part.content;
                part.content = other.content;
                other.content = content;
            }
            default -> part.content = random.nextBoolean() ? serialised() : image.bytes();
        }
    }

    private static ZipImage.Part copy(ZipImage.Part part) {
        ZipImage.Part copy = new ZipImage.Part(part.text(), part.content);
        copy.method = part.method;
        return copy;
    }

    private static byte[] serialised() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new ArrayList<>(List.of("an object", 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Lets headers and directory say what is not so. */
    private static void headers(ZipImage image, Random random) {
        ZipImage.Part part = any(image.parts, random);
        int magic = MAGIC[random.nextInt(MAGIC.length)];
        switch (random.nextInt(14)) {
            case 0 -> part.method = 8;
            case 1 -> {
                part.method = 8; // a bomb: a thousandth of its size
                part.content = new byte[1 << (16 + random.nextInt(6))];
            }
            case 2 -> part.method = random.nextInt(100);
            case 3 -> part.flags = 1 << random.nextInt(16);
            case 4 -> part.size = magic;
            case 5 -> part.storedSize = magic;
            case 6 -> {
                part.size = magic;
                part.storedSize = magic;
            }
            case 7 -> part.checksum = random.nextInt();
            case 8 -> part.extra = noise(random, 1 + random.nextInt(40));
            case 9 -> part.inDirectory = false;
            case 10 -> part.inFront = false;
            case 11 -> part.nameInDirectory = any(NAMES, random).getBytes(StandardCharsets.UTF_8);
            case 12 -> {
                if (random.nextBoolean()) {
                    part.sizeInDirectory = magic;
                } else {
                    part.offsetInDirectory = magic;
                }
            }
            default -> {
                image.comment = noise(random, random.nextInt(30));
                image.moreEntries = random.nextInt(3) - 1;
            }
        }
    }

    /** Changes any content. */
    private static void content(ZipImage image, Random random) {
        ZipImage.Part part = any(image.parts, random);
        if (part.content.length > 0) {
            part.content = bytes(part.content, random);
        }
    }

    /** Changes what {@code latent4j.json} says. */
    private static void json(ZipImage image, Random random) {
        if (image.parts.stream().noneMatch(p -> p.text().equals("latent4j.json"))) {
            return;
        }
        String json = image.json();
        List<int[]> scalars = new ArrayList<>();
        Matcher matcher = SCALAR.matcher(json);
        while (matcher.find()) {
            scalars.add(new int[] {matcher.start(), matcher.end()});
        }
        if (scalars.isEmpty()) {
            return;
        }
        int[] scalar = scalars.get(random.nextInt(Math.min(scalars.size(), random.nextBoolean() ? 14 : 1000)));
        String before = json.substring(0, scalar[0]);
        String after = json.substring(scalar[1]);
        int large = 1 << (random.nextInt(40) == 0 ? 19 : 8 + random.nextInt(7));
        image.json(
                switch (random.nextInt(13)) {
                    case 0, 1, 2 -> before + any(VALUES, random) + after;
                    case 3 -> before + (random.nextInt(40) - 5) + after;
                    case 4 -> before + "[".repeat(large) + "]".repeat(large) + after;
                    case 5 -> before + "{\"a\":".repeat(large) + "1" + "}".repeat(large) + after;
                    case 6 -> before + '"' + "x".repeat(large) + '"' + after;
                    case 7 -> before + "[" + "1,".repeat(large) + "1]" + after;
                    case 8 -> before + "9".repeat(large) + after;
                    case 9 -> {
                        int line = json.lastIndexOf('\n', scalar[0]) + 1;
                        int end = json.indexOf('\n', scalar[1]) + 1;
                        String whole = json.substring(line, end); // a field, left out or repeated
                        yield json.substring(0, line)
                                + (random.nextBoolean() ? "" : whole.repeat(2))
                                + json.substring(end);
                    }
                    case 10 -> {
                        // A wide forest: no limit of depth or length is passed, and each tree takes far more than its
                        // text.
                        String tree = "{\"abcdefghi\":".repeat(12) + "1" + "}".repeat(12);
                        yield before + "[" + (tree + ",").repeat(large / 4) + tree + "]" + after;
                    }
                    case 11 -> {
                        StringBuilder fields = new StringBuilder(before).append("{");
                        for (int i = 0; i < large; i++) {
                            fields.append("\"f").append(i).append("\":\"1\",");
                        }
                        yield fields.append("\"last\":\"1\"}").append(after).toString();
                    }
                    default ->
                        random.nextBoolean()
                                ? json + "{}"
                                : json.replace("\"format\" : ", "\"format\" : " + random.nextInt(10));
                });
    }

    /** Changes the header of the parameters, or some of them. */
    private static void coefficients(ZipImage image, Random random) {
        for (ZipImage.Part part : image.parts) {
            if (part.text().endsWith(".bin") && part.content.length > 120) {
                byte[] content = part.content.clone();
                ByteBuffer buffer = ByteBuffer.wrap(content);
                switch (random.nextInt(5)) {
                    case 0 -> content[random.nextInt(114)] = (byte) random.nextInt(256);
                    case 1 -> buffer.putInt(random.nextInt(110), MAGIC[random.nextInt(MAGIC.length)]);
                    case 2 -> buffer.putFloat(content.length - 4 * (1 + random.nextInt(20)), Float.NaN);
                    case 3 -> buffer.putFloat(content.length - 4 * (1 + random.nextInt(20)), random.nextInt(2) / 0f);
                    default -> buffer.putFloat(content.length - 4 * (1 + random.nextInt(20)), Float.MAX_VALUE);
                }
                part.content = content;
            }
        }
    }
}
