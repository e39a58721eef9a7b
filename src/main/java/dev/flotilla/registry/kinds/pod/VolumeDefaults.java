package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a volume means where it says nothing; disks, those of persistent volumes too.
public final class VolumeDefaults {
    private static final int READABLE = 0644;
    private static final int HOUR = 3600;
    private static final Map<String, Map<String, String>> TEXTS =
            Map.of(
                    "iscsi", Map.of("iscsiInterface", "default"),
                    "rbd",
                            Map.of(
                                    "pool", "rbd",
                                    "user", "admin",
                                    "keyring", "/etc/ceph/keyring"),
                    "azureDisk",
                            Map.of("cachingMode", "ReadWrite", "fsType", "ext4", "kind", "Shared"),
                    "scaleIO", Map.of("storageMode", "ThinProvisioned", "fsType", "xfs"));

    private VolumeDefaults() {}

    static void fill(ObjectNode volume) {
        for (var kind : List.of("secret", "configMap", "projected", "downwardAPI")) {
            if (volume.get(kind) instanceof ObjectNode source) {
                Tree.setDefault(source, "defaultMode", READABLE);
                source.path("items").forEach(VolumeDefaults::references);
                Tree.objects(source, "sources").forEach(VolumeDefaults::projection);
            }
        }
        if (volume.path("ephemeral").path("volumeClaimTemplate") instanceof ObjectNode template) {
            Tree.setDefault(Tree.child(template, "spec"), "volumeMode", "Filesystem");
        }
        if (volume.get("image") instanceof ObjectNode image) {
            var policy = Images.pullPolicy(Tree.text(image, "reference"));
            Tree.setDefault(image, "pullPolicy", policy);
        }
        disks(volume);
        if (volume.properties().stream()
                .allMatch(f -> f.getKey().equals("name") || f.getValue().isNull())) {
            volume.putObject("emptyDir");
        }
    }

    /// @param holder of a source: a volume, or the spec of a persistent one
    public static void disks(ObjectNode holder) {
        if (holder.get("hostPath") instanceof ObjectNode path && !Tree.has(path, "type")) {
            path.put("type", "");
        }
        TEXTS.forEach(
                (kind, texts) -> {
                    if (holder.get(kind) instanceof ObjectNode source) {
                        new TreeMap<>(texts)
                                .forEach((name, value) -> Tree.setDefault(source, name, value));
                    }
                });
        if (holder.get("azureDisk") instanceof ObjectNode disk) {
            Tree.setDefault(disk, "readOnly", false);
        }
    }

    private static void projection(ObjectNode part) {
        part.path("downwardAPI").path("items").forEach(VolumeDefaults::references);
        if (part.get("serviceAccountToken") instanceof ObjectNode token) {
            Tree.setDefault(token, "expirationSeconds", HOUR);
        }
    }

    /// What points to a field of the pod, or to what a container may use.
    static void references(JsonNode holder) {
        if (holder.path("fieldRef") instanceof ObjectNode ref) {
            Tree.setDefault(ref, "apiVersion", "v1");
        }
        if (holder.path("resourceFieldRef") instanceof ObjectNode ref) {
            Tree.setDefault(ref, "divisor", "0");
        }
    }
}
