package dev.flotilla.node.sync;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.Shape;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.memory.Trouble;
import dev.flotilla.node.net.Addresses;
import dev.flotilla.node.plan.Action;
import dev.flotilla.node.plan.ContainerSpecs;
import dev.flotilla.node.plan.ContainerSpecs.Placing;
import dev.flotilla.node.plan.Environment;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.node.plan.Volumes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// Does what a [PodPlan] decided, on the engine. What the engine refuses goes into the pod's memory
/// and is told as an event; a silent engine is the caller's matter.
public final class PodActions {
    /// More creations at a time gain nothing on one Docker Engine (measured).
    private static final int CREATIONS = 2;

    private final ContainerRuntime runtime;
    private final Cluster cluster;
    private final ContainerSpecs specs;
    private final Addresses addresses;
    private final ImageFetch images;
    private final Hooks hooks;
    private final EventRecorder events;
    private final InstantSource time;
    private final Predicate<Pod> wanted;
    private final Semaphore creations = new Semaphore(CREATIONS, true);

    /// @param wanted whether a pod, as it was read, is still to run here
    public PodActions(
            ContainerRuntime runtime,
            Cluster cluster,
            ContainerSpecs specs,
            Addresses addresses,
            ImageFetch images,
            EventRecorder events,
            InstantSource time,
            Predicate<Pod> wanted) {
        this.runtime = runtime;
        this.cluster = cluster;
        this.specs = specs;
        this.addresses = addresses;
        this.images = images;
        this.hooks = new Hooks(runtime, events, time);
        this.events = events;
        this.time = time;
        this.wanted = wanted;
    }

    void act(Pod pod, PodMemory memory, Action action) {
        switch (action) {
            case Action.Prepare _ -> prepare(pod, memory);
            case Action.Fetch(var name) -> images.fetch(pod, container(pod, name), memory);
            case Action.MakeSandbox _ -> makeSandbox(pod, memory);
            case Action.Make(var name, var joins) -> make(pod, memory, name, joins, "");
            case Action.Visit(var name, var joins, var target) ->
                    make(pod, memory, name, joins, target);
            case Action.Start(var name, var id, var ranBefore) ->
                    start(pod, memory, name, id, ranBefore);
            case Action.Greet(var name, var id) -> greet(pod, memory, name, id);
            case Action.Restart(var name, var id, var grace) -> {
                runtime.stop(id, grace);
                start(pod, memory, name, id, true);
            }
            case Action.Condemn condemned -> condemn(pod, memory, condemned);
            case Action.Stop(var name, var id, var grace) -> stop(pod, name, id, grace);
            case Action.Remove(var name, var id, var grace) -> {
                stop(pod, name, id, grace);
                runtime.remove(id);
            }
            case Action.Finish _ -> {
                clear(pod);
                cluster.delete(pod, Deletion.NOW);
            }
        }
    }

    /// For containers whose pod is gone: nobody is left to be told.
    void remove(Action.Remove action) {
        runtime.stop(action.id(), action.grace());
        runtime.remove(action.id());
    }

    private void prepare(Pod pod, PodMemory memory) {
        try {
            var volumes = specs.volumes(pod);
            var files = volumes.files();
            if (!files.trees().isEmpty()) {
                memory.followsConfig();
            }
            if (!files.isEmpty()) {
                runtime.place(files);
            }
            memory.placed(volumes.digest());
        } catch (RefusedByEngine e) {
            if (Volumes.asked(pod)) {
                notPlaced(pod, memory, e);
                return;
            }
            events.warning(
                    pod,
                    "Unsupported",
                    "this node has no place for service account tokens and termination messages: "
                            + e.getMessage());
            memory.placedNothing(specs.volumes(pod).digest());
        } catch (Environment.Missing e) {
            notPlaced(pod, memory, e);
        }
    }

    private void notPlaced(Pod pod, PodMemory memory, RuntimeException e) {
        var words = String.valueOf(e.getMessage());
        memory.failed(PodLabels.VOLUMES, Trouble.MOUNT, words, time.instant());
        events.warning(pod, Trouble.MOUNT, "MountVolume.SetUp failed: " + words);
    }

    /// A node that goes silent meanwhile tells nothing of how it went: it is done again.
    private void greet(Pod pod, PodMemory memory, String name, String id) {
        var container = container(pod, name);
        boolean well;
        try {
            well = hooks.afterStart(pod, container, id, address(pod));
        } catch (RuntimeUnavailable e) {
            memory.hookDue(name);
            throw e;
        }
        if (!well && memory.begin(name)) {
            try {
                memory.condemned(name);
                kill(pod, container, id, PodPlan.grace(pod), Hooks.FAILED_START);
                memory.failed(name, Trouble.POST_START, "", time.instant());
            } finally {
                memory.end(name);
            }
        }
        memory.endHook(name);
    }

