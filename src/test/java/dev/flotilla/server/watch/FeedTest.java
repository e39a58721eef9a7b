package dev.flotilla.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.ResourceWatch;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.WatchEvent;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Watches that ask the same are told the same, each all of it and in order.
class FeedTest {
    /// How much blank follows the number of each object, by revision.
    private final List<Integer> log = new CopyOnWriteArrayList<>();

    private final AtomicInteger written = new AtomicInteger();
    private final Feed feed = new Feed();

    @BeforeEach
    void two() {
        feed.join();
        feed.join();
    }

    @Test
    void oneReadsAndWritesForAll() {
        var a = new Place(0);
        var b = new Place(0);
        commit(3);
        var part = next(a);
        assertThat(part.lines().array()).isSameAs(next(b).lines().array());
        assertThat(text(part))
                .isEqualTo(
                        """
                        {"type":"ADDED","object":1}
                        {"type":"ADDED","object":2}
                        {"type":"ADDED","object":3}
                        """);
        assertThat(written).hasValue(3);
        assertThat(List.of(a.position(), b.position())).containsOnly(3L);
    }

    @Test
    void whoIsAloneLeavesNothingBehind() {
        feed.leave();
        commit(1);
        var part = next(new Place(0));
        feed.join();
        assertThat(next(new Place(0))).isNotSameAs(part);
    }

    @Test
    void whoBeganElsewhereGoesOnWithTheOthers() {
        var a = new Place(0);
        var b = new Place(2);
        var late = new Place(0);
        commit(5);
        assertThat(text(next(a))).hasLineCount(5);
        commit(1);
        assertThat(text(next(b))).as("from 2 to where the other is").hasLineCount(3);
        assertThat(text(next(late))).hasLineCount(5);
        var part = next(a);
        assertThat(next(b)).isSameAs(part);
        assertThat(next(late)).isSameAs(part);
        assertThat(text(part)).isEqualTo("{\"type\":\"ADDED\",\"object\":6}\n");
    }

    @Test
    void whoFallsBehindMissesNothing() {
        var quick = new Place(0);
        var slow = new Place(0);
        for (int i = 0; i < 50; i++) {
            commit(1);
            next(quick);
        }
        assertThat(all(slow, 50)).isEqualTo(numbers(50));
    }

    @Test
    void muchIsToldInParts() {
        for (int i = 0; i < 4; i++) {
            log.add(40_000);
        }
        var place = new Place(0);
        var first = next(place);
        assertThat(text(first)).hasLineCount(2);
        assertThat(first.more()).isTrue();
        assertThat(all(place, 4)).isEqualTo(List.of(3L, 4L));
        assertThat(next(place).more()).isFalse();
    }

    @Test
    void allSeeAllWhileMoreComes() throws Exception {
        int revisions = 5_000;
        var seen = new ArrayList<Future<List<Long>>>();
        try (var threads = Executors.newCachedThreadPool()) {
            for (int w = 0; w < 20; w++) {
                var place = new Place(w % 3);
                Callable<List<Long>> follow = () -> all(place, revisions);
                seen.add(threads.submit(follow));
            }
            commit(revisions);
        }
        for (int w = 0; w < seen.size(); w++) {
            assertThat(seen.get(w).get()).isEqualTo(numbers(revisions).subList(w % 3, revisions));
        }
    }

    private void commit(int count) {
        for (int i = 0; i < count; i++) {
            log.add(0);
        }
    }

    private Part next(Place place) {
        return feed.next(place, this::json);
    }

    private byte[] json(Shown object) {
        written.incrementAndGet();
        var tree = object.tree();
        return (tree.path("number").asString() + " ".repeat(tree.path("blanks").asInt()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Part part) {
        return StandardCharsets.UTF_8.decode(part.lines()).toString();
    }

    /// The numbers that a watch is told of up to one.
    private List<Long> all(Place place, long upTo) {
        var all = new ArrayList<Long>();
        while (place.position() < upTo) {
            text(next(place)).lines().forEach(line -> all.add(number(line)));
            Thread.onSpinWait();
        }
        return all;
    }

    private static long number(String line) {
        return Long.parseLong(line.replaceAll(".*\"object\":(\\d+).*", "$1"));
    }

    private static List<Long> numbers(long last) {
        return IntStream.rangeClosed(1, (int) last).mapToObj(Long::valueOf).toList();
    }

    /// A watch over the log, whose objects are their revisions and as many blanks.
    private final class Place implements ResourceWatch {
        private long position;

        Place(long position) {
            this.position = position;
        }

        @Override
        public List<WatchEvent> poll(int max) {
            var events = new ArrayList<WatchEvent>();
            for (int size = log.size(); position < size && events.size() < max; ) {
                var tree = JsonMapper.shared().createObjectNode();
                tree.put("blanks", log.get((int) position++)).put("number", "" + position);
                events.add(new WatchEvent(WatchEvent.Type.ADDED, new Shown(tree), position));
            }
            return events;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void seek(long revision) {
            position = revision;
        }

        @Override
        public void close() {}
    }
}
