package dev.flotilla.schedule;

import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Toleration;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A pod as the scheduler sees it; made once a pod, so that nothing is parsed while nodes are
/// tried.
///
/// @param owner uid of its controller, whose pods are spread over the nodes; empty for none
/// @param placeOn the node it must run on, see [Marks#PLACE_ON]
/// @param nowhereElse whether it waits for that node even when that node takes no pods
public record PodView(
        ObjectKey key,
        String owner,
        long cpuMillis,
        long memoryBytes,
        List<Toleration> tolerations,
        NodeChoice choice,
        @Nullable String placeOn,
        boolean nowhereElse) {

    public static PodView of(Pod pod) {
        return of(pod.getMetadata(), pod.getSpec());
    }

    /// One more replica of a template.
    ///
    /// @param owner uid of the controller that would own it
    public static PodView of(ObjectKey key, String owner, PodSpec spec) {
        var need = requests(spec);
        return new PodView(
                key,
                owner,
                need.cpuMillis(),
                need.memoryBytes(),
                List.copyOf(spec.getTolerations()),
                NodeChoice.of(spec),
                null,
                false);
    }

    private static PodView of(ObjectMeta meta, PodSpec spec) {
        var owner =
                meta.getOwnerReferences().stream()
                        .filter(o -> Boolean.TRUE.equals(o.getController()))
                        .map(OwnerReference::getUid)
                        .findFirst()
                        .orElse("");
        var view = of(new ObjectKey(meta.getNamespace(), meta.getName()), owner, spec);
        Map<String, String> notes =
                Objects.requireNonNullElse(meta.getAnnotations(), Map.<String, String>of());
        return view.placed(notes.get(Marks.PLACE_ON), notes.containsKey(Marks.REPLACES));
    }

    /// The same pod, bound to no node by marks.
    public PodView anywhere() {
        return placed(null, false);
    }

    PodView placed(@Nullable String on, boolean only) {
        return new PodView(key, owner, cpuMillis, memoryBytes, tolerations, choice, on, only);
    }

    /// As Kubernetes counts: all containers together, or the largest init container if it needs
    /// more; what has a limit and no request requests its limit.
    private static Resources requests(PodSpec spec) {
        var together = Resources.NONE;
        for (var container : spec.getContainers()) {
            together = together.plus(request(container));
        }
        long cpu = together.cpuMillis();
        long memory = together.memoryBytes();
        for (var container : spec.getInitContainers()) {
            var alone = request(container);
            cpu = Math.max(cpu, alone.cpuMillis());
            memory = Math.max(memory, alone.memoryBytes());
        }
        return new Resources(cpu, memory);
    }

    private static Resources request(Container container) {
        var resources = container.getResources();
        if (resources == null) {
            return Resources.NONE;
        }
        var wanted = new HashMap<String, Quantity>();
        if (resources.getLimits() != null) {
            wanted.putAll(resources.getLimits());
        }
        if (resources.getRequests() != null) {
            wanted.putAll(resources.getRequests());
        }
        return Resources.of(wanted);
    }
}
