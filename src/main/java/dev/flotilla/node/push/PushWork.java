package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushStatus.OnNode;
import dev.flotilla.model.ImagePushStatus.Phase;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.image.ArchivedImage;
import dev.flotilla.node.image.Delivery;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.Stop;

import io.fabric8.kubernetes.api.model.Node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// One push from its beginning to its end.
record PushWork(
        ImagePush push,
        Cluster cluster,
        Surroundings surroundings,
        PushBoard board,
        Stop stop,
        InstantSource time) {
    /// The way out of this computer is the narrow place: more at once only share it.
    private static final int AT_ONCE = 3;

    private static final long WRITES_EVERY_SECONDS = 1;

    void run(Executor executor) {
        var done = new CountDownLatch(1);
        executor.execute(() -> writeOn(done));
        try {
            var targets = new Targets(cluster).of(push.getSpec());
            board.targets(targets);
            board.begin(Phase.Preparing, null);
            try (var source = PushSource.open(push.getSpec(), targets, surroundings, board, stop)) {
                deliver(source, targets);
            }
            conclude();
        } catch (Stop.Stopped _) {
            // Nobody is left to be told.
        } catch (RefusedByEngine
                | RuntimeUnavailable
                | IllegalArgumentException
                | IllegalStateException
                | IOException
                | UncheckedIOException e) {
            if (!stop.asked()) {
                end(false, String.valueOf(e.getMessage()));
            }
        } finally {
            done.countDown();
        }
    }

    private void writeOn(CountDownLatch done) {
        try {
            while (!done.await(WRITES_EVERY_SECONDS, TimeUnit.SECONDS)) {
                board.write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(PushSource source, List<String> targets) {
        board.begin(Phase.Sending, null);
        var turns = new Semaphore(AT_ONCE, true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : targets) {
                threads.execute(
                        () -> {
                            turns.acquireUninterruptibly();
                            try {
                                deliver(source, node);
                            } finally {
                                turns.release();
                            }
                        });
            }
        }
        stop.check();
    }

    private void deliver(PushSource source, String node) {
        try {
            stop.check();
            var engine = engine(node);
            board.node(node, n -> in(n, "Sending"));
            if (!source.isIn(engine)) {
                for (var image : source.images(architecture(node))) {
                    deliver(image, source.names(image), engine, node);
                }
            }
            surroundings.changed(node);
            board.node(node, n -> in(n, "Complete"));
        } catch (Stop.Stopped _) {
            // It is told once, for all.
        } catch (RuntimeException | IOException e) {
            var words = String.valueOf(e.getMessage());
            board.node(
                    node,
                    n -> new OnNode(node, "Failed", n.layers(), n.bytes(), n.sentBytes(), words));
        }
    }

    private void deliver(ArchivedImage image, List<String> names, ImageStore engine, String node) {
        board.image(image.id());
        new Delivery(image, names, stop)
                .to(
                        engine,
                        new Delivery.Progress() {
                            @Override
                            public void planned(int layers, long bytes) {
                                board.node(
                                        node,
                                        n -> new OnNode(node, n.phase(), layers, bytes, 0L, null));
                            }

                            @Override
                            public void sent(long bytes) {
                                board.node(
                                        node,
                                        n ->
                                                new OnNode(
                                                        node,
                                                        n.phase(),
                                                        n.layers(),
                                                        n.bytes(),
                                                        bytes,
                                                        null));
                            }
                        });
    }

    private ImageStore engine(String node) {
        return surroundings
                .node(node)
                .orElseThrow(
                        () -> new IllegalStateException("the master has no connection to " + node))
                .images();
    }

    private String architecture(String node) {
        return cluster.get(Node.class, ObjectKey.of(node))
                .map(n -> n.getStatus().getNodeInfo())
                .map(i -> i.getArchitecture())
                .orElse("");
    }

    private void conclude() {
        var failed = board.nodes().stream().filter(n -> n.phase().equals("Failed")).toList();
        int all = board.nodes().size();
        if (failed.isEmpty()) {
            end(true, all == 1 ? "the node has it" : "all " + all + " nodes have it");
        } else {
            end(
                    false,
                    failed.stream()
                            .map(n -> n.name() + ": " + n.message())
                            .collect(
                                    Collectors.joining(
                                            "; ",
                                            "%d of %d nodes don't have it: "
                                                    .formatted(failed.size(), all),
                                            "")));
        }
    }

    private void end(boolean well, String words) {
        board.end(well, words, time.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static OnNode in(OnNode node, String phase) {
        return new OnNode(node.name(), phase, node.layers(), node.bytes(), node.sentBytes(), null);
    }
}
