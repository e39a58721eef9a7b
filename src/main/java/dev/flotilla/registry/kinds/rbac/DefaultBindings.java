package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/// To whom Kubernetes binds the roles it brings, and how both come back where they were cut down.
public final class DefaultBindings {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final String UPDATE = "rbac.authorization.kubernetes.io/autoupdate";

    private DefaultBindings() {}

    /// New trees at each call.
    public static List<ObjectNode> all() {
        var known = "system:authenticated";
        return List.of(
                bound("cluster-admin", "Group", "system:masters"),
                bound("system:basic-user", "Group", known),
                bound("system:discovery", "Group", known),
                bound("system:monitoring", "Group", "system:monitoring"),
                bound("system:node-proxier", "User", "system:kube-proxy"),
                bound("system:public-info-viewer", "Group", known, "system:unauthenticated"),
                bound(
                        "system:service-account-issuer-discovery",
                        "Group",
                        "system:serviceaccounts"));
    }

    /// What is there with all that must be there; empty if nothing is missing, or if it is marked
    /// as not to be changed.
    public static Optional<ObjectNode> restored(ObjectNode present, ObjectNode wanted) {
        if (Tree.text(present, "metadata", "annotations", UPDATE).equals("false")) {
            return Optional.empty();
        }
        var next = present.deepCopy();
        if (Tree.has(wanted, "aggregationRule")) {
            next.set("aggregationRule", wanted.path("aggregationRule"));
        }
        for (var list : List.of("rules", "subjects")) {
            for (var item : Tree.objects(wanted, list)) {
                if (Tree.objects(next, list).stream().noneMatch(p -> Tree.same(p, item))) {
                    next.withArray(list).add(item);
                }
            }
        }
        for (var marks : List.of("labels", "annotations")) {
            var given = Tree.child(Tree.child(next, "metadata"), marks);
            Tree.at(wanted, "metadata", marks).forEachEntry(given::set);
        }
        return Tree.same(present, next) ? Optional.empty() : Optional.of(next);
    }

    /// With the marks of what a cluster brings itself.
    static ObjectNode named(String name) {
        var object = Tree.empty();
        var metadata = object.putObject("metadata").put("name", name);
        metadata.putObject("labels").put("kubernetes.io/bootstrapping", "rbac-defaults");
        metadata.putObject("annotations").put(UPDATE, "true");
        return object;
    }

    private static ObjectNode bound(String role, String kind, String... names) {
        var binding = named(role);
        binding.putObject("roleRef")
                .put("apiGroup", GROUP)
                .put("kind", "ClusterRole")
                .put("name", role);
        var subjects = binding.putArray("subjects");
        for (var name : names) {
            subjects.addObject().put("apiGroup", GROUP).put("kind", kind).put("name", name);
        }
        return binding;
    }
}
