package dev.flotilla.registry.advice;

import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What is worth saying of an object, whatever its kind.
public final class Advice {
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    /// Where each kind has the template of its pods.
    private static final Map<String, String> TEMPLATES =
            Map.of(
                    "apps/v1/Deployment", "spec.template",
                    "apps/v1/ReplicaSet", "spec.template",
                    "apps/v1/StatefulSet", "spec.template",
                    "apps/v1/DaemonSet", "spec.template",
                    "v1/ReplicationController", "spec.template",
                    "batch/v1/Job", "spec.template",
                    "batch/v1/CronJob", "spec.jobTemplate.spec.template",
                    "v1/PodTemplate", "template");

    private Advice() {}

    /// Of a new object.
    public static List<String> ofNew(ObjectNode object) {
        var kind = kind(object);
        var all = new ArrayList<String>();
        switch (kind) {
            case "v1/Pod" -> {
                all.addAll(name(object, "the Pod's hostname"));
                all.addAll(PodAdvice.of(object, ""));
            }
            case "apps/v1/Deployment",
                    "apps/v1/ReplicaSet",
                    "v1/ReplicationController",
                    "batch/v1/CronJob" ->
                    all.addAll(name(object, "Pod names and hostnames"));
            default -> {}
        }
        all.addAll(ofAny(kind, object));
        return all;
    }

    /// Of a changed object. Changes of pods are made by programs, who read nothing.
    public static List<String> ofChanged(ObjectNode before, ObjectNode after) {
        return before.path("metadata")
                        .path("generation")
                        .equals(after.path("metadata").path("generation"))
                ? List.of()
                : ofAny(kind(after), after);
    }

    private static List<String> ofAny(String kind, ObjectNode object) {
        var place = TEMPLATES.get(kind);
        if (place != null) {
            var template = object.at("/" + place.replace('.', '/'));
            return PodAdvice.of(template, place + ".");
        }
        return switch (kind) {
            case "v1/Service" -> service(Tree.at(object, "spec"));
            case "v1/PersistentVolume", "v1/PersistentVolumeClaim" -> storage(object);
            default -> List.of();
        };
    }

    private static List<String> service(JsonNode spec) {
        if (!Tree.text(spec, "clusterIP").equals("None")) {
            return List.of();
        }
        var all = new ArrayList<String>();
        if (!Tree.text(spec, "loadBalancerIP").isEmpty()) {
            all.add("spec.loadBalancerIP is ignored for headless services");
        }
        if (!Tree.at(spec, "externalIPs").isEmpty()) {
            all.add("spec.externalIPs is ignored for headless services");
        }
        if (Tree.text(spec, "sessionAffinity").equals("ClientIP")) {
            all.add("spec.SessionAffinity is ignored for headless services");
        }
        return all;
    }

    private static List<String> storage(ObjectNode object) {
        var all = new ArrayList<String>();
        if (Tree.has(object, "metadata", "annotations", OLD_CLASS)) {
            all.add(
                    "metadata.annotations[%s]: deprecated since v1.8; use \"storageClassName\" attribute instead"
                            .formatted(OLD_CLASS));
        }
        if (Tree.text(object, "spec", "persistentVolumeReclaimPolicy").equals("Recycle")) {
            all.add(
                    "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated."
                            + " Instead, the recommended approach is to use dynamic provisioning.");
        }
        return all;
    }

    private static List<String> name(ObjectNode object, String use) {
        return Names.label(Tree.text(object, "metadata", "name")).stream()
                .map(
                        why ->
                                "metadata.name: this is used in %s, which can result in surprising behavior; a DNS label is recommended: [%s]"
                                        .formatted(use, why))
                .toList();
    }

    private static String kind(ObjectNode object) {
        return Tree.text(object, "apiVersion") + "/" + Tree.text(object, "kind");
    }
}
