package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.Set;
import java.util.stream.Collectors;

/// A container that ended for good does not run again, whoever says so.
final class ContainerTransitions {
    private ContainerTransitions() {}

    static void check(ObjectNode before, ObjectNode after, Problems problems) {
        var policy = Tree.text(before, "spec", "restartPolicy");
        check(before, after, "containerStatuses", policy, Set.of(), problems);
        check(before, after, "initContainerStatuses", policy, sidecars(before), problems);
        check(before, after, "ephemeralContainerStatuses", "Never", Set.of(), problems);
    }

    /// @param free containers that may always run again
    private static void check(
            ObjectNode before,
            ObjectNode after,
            String field,
            String policy,
            Set<String> free,
            Problems problems) {
        if (policy.equals("Always")) {
            return;
        }
        int i = -1;
        for (var was : Tree.objects(before, "status", field)) {
            i++;
            var ended = Tree.at(was, "state", "terminated");
            var name = Tree.text(was, "name");
            if (!ended.isObject() || free.contains(name) || runsAgain(ended, policy)) {
                continue;
            }
            for (var is : Tree.objects(after, "status", field)) {
                if (Tree.text(is, "name").equals(name)
                        && !Tree.at(is, "state", "terminated").isObject()) {
                    problems.forbidden(
                            "status.%s[%d].state".formatted(field, i),
                            "may not be transitioned to non-terminated state");
                }
            }
        }
    }

    private static boolean runsAgain(JsonNode ended, String policy) {
        return policy.equals("OnFailure") && Tree.number(ended, 0, "exitCode") != 0;
    }

    private static Set<String> sidecars(ObjectNode pod) {
        return Tree.objects(pod, "spec", "initContainers").stream()
                .filter(c -> Tree.text(c, "restartPolicy").equals("Always"))
                .map(c -> Tree.text(c, "name"))
                .collect(Collectors.toSet());
    }
}
