package io.github.latent4j.data;

import io.github.latent4j.runtime.internal.StagedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fetches files. It uses {@link HttpURLConnection} because a body that stops coming must end in an error, for which
 * {@code java.net.http} has no time limit.
 */
final class Download {
    private static final int BLOCK = 1 << 16;

    private final int timeoutMillis;
    private final Progress progress;

    Download(int timeoutMillis, Progress progress) {
        this.timeoutMillis = timeoutMillis;
        this.progress = progress;
    }

    /**
     * Fetches a file, checks it and puts it into place.
     *
     * @param sha256 the digest of the uncompressed content
     * @throws IOException with a reason that does not name the address; the target is then as it was
     */
    void fetch(URI address, Path target, String sha256) throws IOException {
        try (StagedFile staged = StagedFile.beside(target)) {
            transfer(address, staged.path(), "downloading " + target.getFileName());
            String found;
            try (InputStream in = Inputs.open(staged.path())) {
                found = new Sha256().content(in).hex();
            } catch (InvalidDataException e) {
                throw new InvalidDataException("found damaged gzip, expected a sound file", e);
            }
            if (!found.equals(sha256)) {
                throw new InvalidDataException(
                        "found SHA-256 %s of the uncompressed content, expected %s".formatted(found, sha256));
            }
            staged.place();
        }
    }

    private void transfer(URI address, Path file, String task) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(timeoutMillis);
        connection.setReadTimeout(timeoutMillis);
        try {
            int status = connection.getResponseCode();
            if (status != HttpURLConnection.HTTP_OK) {
                throw new IOException("found HTTP status %d, expected 200".formatted(status));
            }
            long total = connection.getContentLengthLong();
            try (InputStream in = connection.getInputStream();
                    OutputStream out = Files.newOutputStream(file)) {
                byte[] block = new byte[BLOCK];
                long done = 0;
                for (int read = in.read(block); read >= 0; read = in.read(block)) {
                    out.write(block, 0, read);
                    done += read;
                    progress.report(task, done, total);
                }
                if (total >= 0 && done != total) {
                    throw new IOException(
                            "found the end of the answer after %d bytes, expected %d".formatted(done, total));
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("found no address of " + address.getHost() + ", expected a network", e);
        } catch (ConnectException e) {
            throw new IOException("found no connection to " + address.getHost() + ", expected a network", e);
        } catch (SocketTimeoutException e) {
            throw new IOException("found no answer within %d seconds, expected one".formatted(timeoutMillis / 1000), e);
        } finally {
            connection.disconnect();
        }
    }
}