    private void clear(Pod pod) {
        if (Volumes.any(pod)) {
            runtime.clear(specs.folder(pod));
        }
    }

    private void makeSandbox(Pod pod, PodMemory memory) {
        try {
            var image = images.sandbox();
            var address = address(pod);
            create(pod, memory, specs.sandbox(pod, image, address), PodLabels.SANDBOX);
        } catch (RefusedByEngine | Environment.Missing e) {
            fail(pod, memory, PodLabels.SANDBOX, Trouble.CREATE, e);
        }
    }

    private void make(Pod pod, PodMemory memory, String name, String joins, String target) {
        try {
            var placing =
                    new Placing(
                            address(pod),
                            joins.isEmpty() ? null : joins,
                            memory.facts().track(name).restartsOfNext(),
                            memory.isBare(),
                            target);
            var order = specs.of(pod, container(pod, name), placing, runtime::userOf);
            if (!order.parts().isEmpty()) {
                runtime.place(order.parts());
            }
            create(pod, memory, order.spec(), name);
        } catch (Environment.Missing e) {
            fail(pod, memory, name, Trouble.CONFIG, e);
        } catch (RefusedByEngine e) {
            fail(pod, memory, name, Trouble.CREATE, e);
        }
    }

    private void create(Pod pod, PodMemory memory, ContainerSpec spec, String name) {
        creations.acquireUninterruptibly();
        memory.beginMaking();
        try {
            if (!wanted.test(pod)) {
                return;
            }
            var id = runtime.create(spec);
            memory.made(name);
            prepareHook(pod, memory, name);
            try {
                runtime.start(id);
            } catch (RefusedByEngine e) {
                fail(pod, memory, name, Trouble.RUN, e);
                return;
            }
        } finally {
            memory.endMaking();
            creations.release();
        }
        if (!name.equals(PodLabels.SANDBOX)) {
            events.normal(pod, "Created", "Created container: " + name);
            events.normal(pod, "Started", "Started container " + name);
        }
    }

    private void start(Pod pod, PodMemory memory, String name, String id, boolean ranBefore) {
        creations.acquireUninterruptibly();
        try {
            if (!wanted.test(pod)) {
                return;
            }
            prepareHook(pod, memory, name);
            runtime.start(id);
            if (ranBefore) {
                memory.startedAgain(name, time.instant());
            }
        } catch (RefusedByEngine e) {
            fail(pod, memory, name, Trouble.RUN, e);
        } finally {
            creations.release();
        }
    }

    /// Before the start: nobody must see the container run and not know that it has more to do.
    private static void prepareHook(Pod pod, PodMemory memory, String name) {
        if (Shape.container(pod, name).filter(Shape::hasPostStart).isPresent()) {
            memory.hookDue(name);
        }
    }

    private void condemn(Pod pod, PodMemory memory, Action.Condemn order) {
        memory.condemned(order.container());
        kill(
                pod,
                container(pod, order.container()),
                order.id(),
                order.grace(),
                "Container %s %s%s"
                        .formatted(
                                order.container(),
                                order.why(),
                                order.again() ? ", will be restarted" : ""));
    }

    /// @param grace none for what does not run
    private void stop(Pod pod, String name, String id, Duration grace) {
        var container = Shape.container(pod, name);
        if (container.isPresent() && grace.isPositive()) {
            kill(pod, container.get(), id, grace, "Stopping container " + name);
        } else {
            runtime.stop(id, grace);
        }
    }

    private void kill(Pod pod, Container container, String id, Duration grace, String why) {
        events.normal(pod, "Killing", why);
        runtime.stop(id, hooks.beforeStop(pod, container, id, address(pod), grace));
    }

    private String address(Pod pod) {
        if (Shape.onHostNetwork(pod)) {
            return specs.host().address();
        }
        return addresses
                .take(pod.getMetadata().getUid())
                .orElseThrow(
                        () ->
                                new RefusedByEngine(
                                        "no address is free in the pod network of this node"));
    }

    private void fail(
            Pod pod, PodMemory memory, String name, String reason, RuntimeException cause) {
        var message = String.valueOf(cause.getMessage());
        memory.failed(name, reason, message, time.instant());
        if (name.equals(PodLabels.SANDBOX)) {
            events.warning(pod, "FailedCreatePodSandBox", message);
        } else {
            events.warning(pod, "Failed", "Error: " + message);
        }
    }

    private static Container container(Pod pod, String name) {
        return Shape.container(pod, name).orElseThrow();
    }
}
