package dev.flotilla.node;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.health.NodeImages;
import dev.flotilla.node.health.NodeObject;
import dev.flotilla.node.image.ImageCleaning;
import dev.flotilla.node.memory.Observed;
import dev.flotilla.node.plan.PodPlan;
import dev.flotilla.node.pressure.Eviction;
import dev.flotilla.node.pressure.Relief;
import dev.flotilla.node.pressure.StorageWatch;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// How much room one node has left: its images, and who has to go when it runs short.
final class Room {
    private final KubeletContext context;
    private final String node;
    private final ContainerRuntime runtime;
    private final ImageCleaning cleaning;
    private final Relief relief;
    private final StorageWatch storage;
    private final boolean ownDisk;

    Room(KubeletContext context, NodeObject node, ContainerRuntime runtime, Observed observed) {
        this.context = context;
        this.node = node.name();
        this.runtime = runtime;
        this.ownDisk = !node.runtimeMark().equals("docker-local");
        this.cleaning =
                new ImageCleaning(
                        runtime::images,
                        Set.copyOf(context.config().sandboxImages()),
                        context.time());
        var eviction = new Eviction(context.cluster(), runtime, context.events(), context.time());
        this.storage =
                new StorageWatch(
                        context.clusterId(),
                        runtime,
                        eviction,
                        this::active,
                        observed::byContainerId);
        this.relief =
                new Relief(
                        node.name(),
                        runtime,
                        context.cluster(),
                        context.events(),
                        eviction,
                        cleaning,
                        context.config().evictionHard(),
                        context.time(),
                        new Relief.Around(
                                this::active,
                                observed::byContainerId,
                                pressures -> context.writes().pressures(node.name(), pressures),
                                ownDisk));
    }

    /// Tells of pressures, and relieves the first.
    ///
    /// @param sample the latest, null if there is none yet
    void lookAtPressure(@Nullable Sample sample) {
        if (sample != null) {
            relief.look(sample);
        }
    }

    /// Has pods go that keep more on the disk than they may.
    void lookAtStorage() {
        storage.look();
    }

    /// Tells which images there are, after those are gone that a tight disk can't hold.
    void listImages(@Nullable Sample sample) {
        if (sample != null && ownDisk) {
            clean(sample);
        }
        context.writes().images(node, NodeImages.of(runtime.images().all()));
    }

    /// See [Relief#refusal].
    Optional<PodStatus> refusal(Pod pod) {
        return relief.refusal(pod);
    }

    /// The Node is told anew.
    void forgotten() {
        relief.forgotten();
    }

    private void clean(Sample sample) {
        var outcome = cleaning.look(sample.supply().imageDisk());
        if (outcome.freed() < outcome.wanted()) {
            var words =
                    "failed to garbage collect required amount of images. Wanted to free %d bytes, but freed %d bytes"
                            .formatted(outcome.wanted(), outcome.freed());
            context.cluster()
                    .get(Node.class, ObjectKey.of(node))
                    .ifPresent(n -> context.events().warning(n, "FreeDiskSpaceFailed", words));
        }
    }

    private List<Pod> active() {
        return context.podsOn(node).stream().filter(p -> !PodPlan.isOver(p)).toList();
    }
}
