package io.github.latent4j.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class StoredZipTest {
    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StoredZip zip = new StoredZip(out);
        zip.add("a", new byte[] {1, 2, 3});
        zip.add("b/c", new byte[0]);
        zip.finish();
        return out.toByteArray();
    }

    @Test
    void entriesAreStoredAsTheyAre() throws IOException {
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zip()));
        ZipEntry first = zip.getNextEntry();
        assertThat(first.getName()).isEqualTo("a");
        assertThat(first.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(zip.readAllBytes()).containsExactly(1, 2, 3);
        assertThat(zip.getNextEntry().getName()).isEqualTo("b/c");
        assertThat(zip.getNextEntry()).isNull();
    }

    @Test
    void theBytesDoNotDependOnTheTimeZone() throws IOException {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            byte[] east = zip();
            TimeZone.setDefault(TimeZone.getTimeZone("America/Lima"));
            assertThat(zip()).isEqualTo(east);
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
