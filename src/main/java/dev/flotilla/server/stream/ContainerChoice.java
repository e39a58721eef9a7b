package dev.flotilla.server.stream;

import dev.flotilla.server.call.Refusal;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Collectors;

/// Which container of a pod is meant.
public final class ContainerChoice {
    private ContainerChoice() {}

    /// The wanted one, or the only one.
    ///
    /// @param name the pod's
    /// @param wanted empty if none is named
    /// @throws Refusal 400 if the pod has no such container, or several
    public static String of(ObjectNode pod, String name, String wanted) {
        var spec = pod.path("spec");
        var plain = names(spec.path("containers"));
        var init = names(spec.path("initContainers"));
        if (!wanted.isEmpty()) {
            if (!plain.contains(wanted)
                    && !init.contains(wanted)
                    && !names(spec.path("ephemeralContainers")).contains(wanted)) {
                throw Refusal.badRequest(
                        "container %s is not valid for pod %s".formatted(wanted, name));
            }
            return wanted;
        }
        if (plain.size() == 1) {
            return plain.getFirst();
        }
        throw Refusal.badRequest(
                "a container name must be specified for pod %s, choose one of: %s%s"
                        .formatted(
                                name,
                                bracketed(plain),
                                init.isEmpty()
                                        ? ""
                                        : " or one of the init containers: " + bracketed(init)));
    }

    private static List<String> names(JsonNode containers) {
        return containers.valueStream().map(c -> c.path("name").asString("")).toList();
    }

    private static String bracketed(List<String> names) {
        return names.stream().collect(Collectors.joining(" ", "[", "]"));
    }
}
