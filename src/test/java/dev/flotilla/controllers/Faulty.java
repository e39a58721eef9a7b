package dev.flotilla.controllers;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Listing;
import dev.flotilla.cluster.Watch;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// A cluster whose callers die before or after some writes, or are told of conflicts. It wakes
/// nobody: the simulation takes the steps.
final class Faulty implements Cluster {
    private final Cluster cluster;
    private final RandomGenerator random;
    private double rate;

    Faulty(Cluster cluster, RandomGenerator random, double rate) {
        this.cluster = cluster;
        this.random = random;
        this.rate = rate;
    }

    /// @param now how often each thing fails, 0 to 1
    void rate(double now) {
        rate = now;
    }

    @Override
    public List<Class<? extends HasMetadata>> kinds() {
        return cluster.kinds();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, ObjectKey key) {
        return cluster.get(kind, key);
    }

    @Override
    public <T extends HasMetadata> Listing<T> list(Class<T> kind) {
        return cluster.list(kind);
    }

    @Override
    public <T extends HasMetadata> Written<T> create(T object) {
        return write(() -> cluster.create(object));
    }

    @Override
    public <T extends HasMetadata> Written<T> update(T before, T after) {
        return write(() -> cluster.update(before, after));
    }

    @Override
    public <T extends HasMetadata> Written<T> updateStatus(T before, T after) {
        return write(() -> cluster.updateStatus(before, after));
    }

    @Override
    public <T extends HasMetadata> Written<T> delete(T object, Deletion how) {
        return write(() -> cluster.delete(object, how));
    }

    @Override
    public Written<Pod> bind(Pod pod, String node) {
        return write(() -> cluster.bind(pod, node));
    }

    @Override
    public <T extends HasMetadata> Watch<T> watch(Class<T> kind, long since) {
        return new Asleep<>(cluster.watch(kind, since));
    }

    @Override
    public long revision() {
        return cluster.revision();
    }

    private <T> Written<T> write(Supplier<Written<T>> write) {
        crashMaybe();
        if (random.nextDouble() < rate) {
            return new Written.Conflict<>("someone else was first, says the simulation");
        }
        var written = write.get();
        crashMaybe();
        return written;
    }

    private void crashMaybe() {
        if (random.nextDouble() < rate) {
            throw new Crash();
        }
    }

    private record Asleep<T>(Watch<T> watch) implements Watch<T> {
        @Override
        public List<Change<T>> poll() {
            return watch.poll();
        }

        @Override
        public void onCommit(Runnable wake) {}

        @Override
        public void close() {
            watch.close();
        }
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1;

        Crash() {
            super("simulated crash", null, false, false);
        }
    }
}
