package dev.flotilla.node.push;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.errand.Stop;
import dev.flotilla.node.image.ImageParts;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.Watched;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/// An image that one engine has, on its way to others: read once for those that lack the same
/// layers, and handed on while it is read, with no file between.
///
/// @param image its name, there and here
record Relay(ImageStore source, String image, ImageParts parts, Stop stop) {
    /// The way out of this computer is the narrow place: more at once only share it.
    private static final int AT_ONCE = 3;

    /// An engine that lacks the image. It is told how it goes from threads of the relay.
    interface Receiver {
        ImageStore engine();

        /// How many layers it has, from the lowest on.
        int have();

        /// @param layers that it is sent
        void begins(int layers);

        void sent(long bytes);

        void hasIt();

        void failed(Exception why);
    }

    /// Returns when each has it or has failed.
    void to(List<? extends Receiver> receivers) {
        var alike = new TreeMap<Integer, List<Receiver>>();
        receivers.forEach(r -> alike.computeIfAbsent(r.have(), _ -> new ArrayList<>()).add(r));
        var refused = new ConcurrentLinkedQueue<Receiver>();
        alike.forEach((have, all) -> inTurns(all, have, refused));
        // Engines that keep images in another way than by layers want all of them.
        inTurns(List.copyOf(refused), 0, new ConcurrentLinkedQueue<>());
    }

    private void inTurns(List<Receiver> all, int have, Queue<Receiver> refused) {
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            stop.check();
            send(all.subList(i, Math.min(all.size(), i + AT_ONCE)), have, refused);
        }
    }

    private void send(List<Receiver> receivers, int have, Queue<Receiver> refused) {
        receivers.forEach(r -> r.begins(parts.layers().size() - have));
        InputStream archive;
        try {
            archive = source.save(image, parts, have);
        } catch (RuntimeException e) {
            receivers.forEach(r -> r.failed(e));
            return;
        }
        stop.whenAsked(() -> quietly(archive));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tee = new Tee(archive, receivers.size());
            for (int i = 0; i < receivers.size(); i++) {
                var receiver = receivers.get(i);
                var branch = tee.branch(i);
                threads.execute(() -> take(receiver, branch, have, refused));
            }
            tee.run();
        } finally {
            quietly(archive);
        }
        stop.check();
    }

    private void take(Receiver to, InputStream branch, int have, Queue<Receiver> refused) {
        try (var in = new Watched(branch, stop, to::sent)) {
            to.engine().load(in);
            if (to.engine().find(image).isEmpty()) {
                to.engine().tag(parts.id(), image);
            }
            to.hasIt();
        } catch (RefusedByEngine e) {
            if (have > 0) {
                refused.add(to);
            } else {
                to.failed(e);
            }
        } catch (RuntimeException | IOException e) {
            to.failed(e);
        }
    }

    private static void quietly(InputStream archive) {
        try {
            archive.close();
        } catch (IOException _) {
            // Nobody wants the rest of it.
        }
    }
}
