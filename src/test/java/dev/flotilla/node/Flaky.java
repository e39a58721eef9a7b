package dev.flotilla.node;

import dev.flotilla.node.copy.FolderArchives;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.stream.ContainerStreams;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A runtime whose link breaks at random, before or after what was asked was done, and that loses
/// events.
final class Flaky implements ContainerRuntime {
    private final ContainerRuntime engine;
    private final RandomGenerator random;
    private double rate;

    Flaky(ContainerRuntime engine, RandomGenerator random) {
        this.engine = engine;
        this.random = random;
    }

    void rate(double rate) {
        this.rate = rate;
    }

    @Override
    public NodeInfo info() {
        return maybe(engine::info);
    }

    @Override
    public void ping() {
        maybe(engine::ping);
    }

    @Override
    public void ensureNetwork(PodNetwork network) {
        maybe(() -> engine.ensureNetwork(network));
    }

    @Override
    public List<ContainerState> containers() {
        return maybe(() -> engine.containers());
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        return maybe(() -> engine.containers(podUid));
    }

    @Override
    public String create(ContainerSpec spec) {
        return maybe(() -> engine.create(spec));
    }

    @Override
    public String lastWords(Will will) {
        return maybe(() -> engine.lastWords(will));
    }

    @Override
    public void start(String id) {
        maybe(() -> engine.start(id));
    }

    @Override
    public void stop(String id, Duration grace) {
        maybe(() -> engine.stop(id, grace));
    }

    @Override
    public void remove(String id) {
        maybe(() -> engine.remove(id));
    }

    @Override
    public boolean hasImage(String image) {
        return maybe(() -> engine.hasImage(image));
    }

    @Override
    public void pull(
            String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress) {
        maybe(() -> engine.pull(image, login, progress));
    }

    @Override
    public ImageStore images() {
        return maybe(engine::images);
    }

    @Override
    public Check.Answer check(Check check) {
        return maybe(() -> engine.check(check));
    }

    @Override
    public String userOf(String image) {
        return maybe(() -> engine.userOf(image));
    }

    @Override
    public void place(PodFiles files) {
        maybe(() -> engine.place(files));
    }

    @Override
    public void clear(PodFolder folder) {
        maybe(() -> engine.clear(folder));
    }

    @Override
    public Placed placed(String cluster) {
        return maybe(() -> engine.placed(cluster));
    }

    @Override
    public Map<String, Long> filled(Collection<String> folders) {
        return maybe(() -> engine.filled(folders));
    }

    @Override
    public void drop(String cluster, String volume) {
        maybe(() -> engine.drop(cluster, volume));
    }

    @Override
    public Sample sample() {
        return maybe(engine::sample);
    }

    @Override
    public FolderArchives folders() {
        return engine.folders();
    }

    @Override
    public ContainerStreams streams() {
        return engine.streams();
    }

    @Override
    public Subscription onEvent(Consumer<Happening> listener) {
        return engine.onEvent(
                happening -> {
                    if (random.nextDouble() >= rate) {
                        listener.accept(happening);
                    }
                });
    }

    @Override
    public void close() {
        engine.close();
    }

    private void maybe(Runnable what) {
        maybe(
                () -> {
                    what.run();
                    return "";
                });
    }

    private <T> T maybe(Supplier<T> what) {
        breakMaybe("before");
        var answer = what.get();
        breakMaybe("after");
        return answer;
    }

    private void breakMaybe(String when) {
        if (random.nextDouble() < rate) {
            throw new RuntimeUnavailable("the link broke " + when + " it was done");
        }
    }
}
