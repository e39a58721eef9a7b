package dev.flotilla.registry.admission;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Amount;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one object uses, by the names that quotas know it by.
final class Usage {
    private static final Set<String> BY_PLURAL =
            Set.of("configmaps", "secrets", "replicationcontrollers", "resourcequotas");
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");
    private static final String OF_CLASS = ".storageclass.storage.k8s.io/";
    private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

    private Usage() {}

    /// Whether objects of the type can use any of `names`.
    static boolean concerns(ResourceType type, Set<String> names) {
        if (!type.namespaced()) {
            return false;
        }
        if (names.contains(counted(type))) {
            return true;
        }
        if (!type.group().isEmpty()) {
            return false;
        }
        return switch (type.plural()) {
            case "pods" ->
                    names.stream().anyMatch(n -> !n.contains("/") || n.startsWith("requests."));
            case "services" -> names.stream().anyMatch(n -> n.startsWith("services"));
            case "persistentvolumeclaims" ->
                    names.stream()
                            .anyMatch(
                                    n ->
                                            n.equals("persistentvolumeclaims")
                                                    || n.equals("requests.storage")
                                                    || n.contains(OF_CLASS));
            case String plural -> BY_PLURAL.contains(plural) && names.contains(plural);
        };
    }

    static Map<String, Amount> of(ResourceType type, ObjectNode object) {
        var use = new HashMap<String, Amount>();
        use.put(counted(type), Amount.ONE);
        if (type.group().isEmpty()) {
            switch (type.plural()) {
                case "pods" -> pod(object, use);
                case "services" -> service(Tree.at(object, "spec"), use);
                case "persistentvolumeclaims" -> claim(object, use);
                case String plural -> {
                    if (BY_PLURAL.contains(plural)) {
                        use.put(plural, Amount.ONE);
                    }
                }
            }
        }
        return use;
    }

    /// Such as `count/deployments.apps`.
    private static String counted(ResourceType type) {
        return "count/" + type.resource();
    }

    /// A pod that is over uses nothing more.
    private static void pod(ObjectNode pod, Map<String, Amount> use) {
        if (OVER.contains(Tree.text(pod, "status", "phase"))) {
            return;
        }
        use.put("pods", Amount.ONE);
        var spec = Tree.at(pod, "spec");
        PodAmounts.of(spec, "requests")
                .forEach(
                        (name, amount) -> {
                            use.put("requests." + name, amount);
                            if (!name.contains("/")) {
                                use.put(name, amount);
                            }
                        });
        PodAmounts.of(spec, "limits").forEach((name, amount) -> use.put("limits." + name, amount));
    }

    /// What a container brings that each container has to bring, where a quota is on it.
    static Set<String> given(ObjectNode container) {
        var names = new HashMap<String, Amount>();
        for (var name : List.of("cpu", "memory")) {
            if (Tree.has(container, "resources", "requests", name)) {
                names.put(name, Amount.ONE);
                names.put("requests." + name, Amount.ONE);
            }
            if (Tree.has(container, "resources", "limits", name)) {
                names.put("limits." + name, Amount.ONE);
            }
        }
        return names.keySet();
    }

    private static void service(JsonNode spec, Map<String, Amount> use) {
        use.put("services", Amount.ONE);
        int ports = Tree.at(spec, "ports").size();
        switch (Tree.text(spec, "type")) {
            case "NodePort" -> use.put("services.nodeports", Amount.ONE.times(ports));
            case "LoadBalancer" -> {
                use.put("services.loadbalancers", Amount.ONE);
                boolean all =
                        !Tree.has(spec, "allocateLoadBalancerNodePorts")
                                || Tree.isTrue(spec, "allocateLoadBalancerNodePorts");
                long open =
                        Tree.objects(spec, "ports").stream()
                                .filter(p -> Tree.number(p, 0, "nodePort") != 0)
                                .count();
                use.put("services.nodeports", Amount.ONE.times(all ? ports : (int) open));
            }
            case String other -> {
                // It is open on no node.
            }
        }
    }

    private static void claim(ObjectNode claim, Map<String, Amount> use) {
        use.put("persistentvolumeclaims", Amount.ONE);
        var storage =
                Amount.parse(Tree.text(claim, "spec", "resources", "requests", "storage"))
                        .orElse(Amount.NONE);
        use.put("requests.storage", storage);
        var old = Tree.text(claim, "metadata", "annotations", OLD_CLASS);
        var name = old.isEmpty() ? Tree.text(claim, "spec", "storageClassName") : old;
        if (!name.isEmpty()) {
            use.put(name + OF_CLASS + "persistentvolumeclaims", Amount.ONE);
            use.put(name + OF_CLASS + "requests.storage", storage);
        }
    }
}
