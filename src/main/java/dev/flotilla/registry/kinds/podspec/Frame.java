package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// The spec around what is looked at.
///
/// @param at where the spec is, such as `spec.template.spec`
/// @param volumes those that are as they should be, by name
record Frame(JsonNode spec, String at, Map<String, ObjectNode> volumes, Problems problems) {
    boolean neverRestarts() {
        return Tree.text(spec, "restartPolicy").equals("Never");
    }

    /// Whether containers have the users of the node.
    boolean usersOfNode() {
        return !Tree.has(spec, "hostUsers") || Tree.isTrue(spec, "hostUsers");
    }

    long grace() {
        return Tree.number(spec, 0, "terminationGracePeriodSeconds");
    }

    /// The names of the claims that containers may refer to, in order.
    List<String> claims() {
        var names = new TreeSet<String>();
        Tree.objects(spec, "resourceClaims").forEach(c -> names.add(Tree.text(c, "name")));
        names.remove("");
        return List.copyOf(names);
    }
}
