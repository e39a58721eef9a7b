package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a pod's spec must not say.
public final class PodRules {
    private static final List<String> RESTART = List.of("Always", "OnFailure", "Never");
    private static final List<String> PREEMPTION = List.of("PreemptLowerPriority", "Never");

    private PodRules() {}

    /// The spec of a template.
    ///
    /// @param at where the spec is, such as `spec.template.spec`
    public static void check(JsonNode spec, String at, Problems problems) {
        spec(spec, at, "", problems);
        hostPorts(spec, at, false, problems);
    }

    /// A pod's own spec, with what is not asked of templates.
    public static void checkPod(ObjectNode pod, Problems problems) {
        var spec = Tree.at(pod, "spec");
        spec(spec, "spec", Tree.text(pod, "metadata", "name"), problems);
        hostPorts(spec, "spec", true, problems);
        if (Tree.text(spec, "serviceAccountName").isEmpty()) {
            noTokens(spec, problems);
        }
        for (var list : List.of("containers", "initContainers")) {
            int i = 0;
            for (var c : Tree.objects(spec, list)) {
                ContainerRules.checkSpace(c, "spec.%s[%d]".formatted(list, i++), problems);
            }
        }
    }

    private static void spec(JsonNode spec, String at, String podName, Problems problems) {
        var volumes = VolumeRules.check(spec, at, podName, problems);
        var frame = new Frame(spec, at, volumes, problems);
        ClaimRules.check(spec, at, problems);
        ContainerLists.check(frame);
        ResourceRules.pod(frame);
        Checks.oneOfInOrder(spec, "restartPolicy", RESTART, at, problems);
        DnsRules.policy(spec, at, problems);
        SelectorRules.labels(Tree.at(spec, "nodeSelector"), at + ".nodeSelector", problems);
        SecurityRules.pod(spec, at + ".securityContext", problems);
        AffinityRules.check(Tree.at(spec, "affinity"), at + ".affinity", problems);
        DnsRules.config(spec, at + ".dnsConfig", problems);
        PodNames.gates(spec, at, problems);
        SpreadRules.check(spec, at + ".topologySpreadConstraints", problems);
        SystemRules.hostProcess(frame);
        SystemRules.users(spec, at, problems);
        PodNames.of(spec, at, problems);
        TolerationRules.check(spec, at + ".tolerations", problems);
        DnsRules.aliases(spec, at + ".hostAliases", problems);
        PodNames.classes(spec, at, problems);
        if (Tree.has(spec, "preemptionPolicy")) {
            Checks.oneOfInOrder(spec, "preemptionPolicy", PREEMPTION, at, problems);
        }
        ResourceRules.amounts(Tree.at(spec, "overhead"), at + ".overhead.limits", problems);
        SystemRules.check(frame);
    }

    /// Where the pod has the node's network, a port is the node's.
    private static void hostPorts(JsonNode spec, String at, boolean ofPod, Problems problems) {
        if (!Tree.isTrue(spec, "hostNetwork")) {
            return;
        }
        int i = 0;
        for (var c : Tree.objects(spec, "containers")) {
            int n = 0;
            for (var port : Tree.objects(c, "ports")) {
                var field = "%s.containers[%d].ports[%d].hostPort".formatted(at, i, n++);
                long host = Tree.number(port, 0, "hostPort");
                if ((ofPod || host != 0) && host != Tree.number(port, 0, "containerPort")) {
                    problems.invalid(
                            field, host, "must match `containerPort` when `hostNetwork` is true");
                }
            }
            i++;
        }
    }

    private static void noTokens(JsonNode spec, Problems problems) {
        int v = 0;
        for (var volume : Tree.objects(spec, "volumes")) {
            int s = 0;
            for (var source : Tree.objects(volume, "projected", "sources")) {
                if (source.has("serviceAccountToken")) {
                    problems.forbidden(
                            "spec.volumes[%d].projected.sources[%d].serviceAccountToken"
                                    .formatted(v, s),
                            "must not be specified when serviceAccountName is not set");
                }
                s++;
            }
            v++;
        }
    }
}
