package dev.flotilla.registry.advice;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What is worth saying of a pod or the template of one.
final class PodAdvice {
    private static final Map<String, String> OLD_LABELS =
            Map.of(
                    "beta.kubernetes.io/arch", old("1.14", "kubernetes.io/arch"),
                    "beta.kubernetes.io/os", old("1.14", "kubernetes.io/os"),
                    "beta.kubernetes.io/instance-type",
                            old("1.17", "node.kubernetes.io/instance-type"),
                    "failure-domain.beta.kubernetes.io/region",
                            old("1.17", "topology.kubernetes.io/region"),
                    "failure-domain.beta.kubernetes.io/zone",
                            old("1.17", "topology.kubernetes.io/zone"));
    private static final Map<String, String> OLD_ANNOTATIONS =
            Map.of(
                    "scheduler.alpha.kubernetes.io/critical-pod",
                    "non-functional in v1.16+; use the \"priorityClassName\" field instead",
                    "security.alpha.kubernetes.io/sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead",
                    "security.alpha.kubernetes.io/unsafe-sysctls",
                    "non-functional in v1.11+; use the \"sysctls\" field instead",
                    "seccomp.security.alpha.kubernetes.io/pod",
                    "non-functional in v1.27+; use the \"seccompProfile\" field instead");
    private static final Map<String, String> OLD_VOLUMES =
            Map.of(
                    "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
                    "gitRepo", "deprecated in v1.11",
                    "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
                    "flocker", "deprecated in v1.22, non-functional in v1.25+",
                    "storageos", "deprecated in v1.22, non-functional in v1.25+",
                    "quobyte", "deprecated in v1.22, non-functional in v1.25+",
                    "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
                    "cephfs", "deprecated in v1.28, non-functional in v1.31+",
                    "rbd", "deprecated in v1.28, non-functional in v1.31+");

    private final JsonNode spec;
    private final String at;
    private final List<String> all = new ArrayList<>();

    private PodAdvice(JsonNode spec, String at) {
        this.spec = spec;
        this.at = at;
    }

    /// @param place of the pod in its object, with a dot behind it; empty for a pod itself
    static List<String> of(JsonNode pod, String place) {
        var advice = new PodAdvice(Tree.at(pod, "spec"), place + "spec");
        advice.labels();
        advice.annotations(pod, place);
        advice.volumes();
        advice.repeated("hostAliases", "ip");
        advice.repeated("imagePullSecrets", "name");
        for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
            int i = 0;
            for (var container : Tree.objects(advice.spec, list)) {
                advice.all.addAll(
                        ContainerAdvice.of(container, "%s.%s[%d]".formatted(advice.at, list, i++)));
            }
        }
        if (Tree.number(advice.spec, 0, "terminationGracePeriodSeconds") < 0) {
            advice.all.add(
                    advice.at
                            + ".terminationGracePeriodSeconds: must be >= 0; negative values are"
                            + " invalid and will be treated as 1");
        }
        return advice.all;
    }

    private void labels() {
        for (var label : Tree.fields(spec, "nodeSelector")) {
            var old = OLD_LABELS.get(label.getKey());
            if (old != null) {
                all.add("%s.nodeSelector[%s]: %s".formatted(at, label.getKey(), old));
            }
        }
        int i = 0;
        for (var spread : Tree.objects(spec, "topologySpreadConstraints")) {
            var place = "%s.topologySpreadConstraints[%d]".formatted(at, i++);
            var key = Tree.text(spread, "topologyKey");
            var old = OLD_LABELS.get(key);
            if (old != null) {
                all.add("%s.topologyKey: %s is %s".formatted(place, key, old));
            }
            if (!Tree.has(spread, "labelSelector")) {
                all.add(place + ".labelSelector: a null labelSelector results in matching no pod");
            }
        }
    }

    private void annotations(JsonNode pod, String place) {
        for (var annotation : Tree.fields(Tree.at(pod, "metadata"), "annotations")) {
            var key = annotation.getKey();
            var old = OLD_ANNOTATIONS.get(key);
            var said =
                    key.startsWith("seccomp.")
                            && Tree.has(spec, "securityContext", "seccompProfile");
            if (old != null && !said) {
                all.add("%smetadata.annotations[%s]: %s".formatted(place, key, old));
            }
        }
    }

    private void volumes() {
        int i = 0;
        for (var volume : Tree.objects(spec, "volumes")) {
            for (var source : volume.propertyNames()) {
                var old = OLD_VOLUMES.get(source);
                if (old != null) {
                    all.add("%s.volumes[%d].%s: %s".formatted(at, i, source, old));
                }
            }
            i++;
        }
    }

    private void repeated(String list, String field) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var item : Tree.objects(spec, list)) {
            var value = Tree.text(item, field);
            var place = "%s.%s[%d].%s".formatted(at, list, i++, field);
            if (!seen.add(value)) {
                all.add("%s: duplicate %s \"%s\"".formatted(place, field, value));
            }
            if (value.isEmpty() && field.equals("name")) {
                all.add(place + ": invalid empty name \"\"");
            }
        }
    }

    private static String old(String since, String other) {
        return "deprecated since v%s; use \"%s\" instead".formatted(since, other);
    }
}
