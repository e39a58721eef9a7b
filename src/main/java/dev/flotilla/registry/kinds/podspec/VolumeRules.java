package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What a pod's volumes must not say: each has a name of its own and comes from one place.
final class VolumeRules {
    private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");

    /// In the order in which the first of several is found.
    private static final List<String> KINDS =
            List.of(
                    "emptyDir",
                    "hostPath",
                    "gitRepo",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "secret",
                    "nfs",
                    "iscsi",
                    "glusterfs",
                    "flocker",
                    "persistentVolumeClaim",
                    "rbd",
                    "cinder",
                    "cephfs",
                    "quobyte",
                    "downwardAPI",
                    "fc",
                    "flexVolume",
                    "configMap",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "storageos",
                    "projected",
                    "scaleIO",
                    "csi",
                    "ephemeral",
                    "image");

    private VolumeRules() {}

    /// @param podName empty in a template
    /// @return those that can be mounted, by name
    static Map<String, ObjectNode> check(
            JsonNode spec, String at, String podName, Problems problems) {
        var all = Tree.objects(spec, "volumes");
        var good = new HashMap<String, ObjectNode>();
        var made = new HashSet<String>();
        if (!podName.isEmpty()) {
            all.stream()
                    .filter(v -> Tree.has(v, "ephemeral"))
                    .forEach(v -> made.add(podName + "-" + Tree.text(v, "name")));
        }
        int i = 0;
        for (var volume : all) {
            var field = at + ".volumes[" + i++ + "]";
            int before = problems.all().size();
            sources(volume, field, podName, problems);
            name(Tree.text(volume, "name"), field + ".name", good.keySet(), problems);
            if (problems.all().size() == before) {
                good.put(Tree.text(volume, "name"), volume);
            }
            var claim = Tree.text(volume, "persistentVolumeClaim", "claimName");
            if (made.contains(claim)) {
                problems.invalid(
                        field + ".persistentVolumeClaim.claimName",
                        claim,
                        "must not reference a PVC that gets created for an ephemeral volume");
            }
        }
        return good;
    }

    private static void name(String name, String field, Set<String> names, Problems problems) {
        if (name.isEmpty()) {
            problems.required(field, "");
        } else {
            Checks.label(name, field, problems);
        }
        if (names.contains(name)) {
            problems.duplicate(field, name);
        }
    }

    private static void sources(ObjectNode volume, String at, String podName, Problems problems) {
        var found = KINDS.stream().filter(k -> Tree.has(volume, k)).toList();
        if (found.isEmpty()) {
            problems.required(at, "must specify a volume type");
            return;
        }
        var first = found.getFirst();
        source(first, Tree.at(volume, first), at, problems);
        for (var other : found.subList(1, found.size())) {
            var field =
                    switch (other) {
                        case "cephfs" -> "cephFS";
                        case "downwardAPI" -> "downwarAPI";
                        case String name -> name;
                    };
            problems.forbidden(at + "." + field, "may not specify more than 1 volume type");
        }
        if (first.equals("ephemeral") && !podName.isEmpty()) {
            made(podName, Tree.text(volume, "name"), at + ".name", problems);
        }
    }

    /// The claim that is made for the pod gets a name of both.
    private static void made(String podName, String volume, String field, Problems problems) {
        var claim = podName + "-" + volume;
        dev.flotilla.registry.tree.Names.subdomain(claim)
                .forEach(
                        why ->
                                problems.invalid(
                                        field,
                                        volume,
                                        "PVC name \"%s\": %s".formatted(claim, why)));
    }

    private static void source(String kind, JsonNode source, String volume, Problems problems) {
        var at = volume + "." + kind;
        switch (kind) {
            case "emptyDir" -> {
                if (Checks.amount(Tree.at(source, "sizeLimit")).signum() < 0) {
                    problems.forbidden(
                            at + ".sizeLimit", "SizeLimit field must be a valid resource quantity");
                }
            }
            case "secret" -> {
                DiskRules.needed(source, "secretName", at, problems);
                ProjectionRules.files(source, at, problems);
            }
            case "configMap" -> {
                DiskRules.needed(source, "name", at, problems);
                ProjectionRules.files(source, at, problems);
            }
            case "persistentVolumeClaim" -> DiskRules.needed(source, "claimName", at, problems);
            case "downwardAPI" -> ProjectionRules.downward(source, at, problems);
            case "projected" -> ProjectionRules.check(source, at, problems);
            case "csi" -> csi(source, at, problems);
            case "ephemeral" -> {
                if (Tree.has(source, "volumeClaimTemplate")) {
                    ClaimSpecRules.check(
                            Tree.at(source, "volumeClaimTemplate", "spec"),
                            at + ".volumeClaimTemplate.spec",
                            problems);
                } else {
                    problems.required(at + ".volumeClaimTemplate", "");
                }
            }
            case "image" -> Checks.oneOf(source, "pullPolicy", PULL, at, problems);
            case "gcePersistentDisk" ->
                    DiskRules.check(kind, source, volume + ".persistentDisk", problems);
            case String other -> DiskRules.check(other, source, at, problems);
        }
    }

    private static void csi(JsonNode source, String at, Problems problems) {
        DiskRules.driver(source, at, problems);
        if (Tree.has(source, "nodePublishSecretRef")) {
            var name = Tree.text(source, "nodePublishSecretRef", "name");
            if (name.isEmpty()) {
                problems.required(at + ".nodePublishSecretRef.name", "");
            } else {
                Checks.subdomain(name.toLowerCase(Locale.ROOT), at + ".name", problems);
            }
        }
    }
}
