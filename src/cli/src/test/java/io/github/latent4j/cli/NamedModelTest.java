package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedModelTest {
    @TempDir
    Path home;

    private Path folderOfKnown;
    private Path known;

    @BeforeEach
    void makeACheckoutWithOneModel() throws IOException {
        folderOfKnown = Files.createDirectories(home.resolve("models/little-vae"));
        known = folderOfKnown.resolve("model.zip");
        Files.createFile(known);
        Files.createDirectories(home.resolve("models/notes"));
    }

    private NamedModel named(Object text) {
        return NamedModel.of(Path.of(text.toString()), Optional.of(home));
    }

    @Test
    void aFileOrItsFolderNamesAModel(@TempDir Path folder) throws IOException {
        Path other = Files.createFile(folder.resolve("other.zip"));
        assertThat(named(other).file()).isEqualTo(other);
        assertThat(named(other).name()).isEqualTo("other");
        assertThat(named(known).file()).isEqualTo(known);
        assertThat(named(folderOfKnown).file()).isEqualTo(known);
        assertThat(named(folderOfKnown).name()).isEqualTo("little-vae");
        assertThat(named(folderOfKnown).toString()).isEqualTo(folderOfKnown.toString());
    }

    @Test
    void aCheckoutsModelsAreKnownByName() throws IOException {
        assertThat(named("models/little-vae").file()).isEqualTo(known);
        assertThat(named("models/little-vae/model.zip").file()).isEqualTo(known);
        assertThat(named("little-vae").file()).isEqualTo(known);
        assertThat(named("little-vae").name()).isEqualTo("little-vae");
        assertThat(named("little-vae").nameInCheckout()).contains("models/little-vae");
        assertThat(named(known).nameInCheckout()).contains("models/little-vae");
        Path elsewhere = Files.createFile(home.resolve("model.zip"));
        assertThat(named(elsewhere).nameInCheckout()).isEmpty();
    }

    @Test
    void whatIsThereComesBeforeTheCheckout() throws IOException {
        Files.createDirectories(home.resolve("pom.xml"));
        assertThat(named("pom.xml").file()).isEqualTo(Path.of("pom.xml"));
    }

    @Test
    void whatIsNowhereIsToldWithWhatThereIs() throws IOException {
        for (String name : List.of("large-vae", "models/notes", "m.zip")) {
            assertThatThrownBy(() -> named(name).file())
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage(
                            name
                                    + ": found no such model, expected a model file, a folder with model.zip, or one of little-vae");
        }
        Path empty = Files.createDirectory(home.resolve("empty"));
        assertThatThrownBy(() -> named(empty).file())
                .hasMessage(
                        empty
                                + ": found a folder without model.zip, expected a model file, a folder with model.zip, or one of little-vae");
        assertThatThrownBy(() ->
                        NamedModel.of(Path.of("large-vae"), Optional.empty()).file())
                .hasMessage("large-vae: found no such model, expected a model file or a folder with model.zip");
    }
}
