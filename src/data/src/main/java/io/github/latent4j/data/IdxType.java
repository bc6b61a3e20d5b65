package io.github.latent4j.data;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types of IDX files. All are big-endian. */
enum IdxType {
    UBYTE(0x08, 1, "unsigned byte") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.get() & 0xff;
        }
    },
    BYTE(0x09, 1, "signed byte") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.get();
        }
    },
    SHORT(0x0B, 2, "short") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.getShort();
        }
    },
    INT(0x0C, 4, "int") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.getInt();
        }
    },
    FLOAT(0x0D, 4, "float") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.getFloat();
        }
    },
    DOUBLE(0x0E, 8, "double") {
        @Override
        double get(ByteBuffer buffer) {
            return buffer.getDouble();
        }
    };

    private final int code;
    private final int bytes;
    private final String text;

    IdxType(int code, int bytes, String text) {
        this.code = code;
        this.bytes = bytes;
        this.text = text;
    }

    /** Takes the next element off a buffer; a double holds every element of every type. */
    abstract double get(ByteBuffer buffer);

    int code() {
        return code;
    }

    int bytes() {
        return bytes;
    }

    String text() {
        return text;
    }

    boolean isInteger() {
        return this != FLOAT && this != DOUBLE;
    }

    static Optional<IdxType> of(int code) {
        return Arrays.stream(values()).filter(type -> type.code == code).findFirst();
    }

    static String all() {
        return Arrays.stream(values())
                .map(type -> "0x%02x (%s)".formatted(type.code, type.text))
                .collect(Collectors.joining(", "));
    }
}
