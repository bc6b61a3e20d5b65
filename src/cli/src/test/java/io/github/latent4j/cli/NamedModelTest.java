package io.github.latent4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    void whatIsNowhereIsToldWithThePlaces() {
        assertThatThrownBy(() -> named("large-vae").file())
                .isExactlyInstanceOf(IOException.class)
                .hasMessage(
                        "large-vae: found no such model, expected one of the files large-vae, models/large-vae/model.zip, %s, %s; known by name: little-vae",
                        home.resolve("large-vae"), home.resolve("models/large-vae/model.zip"));
        assertThatThrownBy(() -> named("models/notes").file())
                .hasMessage(
                        "models/notes: found no such model, expected one of the files models/notes, %s; known by name: little-vae",
                        home.resolve("models/notes/model.zip"));
        assertThatThrownBy(() -> named("m.zip").file())
                .hasMessage(
                        "m.zip: found no such model, expected one of the files m.zip, %s; known by name: little-vae",
                        home.resolve("m.zip"));
        assertThatThrownBy(() -> NamedModel.of(
                                Path.of("models/nope"), Optional.of(Path.of("").toAbsolutePath()))
                        .file())
                .as("in the checkout itself")
                .hasMessage("models/nope: found no such model, expected one of the files models/nope");
        assertThatThrownBy(() -> named(home.resolve("models")).file())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(home.resolve("models/model.zip").toString());
        assertThatThrownBy(() ->
                        NamedModel.of(Path.of("large-vae"), Optional.empty()).file())
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("large-vae");
    }
}
