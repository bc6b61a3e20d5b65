package io.github.latent4j.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** What an option can be, in lower case as people write it, for completion in a shell. */
abstract class Choices implements Iterable<String> {
    private final List<String> names;

    Choices(Class<? extends Enum<?>> type) {
        names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public Iterator<String> iterator() {
        return names.iterator();
    }
}
