package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;

/// A selector object, or the plain labels of an older one, as one line of text.
public final class Selectors {
    private Selectors() {}

    /// Such as `app=web,tier in (a,b),!old`; `<none>` for an empty one.
    public static String text(JsonNode selector) {
        var line = line(selector);
        return line.isEmpty() ? "<none>" : line;
    }

    /// Labels that are all asked for, such as `app=web,tier=a`; `<none>` for none.
    public static String labels(JsonNode labels) {
        var parts = new ArrayList<String>();
        Tree.fields(labels).forEach(l -> parts.add(l.getKey() + "=" + l.getValue().asString("")));
        parts.sort(null);
        return parts.isEmpty() ? "<none>" : String.join(",", parts);
    }

    /// As [#text], but empty for an empty one.
    public static String line(JsonNode selector) {
        var parts = new ArrayList<String>();
        if (!selector.has("matchExpressions")) {
            Tree.fields(selector)
                    .forEach(
                            l -> {
                                if (l.getValue().isString()) {
                                    parts.add(l.getKey() + "=" + l.getValue().stringValue());
                                }
                            });
        }
        Tree.fields(selector, "matchLabels")
                .forEach(l -> parts.add(l.getKey() + "=" + l.getValue().asString("")));
        parts.sort(null);
        for (var e : Tree.objects(selector, "matchExpressions")) {
            var key = Tree.text(e, "key");
            var values = "(" + String.join(",", Tree.texts(e, "values")) + ")";
            parts.add(
                    switch (Tree.text(e, "operator")) {
                        case "In" -> key + " in " + values;
                        case "NotIn" -> key + " notin " + values;
                        case "DoesNotExist" -> "!" + key;
                        default -> key;
                    });
        }
        return String.join(",", parts);
    }
}
