package dev.flotilla.registry.kinds.storage;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kinds.podspec.DiskRules;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// Where a volume's bytes are: one place, chosen once.
final class VolumeSources {
    private static final List<String> SOURCES =
            List.of(
                    "hostPath",
                    "gcePersistentDisk",
                    "awsElasticBlockStore",
                    "glusterfs",
                    "flocker",
                    "nfs",
                    "rbd",
                    "quobyte",
                    "cephfs",
                    "iscsi",
                    "cinder",
                    "fc",
                    "flexVolume",
                    "azureFile",
                    "vsphereVolume",
                    "photonPersistentDisk",
                    "portworxVolume",
                    "azureDisk",
                    "scaleIO",
                    "local",
                    "storageos",
                    "csi");

    private VolumeSources() {}

    static void check(JsonNode spec, Problems problems) {
        var found = SOURCES.stream().filter(s -> Tree.has(spec, s)).toList();
        if (found.isEmpty()) {
            problems.required("spec", "must specify a volume type");
            return;
        }
        found.stream()
                .skip(1)
                .forEach(
                        s ->
                                problems.forbidden(
                                        "spec." + s, "may not specify more than 1 volume type"));
        var first = found.getFirst();
        source(first, Tree.at(spec, first), Tree.has(spec, "nodeAffinity"), problems);
        if (slash(Tree.text(spec, "hostPath", "path"))
                && Tree.text(spec, "persistentVolumeReclaimPolicy").equals("Recycle")) {
            problems.forbidden(
                    "spec.persistentVolumeReclaimPolicy",
                    "may not be 'recycle' for a hostPath mount of '/'");
        }
    }

    private static void source(String name, JsonNode source, boolean placed, Problems problems) {
        var at = "spec." + name;
        switch (name) {
            case "local" -> {
                DiskRules.needed(source, "path", at, problems);
                noBacksteps(source, at, problems);
                if (!placed) {
                    problems.required("spec.nodeAffinity", "Local volume requires node affinity");
                }
            }
            case "csi" -> {
                DiskRules.driver(source, at, problems);
                DiskRules.needed(source, "volumeHandle", at, problems);
            }
            case String other -> DiskRules.check(other, source, at, problems);
        }
    }

    private static void noBacksteps(JsonNode source, String at, Problems problems) {
        var path = Tree.text(source, "path");
        if (List.of(path.split("/", -1)).contains("..")) {
            problems.invalid(at + ".path", path, "must not contain '..'");
        }
    }

    private static boolean slash(String path) {
        return !path.isEmpty() && path.replace("/", "").replace(".", "").isEmpty();
    }

    static void checkSame(ObjectNode before, ObjectNode after, Problems problems) {
        for (var s : SOURCES) {
            var was = Tree.at(before, "spec", s);
            var is = Tree.at(after, "spec", s);
            if (!Tree.same(was, is) && !secretAdded(was, is)) {
                problems.forbidden(
                        "spec.persistentvolumesource",
                        "spec.persistentvolumesource is immutable after creation");
                return;
            }
        }
    }

    /// Who may grow a volume can be told later.
    private static boolean secretAdded(JsonNode was, JsonNode is) {
        if (!was.isObject() || was.has("controllerExpandSecretRef") || !is.isObject()) {
            return false;
        }
        var without = (ObjectNode) is.deepCopy();
        without.remove("controllerExpandSecretRef");
        return Tree.same(was, without);
    }
}
