package dev.flotilla.controllers.daemon;

import dev.flotilla.controllers.owner.PodDraft;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.controllers.revision.History;
import dev.flotilla.schedule.facts.NodeChoice;
import dev.flotilla.schedule.facts.Tolerance;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The pods of a DaemonSet: each meant for one node, and put up with more than others.
final class DaemonPods {
    private static final String NAME = "metadata.name";

    private DaemonPods() {}

    /// A pod that the scheduler can only put on that node.
    static Pod draft(DaemonSet set, String node, String hash) {
        var plain = PodDraft.of(set, set.getSpec().getTemplate());
        return new PodBuilder(plain)
                .editMetadata()
                .addToLabels(History.LABEL, hash)
                .endMetadata()
                .editSpec()
                .withTolerations(tolerations(plain.getSpec()))
                .editOrNewAffinity()
                .editOrNewNodeAffinity()
                .withRequiredDuringSchedulingIgnoredDuringExecution(only(node))
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .build();
    }

    private static NodeSelector only(String node) {
        return new NodeSelectorBuilder()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey(NAME)
                .withOperator("In")
                .withValues(node)
                .endMatchField()
                .endNodeSelectorTerm()
                .build();
    }

    /// The node it is on or meant for; empty for none.
    static String node(Pod pod) {
        var bound = PodState.node(pod);
        if (bound != null) {
            return bound;
        }
        return Optional.ofNullable(pod.getSpec().getAffinity())
                .flatMap(a -> Optional.ofNullable(a.getNodeAffinity()))
                .flatMap(
                        a ->
                                Optional.ofNullable(
                                        a.getRequiredDuringSchedulingIgnoredDuringExecution()))
                .flatMap(s -> s.getNodeSelectorTerms().stream().findFirst())
                .flatMap(t -> t.getMatchFields().stream().findFirst())
                .filter(f -> f.getKey().equals(NAME) && !f.getValues().isEmpty())
                .map(f -> f.getValues().getFirst())
                .orElse("");
    }

    /// Whether the set wants a pod there.
    static boolean wanted(DaemonSet set, Node node) {
        return fits(set, node, Set.of("NoSchedule", "NoExecute"));
    }

    /// Whether a pod that is there may stay.
    static boolean mayStay(DaemonSet set, Node node) {
        return fits(set, node, Set.of("NoExecute"));
    }

    private static boolean fits(DaemonSet set, Node node, Set<String> effects) {
        var spec = set.getSpec().getTemplate().getSpec();
        var name = node.getMetadata().getName();
        var named = spec.getNodeName();
        if (named != null && !named.isEmpty() && !named.equals(name)) {
            return false;
        }
        Map<String, String> labels =
                Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of());
        List<Taint> taints =
                node.getSpec() == null
                        ? List.of()
                        : node.getSpec().getTaints().stream()
                                .filter(t -> effects.contains(t.getEffect()))
                                .toList();
        return NodeChoice.of(spec).admits(name, labels)
                && Tolerance.untolerated(tolerations(spec), taints) == null;
    }

    /// Its own, and those that every pod of a DaemonSet has.
    private static List<Toleration> tolerations(PodSpec spec) {
        var all = new ArrayList<>(spec.getTolerations());
        all.add(toleration("not-ready", "NoExecute"));
        all.add(toleration("unreachable", "NoExecute"));
        all.add(toleration("disk-pressure", "NoSchedule"));
        all.add(toleration("memory-pressure", "NoSchedule"));
        all.add(toleration("pid-pressure", "NoSchedule"));
        all.add(toleration("unschedulable", "NoSchedule"));
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            all.add(toleration("network-unavailable", "NoSchedule"));
        }
        return all.stream().distinct().toList();
    }

    private static Toleration toleration(String key, String effect) {
        return new TolerationBuilder()
                .withKey("node.kubernetes.io/" + key)
                .withOperator("Exists")
                .withEffect(effect)
                .build();
    }
}
