package io.github.latent4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets peers train in turn, A B C … A B C …, one at a time, each in its own process that lives through all rounds. A
 * peer's rounds have all the same number of steps, found while it warms up such that a round takes about as long as asked.
 *
 * @param app the folder of the jars
 * @param turns how many and how long
 */
record Contest(Path app, Turns turns) {
    /** Measures. */
    Measurement run(List<Contestant> contestants) throws IOException {
        List<PeerProcess> peers = new ArrayList<>();
        try {
            List<Integer> steps = new ArrayList<>();
            Map<String, String> what = new LinkedHashMap<>();
            for (Contestant contestant : contestants) {
                PeerProcess peer = new PeerProcess(contestant, app);
                peers.add(peer);
                what.put(peer.label(), peer.what());
                int found = turns.warmUp(n -> peer.round(n).seconds());
                steps.add(found);
                turns.say("%s: %s; rounds of %d steps", peer.label(), peer.what(), found);
            }
            List<ChildProcess> processes =
                    peers.stream().map(PeerProcess::process).toList();
            Map<String, List<Round>> measured = new LinkedHashMap<>();
            for (int round = 0; round < turns.rounds(); round++) {
                for (int i = 0; i < peers.size(); i++) {
                    PeerProcess peer = peers.get(i);
                    int n = steps.get(i);
                    Round result = turns.take(processes, peer.label(), () -> peer.round(n));
                    measured.computeIfAbsent(peer.label(), l -> new ArrayList<>())
                            .add(result);
                    turns.say(
                            "round %d of %d, %s: %,.0f examples/s in %.1f s",
                            round + 1, turns.rounds(), peer.label(), result.rate(), result.seconds());
                }
            }
            return new Measurement(measured, what);
        } finally {
            peers.forEach(PeerProcess::close);
        }
    }
}
