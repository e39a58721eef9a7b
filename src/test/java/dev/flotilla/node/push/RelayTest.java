package dev.flotilla.node.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/// One reading of an image for all that lack the same of it.
class RelayTest {
    private static final int LAYERS = 3;
    private static final int PIECE = 700_000;

    private final Shelf source = new Shelf();
    private final Stop stop = new Stop();
    private final Relay relay =
            new Relay(
                    source,
                    "web:1",
                    new ImageParts("sha256:1", "amd64", List.of("a", "b", "c")),
                    stop);

    /// Receives on its own engine, and says what it was told.
    private static final class Node implements Relay.Receiver {
        final Shelf shelf = new Shelf();
        final int have;
        final List<String> told = new ArrayList<>();
        long sent;

        Node(int have) {
            this.have = have;
        }

        @Override
        public ImageStore engine() {
            return shelf;
        }

        @Override
        public int have() {
            return have;
        }

        @Override
        public synchronized void begins(int layers) {
            told.add("begins " + layers);
        }

        @Override
        public synchronized void sent(long bytes) {
            sent = bytes;
        }

        @Override
        public synchronized void hasIt() {
            told.add("has it");
        }

        @Override
        public synchronized void failed(Exception why) {
            told.add(String.valueOf(why.getMessage()));
        }
    }

    private static byte[] archive(int have) {
        var bytes = new byte[(LAYERS - have) * PIECE];
        new Random(have).nextBytes(bytes);
        return bytes;
    }

    @Test
    void isReadOnceForThreeThatLackTheSame() {
        source.archive = have -> new ByteArrayInputStream(archive(have));
        var alike = IntStream.range(0, 4).mapToObj(_ -> new Node(0)).toList();
        var other = new Node(2);
        var all = new ArrayList<>(alike);
        all.add(other);
        relay.to(all);
        assertThat(source.saved).containsExactly(0, 0, 2);
        for (var node : alike) {
            assertThat(node.told).containsExactly("begins 3", "has it");
            assertThat(node.shelf.loaded).containsExactly(archive(0));
            assertThat(node.sent).isEqualTo(3L * PIECE);
        }
        assertThat(other.told).containsExactly("begins 1", "has it");
        assertThat(other.shelf.loaded).containsExactly(archive(2));
    }

    @Test
    void whoTakesNoPartGetsTheWholeAndWhoFailsHoldsUpNobody() {
        source.archive = have -> new ByteArrayInputStream(archive(have));
        var picky = new Node(1);
        picky.shelf.least = LAYERS * PIECE;
        var hopeless = new Node(1);
        hopeless.shelf.least = Integer.MAX_VALUE;
        var well = new Node(1);
        relay.to(List.of(picky, hopeless, well));
        assertThat(picky.told).containsExactly("begins 2", "begins 3", "has it");
        assertThat(picky.shelf.loaded).containsExactly(archive(0));
        assertThat(hopeless.told)
                .containsExactly("begins 2", "begins 3", "no such file or directory");
        assertThat(well.told).containsExactly("begins 2", "has it");
        assertThat(source.saved).containsExactly(1, 0);
    }

    @Test
    void aSourceThatBreaksOffIsToldOfAll() {
        source.archive =
                _ ->
                        new SequenceInputStream(
                                new ByteArrayInputStream(new byte[PIECE]), new Broken());
        var nodes = List.of(new Node(0), new Node(0));
        relay.to(nodes);
        for (var node : nodes) {
            assertThat(node.told).containsExactly("begins 3", "the line broke");
            assertThat(node.shelf.loaded).isEmpty();
        }
    }

    @Test
    void whatIsCalledOffEndsTheReading() {
        var closed = new AtomicBoolean();
        source.archive =
                _ ->
                        new InputStream() {
                            @Override
                            public int read() {
                                throw new AssertionError("byte by byte");
                            }

                            @Override
                            public int read(byte[] buffer, int from, int length) {
                                stop.ask();
                                return length;
                            }

                            @Override
                            public void close() {
                                closed.set(true);
                            }
                        };
        assertThatThrownBy(() -> relay.to(List.of(new Node(0)))).isInstanceOf(Stop.Stopped.class);
        assertThat(closed).isTrue();
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the line broke");
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            throw new IOException("the line broke");
        }
    }
}
