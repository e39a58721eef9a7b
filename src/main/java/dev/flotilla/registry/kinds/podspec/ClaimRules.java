package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Devices that a pod claims, and the containers that use them.
final class ClaimRules {
    private ClaimRules() {}

    static void check(JsonNode spec, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var claim : Tree.objects(spec, "resourceClaims")) {
            var field = at + ".resourceClaims[" + i++ + "]";
            var name = Tree.text(claim, "name");
            if (name.isEmpty()) {
                problems.required(field + ".name", "");
            } else if (!names.add(name)) {
                problems.duplicate(field + ".name", name);
            } else {
                Checks.label(name, field + ".name", problems);
            }
            source(claim, field, problems);
        }
    }

    private static void source(ObjectNode claim, String at, Problems problems) {
        var found =
                List.of("resourceClaimName", "resourceClaimTemplateName").stream()
                        .filter(f -> Tree.has(claim, f))
                        .toList();
        if (found.size() > 1) {
            problems.invalid(
                    at,
                    claim,
                    "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be"
                            + " specified");
        }
        if (found.isEmpty()) {
            problems.invalid(
                    at,
                    claim,
                    "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
        }
        found.forEach(f -> Checks.subdomain(Tree.text(claim, f), at + "." + f, problems));
    }

    /// The claims that a container uses.
    static void used(JsonNode resources, String at, Frame frame) {
        var names = new HashSet<String>();
        int i = 0;
        for (var claim : Tree.objects(resources, "claims")) {
            var field = at + "[" + i++ + "]";
            var name = Tree.text(claim, "name");
            if (name.isEmpty()) {
                frame.problems().required(field, "");
                continue;
            }
            once(name, Tree.text(claim, "request"), names, field, frame.problems());
            if (!frame.claims().contains(name)) {
                frame.problems().notFound(field, name, choice(frame.claims()));
            }
        }
    }

    private static void once(
            String name, String request, Set<String> names, String at, Problems problems) {
        if (names.contains(name)) {
            problems.duplicate(at, name);
            return;
        }
        var key = request.isEmpty() ? name : name + "/" + request;
        if (!request.isEmpty()) {
            Checks.label(request, at + ".request", problems);
        } else if (names.stream().anyMatch(n -> n.startsWith(name + "/"))) {
            problems.duplicate(at, name);
        }
        if (!names.add(key)) {
            problems.duplicate(at, key);
        }
    }

    private static String choice(List<String> claims) {
        return "must be one of the names in pod.spec.resourceClaims"
                + (claims.isEmpty() ? " which is empty" : ": " + String.join(", ", claims));
    }
}
