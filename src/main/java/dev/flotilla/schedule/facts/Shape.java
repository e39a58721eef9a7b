package dev.flotilla.schedule.facts;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Toleration;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// All of a pod that decides where it may go, and nothing else: pods of one template share it, and
/// with it the work of looking at nodes.
///
/// @param owner uid of its controller, whose pods are spread over the nodes; empty for none
/// @param guess CPU and memory it counts for where load is compared
/// @param preempts whether others may have to go for it
/// @param nodeName the node that a template names; null for none
/// @param images of all containers
/// @param runtimeClass empty for the engine's own
public record Shape(
        String namespace,
        Map<String, String> labels,
        String owner,
        int priority,
        boolean preempts,
        Amounts needs,
        Amounts guess,
        List<Toleration> tolerations,
        NodeChoice choice,
        @Nullable String nodeName,
        List<HostPort> ports,
        List<ClaimUse> claims,
        List<SpreadRule> spread,
        Near near,
        List<String> images,
        String runtimeClass) {

    public static Shape of(
            String namespace, @Nullable ObjectMeta meta, String owner, PodSpec spec) {
        Map<String, String> labels =
                meta == null || meta.getLabels() == null ? Map.of() : Map.copyOf(meta.getLabels());
        var needs = Requests.of(spec);
        var name = meta == null ? "" : Objects.requireNonNullElse(meta.getName(), "");
        var node = spec.getNodeName();
        return new Shape(
                namespace,
                labels,
                owner,
                Objects.requireNonNullElse(spec.getPriority(), 0),
                !"Never".equals(spec.getPreemptionPolicy()),
                needs,
                Requests.guessed(spec, needs),
                List.copyOf(spec.getTolerations()),
                NodeChoice.of(spec),
                node == null || node.isEmpty() ? null : node,
                HostPort.of(spec),
                ClaimUse.of(spec, name),
                SpreadRule.of(spec.getTopologySpreadConstraints(), labels),
                Near.of(spec.getAffinity(), namespace, labels),
                Requests.images(spec),
                Objects.requireNonNullElse(spec.getRuntimeClassName(), ""));
    }

    /// The same, whatever node it is on by now.
    Shape unbound() {
        return nodeName == null
                ? this
                : new Shape(
                        namespace,
                        labels,
                        owner,
                        priority,
                        preempts,
                        needs,
                        guess,
                        tolerations,
                        choice,
                        null,
                        ports,
                        claims,
                        spread,
                        near,
                        images,
                        runtimeClass);
    }
}
