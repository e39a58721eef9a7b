package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.tree.Quantities;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// How sure a pod can be of what it asks for.
final class PodQos {
    private static final List<String> COUNTED = List.of("cpu", "memory");

    private PodQos() {}

    static String of(JsonNode spec) {
        var containers = new ArrayList<ObjectNode>(Tree.objects(spec, "containers"));
        containers.addAll(Tree.objects(spec, "initContainers"));
        if (containers.stream().noneMatch(c -> asks(c, "requests") || asks(c, "limits"))) {
            return "BestEffort";
        }
        return containers.stream().allMatch(PodQos::guaranteed) ? "Guaranteed" : "Burstable";
    }

    private static boolean asks(ObjectNode container, String part) {
        return COUNTED.stream().anyMatch(r -> amount(container, part, r).signum() > 0);
    }

    private static boolean guaranteed(ObjectNode container) {
        return COUNTED.stream()
                .allMatch(
                        r ->
                                amount(container, "limits", r).signum() > 0
                                        && amount(container, "limits", r)
                                                        .compareTo(amount(container, "requests", r))
                                                == 0);
    }

    private static BigDecimal amount(ObjectNode container, String part, String resource) {
        return Quantities.parse(Tree.at(container, "resources", part, resource).asString(""))
                .orElse(BigDecimal.ZERO);
    }
}
