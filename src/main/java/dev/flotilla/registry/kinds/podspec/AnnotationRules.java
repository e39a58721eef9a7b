package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.Locale;
import java.util.regex.Pattern;

/// The annotations of pods that mean something.
public final class AnnotationRules {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,9})");

    private AnnotationRules() {}

    /// @param holder of `metadata`: a pod, or a template of pods
    /// @param at what comes before `annotations`: `metadata`, or where the template is
    public static void check(JsonNode holder, String at, JsonNode spec, Problems problems) {
        var annotations = Tree.at(holder, "metadata", "annotations");
        if (!at.equals("metadata")) {
            for (var annotation : Tree.fields(annotations)) {
                var key = annotation.getKey();
                Names.qualified(key.toLowerCase(Locale.ROOT))
                        .forEach(why -> problems.invalid(at + ".annotations", key, why));
            }
        }
        if (annotations.has(MIRROR) && Tree.text(spec, "nodeName").isEmpty()) {
            problems.invalid(
                    at + ".annotations[" + MIRROR + "]",
                    Tree.text(annotations, MIRROR),
                    "must set spec.nodeName if mirror pod annotation is set");
        }
        if (annotations.has(COST) && !isInt(Tree.text(annotations, COST))) {
            problems.invalid(
                    at + ".annotations[" + COST + "]",
                    Tree.text(annotations, COST),
                    "must be a 32bit integer");
        }
    }

    private static boolean isInt(String text) {
        return NUMBER.matcher(text).matches() && Long.parseLong(text) == (int) Long.parseLong(text);
    }
}
