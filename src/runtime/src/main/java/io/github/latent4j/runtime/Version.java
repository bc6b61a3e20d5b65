package io.github.latent4j.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The version of this library. */
public final class Version {
    private static final String CURRENT = read();

    private Version() {}

    /**
     * The version.
     *
     * @return such as {@code 1.2.0}
     */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream stream = Version.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(stream, "version.properties is part of the library"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
