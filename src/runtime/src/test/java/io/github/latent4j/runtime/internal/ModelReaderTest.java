package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.latent4j.runtime.LatentModel;
import io.github.latent4j.runtime.ModelFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReaderTest {
    @TempDir
    Path folder;

    private static final byte[] GOOD = ZipImage.resource("format2-ae.zip");

    private void assertRefused(byte[] content, String message) throws IOException {
        Path file = folder.resolve("bad.zip");
        Files.write(file, content);
        assertThatThrownBy(() -> LatentModel.load(file))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": " + message);
        assertThatThrownBy(() -> LatentModel.load(new ByteArrayInputStream(content)))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage("model: " + message);
    }

    /** A good file with a change, whose checksums are as they should be. */
    private static byte[] changed(Consumer<ZipImage> change) {
        ZipImage image = ZipImage.of(GOOD);
        change.accept(image);
        return image.repaired().bytes();
    }

    private void assertJsonRefused(String from, String to, String message) throws IOException {
        assertThat(ZipImage.of(GOOD).json()).contains(from);
        assertRefused(changed(image -> image.json(image.json().replace(from, to))), "latent4j.json: " + message);
    }

    private void assertEntryRefused(String name, Consumer<ZipImage.Part> change, String message) throws IOException {
        assertRefused(changed(image -> change.accept(image.part(name))), message);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theImageOfAGoodFileIsTheGoodFile() {
        // so that every other refusal here is for the change alone
        assertThat(changed(image -> {})).hasSameSizeAs(GOOD);
        assertThat(new String(changed(image -> {}), StandardCharsets.ISO_8859_1))
                .contains(ZipImage.of(GOOD).json());
    }

    @Test
    void aGoodImageLoads() throws IOException {
        LatentModel model = LatentModel.load(new ByteArrayInputStream(changed(image -> {})));
        assertThat(model).isNotNull();
        byte[] reordered = changed(image -> Collections.reverse(image.parts.subList(1, 4)));
        assertThat(LatentModel.load(new ByteArrayInputStream(reordered)).parameters())
                .containsExactly(model.parameters());
    }

    @Test
    void whatIsNoZipIsNoModel() throws IOException {
        assertRefused(new byte[0], "found no zip file, expected a model file");
        assertRefused(utf8("not a zip at all"), "found no zip file, expected a model file");
        assertRefused(
                new byte[] {'P', 'K', 5, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
                "found no zip file, expected a model file");
        assertThatThrownBy(() -> LatentModel.load(folder))
                .isExactlyInstanceOf(ModelFormatException.class)
                .hasMessage(folder + ": found a folder, expected a model file");
        assertThatThrownBy(() -> LatentModel.load(folder.resolve("none.zip"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aFailingStreamIsNoWrongModel() {
        InputStream failing = new InputStream() {
            private int left = 1000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("connection reset");
                }
                left--;
                return GOOD[999 - left];
            }
        };
        assertThatThrownBy(() -> LatentModel.load(failing))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void aFileThatWasCutOffEndsSomewhere() throws IOException {
        int end = GOOD.length;
        assertRefused(
                Arrays.copyOf(GOOD, 1000),
                "latent4j.json: found a file that ends at byte 1000, expected %d bytes more: it was cut off"
                        .formatted(ZipImage.of(GOOD).json().length() + 43 - 1000));
        for (int length : new int[] {20, 40, end - 1, end - 22, end - 24, end - 100}) {
            assertRefused(
                    Arrays.copyOf(GOOD, length),
                    "found a file that ends at byte %d, expected a whole one: it was cut off".formatted(length));
        }
        assertRefused(
                Arrays.copyOf(GOOD, end + 1),
                "found more bytes behind the end record, expected %d bytes in all".formatted(end));
    }

    @Test
    void entriesOfOtherNamesAreRefused() throws IOException {
        assertRefused(
                changed(image -> image.parts.add(2, new ZipImage.Part("preprocessor.bin", new byte[5]))),
                "found entry 'preprocessor.bin', expected configuration.json or coefficients.bin");
        assertRefused(
                changed(image -> image.parts.add(new ZipImage.Part("../../etc/passwd", new byte[5]))),
                "found entry '../../etc/passwd', expected no more entries");
        assertRefused(
                changed(image -> image.parts.add(new ZipImage.Part("a\nb\u202e", new byte[5]))),
                "found entry 'a\\u000ab\\u202e', expected no more entries");
        assertRefused(
                changed(image -> image.parts.add(new ZipImage.Part("x".repeat(500), new byte[0]))),
                "found entry '%s…', expected no more entries".formatted("x".repeat(60)));
        assertRefused(
                changed(image -> image.parts.add(image.part("coefficients.bin"))),
                "found entry 'coefficients.bin', expected no more entries");
        assertRefused(
                changed(image -> Collections.swap(image.parts, 0, 3)),
                "found entry 'coefficients.bin', expected latent4j.json");
        assertRefused(
                changed(image -> image.parts.remove(image.part("coefficients.bin"))),
                "found no entry coefficients.bin, expected one");
        assertRefused(
                changed(image -> image.parts.remove(image.part("baseline.bin"))),
                "found no entry baseline.bin, expected one");
    }

    @Test
    void whatGrowsWhenUnpackedIsRefused() throws IOException {
        assertEntryRefused(
                "coefficients.bin",
                part -> {
                    part.method = 8;
                    part.content = new byte[1 << 24];
                },
                "coefficients.bin: found a compressed entry (method 8), expected a stored one");
        assertEntryRefused(
                "configuration.json",
                part -> part.flags = 8,
                "configuration.json: found flags 0x8, %1$d bytes in %1$d and an extra field of 0 bytes, expected an entry without flags and extra field, as long as it is stored"
                        .formatted(ZipImage.of(GOOD).part("configuration.json").content.length));
        assertEntryRefused(
                "latent4j.json",
                part -> {
                    part.size = Integer.MAX_VALUE;
                    part.storedSize = Integer.MAX_VALUE;
                },
                "latent4j.json: found 2147483647 bytes, expected at most 16777216");
    }

    @Test
    void frontAndDirectoryMustSayTheSame() throws IOException {
        String message = "found a directory at byte %d that does not fit entry %s, expected one that does";
        int start =
                ByteBuffer.wrap(GOOD).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(GOOD.length - 6);
        assertEntryRefused(
                "coefficients.bin",
                part -> part.nameInDirectory = utf8("coefficients.bak"),
                message.formatted(start, "coefficients.bin"));
        assertEntryRefused(
                "configuration.json", part -> part.sizeInDirectory = 7, message.formatted(start, "configuration.json"));
        assertEntryRefused(
                "baseline.bin", part -> part.offsetInDirectory = 0, message.formatted(start, "baseline.bin"));
        assertEntryRefused(
                "coefficients.bin", part -> part.inDirectory = false, message.formatted(start, "coefficients.bin"));
        String end = "found an end record at byte %d that does not fit the 4 entries, expected one that does"
                .formatted(GOOD.length - 22);
        assertRefused(changed(image -> image.moreEntries = 1), end);
        assertRefused(changed(image -> image.comment = utf8("hello")), end);
    }

    @Test
    void damageIsToldFromWrongContent() throws IOException {
        byte[] coefficients = ZipImage.of(GOOD).part("coefficients.bin").content;
        String before = Checksums.of(coefficients);
        byte[] flipped = coefficients.clone();
        flipped[coefficients.length - 5] ^= 4;
        ZipImage repacked = ZipImage.of(GOOD);
        repacked.part("coefficients.bin").content = flipped;
        assertRefused(
                repacked.bytes(),
                "coefficients.bin: found checksum %s, expected %s as latent4j.json says: the file is damaged or was changed"
                        .formatted(Checksums.of(flipped), before));
        // A header that no longer says what it should is damage too, and not the wrong content that it looks like.
        byte[] header = coefficients.clone();
        header[3] ^= 4;
        header[28] ^= 1;
        ZipImage inHeader = ZipImage.of(GOOD);
        inHeader.part("coefficients.bin").content = header;
        assertRefused(
                inHeader.bytes(),
                "coefficients.bin: found checksum %s, expected %s as latent4j.json says: the file is damaged or was changed"
                        .formatted(Checksums.of(header), before));
        ZipImage flippedJson = ZipImage.of(GOOD);
        flippedJson.part("latent4j.json").checksum = 0x12345678;
        byte[] json = flippedJson.part("latent4j.json").content;
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(json);
        assertRefused(
                flippedJson.bytes(),
                "latent4j.json: found checksum %08x, expected 12345678 as the zip file says: the file is damaged or was changed"
                        .formatted(crc.getValue()));
        assertJsonRefused(
                "\"checksums\"", "\"others\"", "field checksums.baseline.bin: found nothing, expected a checksum");
    }

    @Test
    void aChecksumOfAnotherKindIsWrongContent() throws IOException {
        String checksum = Checksums.of(ZipImage.of(GOOD).part("baseline.bin").content);
        for (String other : new String[] {"", "md5:00000000", "crc32c:0000000", "crc32c:0000000G"}) {
            assertJsonRefused(
                    checksum,
                    other,
                    "field checksums.baseline.bin: found '%s', expected crc32c: and eight hexadecimal digits"
                            .formatted(other));
        }
    }

    @Test
    void aNewerFormatIsNamedWithBothVersions() throws IOException {
        assertJsonRefused(
                "\"format\" : 2",
                "\"format\" : 7",
                "found a model file of format 7, expected at most 3: a newer latent4j wrote it");
        assertJsonRefused("\"format\" : 2", "\"format\" : 0", "field format: found '0', expected at least 1");
        assertJsonRefused(
                "\"format\" : 2",
                "\"format\" : 99999999999",
                "field format: found '99999999999', expected a whole number from -2^31 to below 2^31");
    }

    @Test
    void unknownFieldsAreLeftToLaterVersions() throws IOException {
        byte[] later = changed(image ->
                image.json(image.json().replace("\"format\" : 2,", "\"format\" : 2, \"new\" : [null, {\"a\": 1}],")));
        assertThat(LatentModel.load(new ByteArrayInputStream(later)).spec())
                .isEqualTo(LatentModel.load(new ByteArrayInputStream(GOOD)).spec());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"latent\" : 2 | \"latent\" : \"three\" | field model.latent: found 'three', expected a whole number",
                "\"latent\" : 2 | \"latent\" : {} | field model.latent: found an object, expected a whole number",
                "\"latent\" : 2 | \"latent\" : 0 | latent size: found 0, expected at least 1",
                "\"latent\" : 2 | \"latent\" : 2000000000 | found a model of more than 2^29 parameters, expected one of 2 GB at most",
                "\"latent\" : 2 | \"latent\" : 2, \"latent\" : 2 | found field 'latent' twice at line 7, column 31, expected it once",
                "\"inputs\" : 6 | \"inputs\" : 7 | found an input contract of 6 values, expected 7 as in the specification",
                "\"kind\" : \"ae\" | \"kind\" : \"a\\nb\" | field model.kind: found 'a\\u000ab', expected ae or vae",
                "\"pcaDimensions\" : 2 | \"pcaDimensions\" : 0 | field baseline.pcaDimensions: found '0', expected from 1 to 357913938 for examples of 6 values",
                "\"pcaDimensions\" : 2 | \"pcaDimensions\" : 2000000000 | field baseline.pcaDimensions: found '2000000000', expected from 1 to 357913938 for examples of 6 values",
                "\"bestEpoch\" : 12.0 | \"bestEpoch\" : 1e999 | field metrics.bestEpoch: found 'Infinity', expected a finite number",
                "\"bestEpoch\" : 12.0 | \"bestEpoch\" : NaN | found text that is no JSON at line 56, column 22 (Non-standard token 'NaN'), expected a JSON object",
            })
    void fieldsOfOtherKindsOrRangesAreNamed(String from, String to, String message) throws IOException {
        assertJsonRefused(from, to, message);
    }

    @Test
    void jsonHasLimits() throws IOException {
        String limits =
                "expected at most 16 levels, names of 200 characters, texts of 1048576 characters and numbers of 100 digits";
        String start = "\"format\" : ";
        assertJsonRefused(start, "\"a\" : " + "[".repeat(100_000), "found JSON beyond the limits, " + limits);
        assertJsonRefused(start + 2, start + "9".repeat(101), "found JSON beyond the limits, " + limits);
        assertJsonRefused(
                "\"activation\" : \"sigmoid\"",
                "\"activation\" : \"" + "x".repeat(81) + '"',
                "field model.activation: found '%s…', expected at most 80 characters".formatted("x".repeat(60)));
        assertJsonRefused(
                "[ 5 ]", "[1" + ",1".repeat(100_000) + "]", "hidden layers: found 100001, expected at most 256");
        assertJsonRefused(
                "\"pressure\"",
                "\"a" + "\",\"a".repeat(300_000) + '"',
                "number of columns: found 300006, expected at most 262144");
        assertJsonRefused(
                "\"pressure\"",
                "0" + ",0".repeat(1 << 20),
                "found more than 524288 values (an object or a list counts as 8), expected at most that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[1]", "1"})
    void jsonIsAnObject(String text) throws IOException {
        assertEntryRefused(
                "latent4j.json",
                part -> part.content = utf8(text),
                "latent4j.json: found %s, expected a JSON object"
                        .formatted(text.isBlank() ? "nothing" : "'%s'".formatted(text.startsWith("[") ? "[" : text)));
    }

    @Test
    void textIsOneObjectInUtf8() throws IOException {
        // Checksums are repaired as text, so these contents are put in behind the repair.
        ZipImage image = ZipImage.of(GOOD);
        image.part("latent4j.json").content = new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
        assertRefused(image.bytes(), "latent4j.json: found bytes that are no UTF-8, expected JSON in UTF-8");
        image.part("latent4j.json").content = utf8("{} {}");
        assertRefused(
                image.bytes(),
                "latent4j.json: found more behind the JSON object at line 1, column 5, expected its end");
    }

    private void assertParametersRefused(Consumer<ByteBuffer> change, String message) throws IOException {
        assertEntryRefused(
                "coefficients.bin",
                part -> change.accept(ByteBuffer.wrap(part.content)),
                "coefficients.bin: " + message);
    }

    @Test
    void parametersMustFitTheSpecification() throws IOException {
        byte[] good = ZipImage.of(GOOD).part("coefficients.bin").content;
        int header = 113; // of ND4J, see docs/model-format.md
        assertThat(good).hasSize(header + 4 * 58);
        assertParametersRefused(
                bytes -> bytes.putLong(18, Long.MAX_VALUE),
                "found an array of rank 1 in a shape of 9223372036854775807 numbers, expected rank 1 or 2 in 6 or 8");
        assertParametersRefused(
                bytes -> bytes.putLong(32, 3),
                "found an array of rank 3 in a shape of 6 numbers, expected rank 1 or 2 in 6 or 8");
        assertParametersRefused(
                bytes -> bytes.putLong(40, 59), "found 59 parameters, expected 58 as the specification says");
        assertParametersRefused(
                bytes -> bytes.putLong(98, Long.MIN_VALUE),
                "found -9223372036854775808 parameters in 232 bytes, expected 58 in 232");
        assertParametersRefused(
                bytes -> bytes.put(28, (byte) '\n'), "found values of type '\\u000aONG', expected LONG");
        assertParametersRefused(bytes -> bytes.put(108, (byte) 'D'), "found values of type 'DLOAT', expected FLOAT");
        assertParametersRefused(
                bytes -> bytes.putFloat(header + 4 * 7, Float.NaN),
                "found NaN as parameter 7, expected a finite number");
        assertParametersRefused(
                bytes -> bytes.putFloat(header, Float.NEGATIVE_INFINITY),
                "found -Infinity as parameter 0, expected a finite number");
        assertParametersRefused(
                bytes -> bytes.putShort(0, (short) 0xffff),
                "found 345 bytes that end within a header, expected an ND4J array");
        assertEntryRefused(
                "coefficients.bin",
                part -> part.content = Arrays.copyOf(good, good.length - 3),
                "coefficients.bin: found 58 parameters in 229 bytes, expected 58 in 232");
        assertEntryRefused(
                "coefficients.bin",
                part -> part.content = Arrays.copyOf(good, good.length + 4),
                "coefficients.bin: found 58 parameters in 236 bytes, expected 58 in 232");
        assertEntryRefused(
                "coefficients.bin",
                part -> part.content = new byte[0],
                "coefficients.bin: found 0 bytes that end within a header, expected an ND4J array");
    }

    @Test
    void aBaselineMustFitToo() throws IOException {
        assertEntryRefused(
                "baseline.bin",
                part -> part.content = new byte[8],
                "baseline.bin: found 8 bytes, expected 72, as latent4j.json says");
        assertEntryRefused(
                "baseline.bin",
                part -> ByteBuffer.wrap(part.content).putFloat(4, Float.NaN),
                "baseline.bin: mean: found NaN in example 0 at index 1, expected a finite number");
    }
}
