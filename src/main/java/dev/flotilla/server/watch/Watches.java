package dev.flotilla.server.watch;

import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Departure;
import dev.flotilla.server.call.Form;
import dev.flotilla.server.call.ListOptions;
import dev.flotilla.server.call.Shapes;
import dev.flotilla.server.socket.Socket;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/// All watches that are open. Each pulls in its own thread, so a slow client holds up only itself;
/// those that ask the same share what is read and written for them.
public final class Watches implements AutoCloseable {
    private final Registry registry;
    private final Duration bookmarkEvery;
    private final Feeds feeds = new Feeds();
    private final Rounds rounds = new Rounds();
    private final Runnable wake = rounds::begin;
    private volatile boolean closing;

    public Watches(Registry registry, Duration bookmarkEvery) {
        this.registry = registry;
        this.bookmarkEvery = bookmarkEvery;
        registry.onCommit(wake);
    }

    /// Streams until the client goes, the time is over or the server closes.
    public void serve(
            Call call, ResourceType type, String namespace, ListOptions options, Form form)
            throws IOException {
        var bell = new Bell();
        var gone = new AtomicBoolean();
        Runnable leave =
                () -> {
                    gone.set(true);
                    bell.ring();
                };
        var asked =
                new Feeds.Asked(
                        type,
                        namespace,
                        options.query().labelSelector(),
                        options.query().fieldSelector(),
                        form.shape());
        var feed = feeds.join(asked);
        rounds.add(bell);
        try (var out = outlet(call, leave)) {
            var events = new EventWriter(out, feed, call.query(), type, form, new Shapes(registry));
            new WatchStream(
                            registry,
                            type,
                            namespace,
                            options,
                            bookmarkEvery,
                            bell,
                            () -> closing || gone.get())
                    .run(events);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            rounds.remove(bell);
            feeds.leave(asked);
        }
    }

    private static Outlet outlet(Call call, Runnable leave) throws IOException {
        return Socket.isWanted(call.request())
                ? new Messages(call, leave)
                : new Chunks(call.response(), Departure.of(call.request(), leave));
    }

    public boolean closing() {
        return closing;
    }

    public int open() {
        return rounds.size();
    }

    /// Ends them all, each after the event it is writing.
    @Override
    public void close() {
        closing = true;
        registry.removeOnCommit(wake);
        rounds.close();
    }
}
