package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ImagePushStatus.OnNode;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.Delivery;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.Layers;

import io.fabric8.kubernetes.api.model.Node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Brings the image of a push to its nodes, and says on the board how far each has come.
record Deliveries(Cluster cluster, Surroundings surroundings, PushBoard board, Stop stop) {
    /// The way out of this computer is the narrow place: more at once only share it.
    private static final int AT_ONCE = 3;

    /// Returns when each node has it or has failed, as the board then says.
    void of(PushSource source, List<String> targets) {
        switch (source) {
            case ArchiveSource archive -> each(targets, AT_ONCE, node -> deliver(archive, node));
            case EngineSource engine -> relay(engine, targets);
        }
        stop.check();
    }

    /// Some at a time; the failure of one is told of its node, and the others go on.
    private void each(List<String> targets, int atOnce, Consumer<String> work) {
        var turns = new Semaphore(atOnce, true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : targets) {
                threads.execute(
                        () -> {
                            turns.acquireUninterruptibly();
                            try {
                                stop.check();
                                work.accept(node);
                            } catch (Stop.Stopped _) {
                                // It is told once, for all.
                            } catch (RuntimeException e) {
                                failed(node, e);
                            } finally {
                                turns.release();
                            }
                        });
            }
        }
    }

    private void deliver(ArchiveSource source, String node) {
        var engine = engine(node);
        board.node(node, n -> in(n, "Sending"));
        try {
            for (var image : source.images(architecture(node))) {
                board.image(image.id());
                new Delivery(image, source.names(image), stop).to(engine, new Sending(node));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        complete(node);
    }

    private void relay(EngineSource source, List<String> targets) {
        board.image(source.parts().id());
        var lacking = new ConcurrentLinkedQueue<OnItsWay>();
        each(targets, targets.size(), node -> lacking(source, node).ifPresent(lacking::add));
        stop.check();
        new Relay(source.engine(), source.name(), source.parts(), stop).to(List.copyOf(lacking));
    }

    /// A node that has the image, by whatever name, is done.
    private Optional<OnItsWay> lacking(EngineSource source, String node) {
        var engine = engine(node);
        var parts = source.parts();
        board.node(node, n -> in(n, "Sending"));
        var named = engine.find(source.name()).filter(i -> i.id().equals(parts.id()));
        if (named.isEmpty() && engine.find(parts.id()).isPresent()) {
            engine.tag(parts.id(), source.name());
            new Sending(node).planned(0, 0);
        } else if (named.isEmpty()) {
            var machine = architecture(node);
            if (!parts.fits(machine)) {
                throw new IllegalArgumentException(
                        "the image is made for %s, and the node is %s"
                                .formatted(parts.architecture(), machine));
            }
            int have = Layers.have(parts.layers(), Layers.present(engine.layers()));
            return Optional.of(new OnItsWay(node, engine, have));
        }
        complete(node);
        return Optional.empty();
    }

    private void complete(String node) {
        surroundings.changed(node);
        board.node(node, n -> in(n, "Complete"));
    }

    private void failed(String node, Exception why) {
        var words = String.valueOf(why.getMessage());
        board.node(
                node, n -> new OnNode(node, "Failed", n.layers(), n.bytes(), n.sentBytes(), words));
    }

    /// What is sent of an archive in a file.
    private final class Sending implements Delivery.Progress {
        private final String node;

        Sending(String node) {
            this.node = node;
        }

        @Override
        public void planned(int layers, long bytes) {
            board.node(node, n -> new OnNode(node, n.phase(), layers, bytes, 0L, null));
        }

        @Override
        public void sent(long bytes) {
            board.node(node, n -> new OnNode(node, n.phase(), n.layers(), n.bytes(), bytes, null));
        }
    }

    /// What is sent while it is read: how much it is shows at its end.
    private final class OnItsWay implements Relay.Receiver {
        private final String node;
        private final ImageStore engine;
        private final int have;

        OnItsWay(String node, ImageStore engine, int have) {
            this.node = node;
            this.engine = engine;
            this.have = have;
        }

        @Override
        public ImageStore engine() {
            return engine;
        }

        @Override
        public int have() {
            return have;
        }

        @Override
        public void begins(int layers) {
            board.node(node, n -> new OnNode(node, n.phase(), layers, null, 0L, null));
        }

        @Override
        public void sent(long bytes) {
            board.node(node, n -> new OnNode(node, n.phase(), n.layers(), null, bytes, null));
        }

        @Override
        public void hasIt() {
            board.node(
                    node,
                    n ->
                            new OnNode(
                                    node,
                                    n.phase(),
                                    n.layers(),
                                    n.sentBytes(),
                                    n.sentBytes(),
                                    null));
            complete(node);
        }

        @Override
        public void failed(Exception why) {
            Deliveries.this.failed(node, why);
        }
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

    private static OnNode in(OnNode node, String phase) {
        return new OnNode(node.name(), phase, node.layers(), node.bytes(), node.sentBytes(), null);
    }
}
