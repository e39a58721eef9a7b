package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushStatus.Phase;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.errand.Stop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
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
    private static final long WRITES_EVERY_SECONDS = 1;

    void run(Executor executor) {
        var done = new CountDownLatch(1);
        executor.execute(() -> writeOn(done));
        try {
            var targets = new Targets(cluster).of(push.getSpec());
            board.targets(targets);
            board.begin(Phase.Preparing, null);
            try (var source = PushSource.open(push.getSpec(), targets, surroundings, board, stop)) {
                board.begin(Phase.Sending, null);
                new Deliveries(cluster, surroundings, board, stop).of(source, targets);
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
}
