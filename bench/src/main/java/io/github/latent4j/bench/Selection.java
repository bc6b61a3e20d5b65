package io.github.latent4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The peers that were asked for.
 *
 * @param present at least one that can run here
 * @param skipped those that cannot, with the reason
 */
record Selection(List<String> present, Map<String, String> skipped) {
    /** Tells why a peer cannot run on this machine; empty if it can. */
    @FunctionalInterface
    interface Missing {
        Optional<String> why(String peer) throws IOException;
    }

    /** Looks which can run, each once. */
    static Selection of(List<String> peers, Missing missing) throws IOException {
        List<String> present = new ArrayList<>();
        Map<String, String> skipped = new LinkedHashMap<>();
        for (String peer : new LinkedHashSet<>(peers)) {
            missing.why(peer).ifPresentOrElse(reason -> skipped.put(peer, reason), () -> present.add(peer));
        }
        if (present.isEmpty()) {
            throw new IOException("found no peer that runs on this machine, expected at least one: " + skipped);
        }
        return new Selection(present, skipped);
    }
}
