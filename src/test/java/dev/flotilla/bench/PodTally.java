package dev.flotilla.bench;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/// What a watch of pods has said of those of one app, up to now. Guarded by its own monitor.
///
/// Looks no closer at a line than it must: the client shares the machine with the master.
final class PodTally implements Tap.Lines {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final byte[] BOUND = bytes("\"nodeName\":\"");
    private static final byte[] RUNNING = bytes("\"phase\":\"Running\"");
    private static final byte[] LEAVING = bytes("\"deletionTimestamp\":\"");
    private static final byte[] DELETED = bytes("{\"type\":\"DELETED\"");
    private static final byte[] NAME = bytes("\"name\":\"");

    private final byte[] prefix;
    private final boolean closely;
    private final Set<String> live = new HashSet<>();
    private final Set<String> bound = new HashSet<>();
    private final Set<String> running = new HashSet<>();
    private final Set<String> leaving = new HashSet<>();
    private final Map<String, Boolean> ready = new HashMap<>();
    private int most;
    private int least = Integer.MAX_VALUE;

    /// @param app the pods' names begin with it and a hyphen
    /// @param closely whether to tell who is ready, too
    PodTally(String app, boolean closely) {
        prefix = bytes("\"name\":\"" + app + "-");
        this.closely = closely;
    }

    /// @param live pods that are there
    /// @param bound of them, those with a node
    /// @param running of them, those that run
    /// @param most the most that were there at once and not leaving
    /// @param least the fewest that were ready at once, since [#watchLeast]
    record Count(int live, int bound, int running, int most, int least) {}

    synchronized Count count() {
        return new Count(live.size(), bound.size(), running.size(), most, least);
    }

    /// From now on the fewest and the most are kept.
    synchronized void watchLeast() {
        least = readyNow();
        most = live.size() - leaving.size();
    }

    @Override
    public synchronized void line(byte[] bytes, int from, int to) {
        int at = find(bytes, from, to, prefix);
        if (at < 0) {
            return;
        }
        int begin = at + NAME.length;
        int end = begin;
        while (bytes[end] != '"') {
            end++;
        }
        var name = new String(bytes, begin, end - begin, StandardCharsets.US_ASCII);
        boolean gone = find(bytes, from, Math.min(to, from + DELETED.length), DELETED) >= 0;
        set(live, name, !gone);
        set(bound, name, !gone && find(bytes, end, to, BOUND) >= 0);
        set(running, name, !gone && find(bytes, end, to, RUNNING) >= 0);
        set(leaving, name, !gone && find(bytes, end, to, LEAVING) >= 0);
        most = Math.max(most, live.size() - leaving.size());
        if (closely) {
            boolean stays = !gone && !leaving.contains(name);
            ready.put(name, stays && isReady(JSON.readTree(bytes, from, to - from)));
            least = Math.min(least, readyNow());
        }
    }

    private int readyNow() {
        return (int) ready.values().stream().filter(r -> r).count();
    }

    private static boolean isReady(JsonNode event) {
        return StreamSupport.stream(event.at("/object/status/conditions").spliterator(), false)
                .anyMatch(
                        c ->
                                c.path("type").asString("").equals("Ready")
                                        && c.path("status").asString("").equals("True"));
    }

    private static void set(Set<String> names, String name, boolean in) {
        boolean _ = in ? names.add(name) : names.remove(name);
    }

    private static int find(byte[] in, int from, int to, byte[] what) {
        search:
        for (int i = from; i <= to - what.length; i++) {
            for (int j = 0; j < what.length; j++) {
                if (in[i + j] != what[j]) {
                    continue search;
                }
            }
            return i;
        }
        return -1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
