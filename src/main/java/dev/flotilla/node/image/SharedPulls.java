package dev.flotilla.node.image;

import dev.flotilla.node.ContainerRuntime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Pulls on one node. Who asks for an image that is being pulled waits for that pull, if it comes
/// with the same login: nobody gets an image by what another may.
public final class SharedPulls {
    private final Engine engine;
    private final InstantSource time;
    private final Map<What, Running> running = new ConcurrentHashMap<>();

    /// Who pulls, see [ContainerRuntime#pull].
    @FunctionalInterface
    public interface Engine {
        void pull(
                String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress);
    }

    public SharedPulls(Engine engine, InstantSource time) {
        this.engine = engine;
        this.time = time;
    }

    /// Returns when the image is there.
    ///
    /// @param login null to pull as nobody
    /// @param progress told often, in words for a person, from any thread
    /// @return how long the pull took, by whoever it was begun
    /// @throws ContainerRuntime.RefusedByEngine if it can't be had, with the engine's words
    public Duration pull(String image, @Nullable RegistryLogin login, Consumer<String> progress) {
        var what = new What(image, login);
        var mine = new Running();
        var before = running.putIfAbsent(what, mine);
        if (before == null) {
            mine.listeners.add(progress);
            run(what, mine);
            return joined(mine);
        }
        before.listeners.add(progress);
        return joined(before);
    }

    private void run(What what, Running mine) {
        var began = time.instant();
        try {
            engine.pull(what.image, what.login, mine::take);
            mine.done.complete(Duration.between(began, time.instant()));
        } catch (RuntimeException e) {
            mine.done.completeExceptionally(e);
        } finally {
            running.remove(what, mine);
        }
    }

    private static Duration joined(Running pull) {
        try {
            return pull.done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private record What(String image, @Nullable RegistryLogin login) {}

    private static final class Running {
        private final CompletableFuture<Duration> done = new CompletableFuture<>();
        private final PullProgress progress = new PullProgress();
        private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

        void take(PullProgress.Layer said) {
            progress.take(said);
            var words = progress.words();
            listeners.forEach(l -> l.accept(words));
        }
    }
}
