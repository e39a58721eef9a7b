package dev.flotilla.server.auth;

import dev.flotilla.server.call.Asked;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What a rule of a role allows, and whether it holds another one.
final class Grants {
    private static final String ALL = "*";

    private Grants() {}

    static boolean allows(JsonNode rule, Asked asked) {
        if (!has(rule, "verbs", asked.verb())) {
            return false;
        }
        if (!asked.ofObjects()) {
            return texts(rule, "nonResourceURLs").anyMatch(p -> reaches(p, asked.path()));
        }
        var part = asked.subresource();
        var kind = part.isEmpty() ? asked.resource() : asked.resource() + "/" + part;
        return has(rule, "apiGroups", asked.group())
                && texts(rule, "resources").anyMatch(r -> isFor(r, kind))
                && (rule.path("resourceNames").isEmpty()
                        || texts(rule, "resourceNames").anyMatch(asked.name()::equals));
    }

    /// Whether all that a rule without lists allows, one of these allows too.
    ///
    /// @param simple of [#parts]
    static boolean cover(List<JsonNode> held, JsonNode simple) {
        return held.stream().anyMatch(h -> covers(h, simple));
    }

    private static boolean covers(JsonNode held, JsonNode simple) {
        return texts(simple, "verbs").allMatch(v -> has(held, "verbs", v))
                && texts(simple, "apiGroups").allMatch(g -> has(held, "apiGroups", g))
                && texts(simple, "resources")
                        .allMatch(r -> texts(held, "resources").anyMatch(h -> isFor(h, r)))
                && texts(simple, "nonResourceURLs")
                        .allMatch(p -> texts(held, "nonResourceURLs").anyMatch(h -> reaches(h, p)))
                && coversNames(held, simple);
    }

    private static boolean coversNames(JsonNode held, JsonNode simple) {
        var few = held.path("resourceNames");
        return few.isEmpty()
                || (!simple.path("resourceNames").isEmpty()
                        && texts(simple, "resourceNames")
                                .allMatch(n -> texts(held, "resourceNames").anyMatch(n::equals)));
    }

    /// A rule as many, each about one thing.
    static List<ObjectNode> parts(JsonNode rule) {
        var parts = new ArrayList<ObjectNode>();
        for (var verb : texts(rule, "verbs").toList()) {
            for (var path : texts(rule, "nonResourceURLs").toList()) {
                parts.add(with(verb, "nonResourceURLs", path));
            }
            for (var group : texts(rule, "apiGroups").toList()) {
                for (var kind : texts(rule, "resources").toList()) {
                    var part = with(verb, "apiGroups", group);
                    part.putArray("resources").add(kind);
                    if (rule.path("resourceNames").isEmpty()) {
                        parts.add(part);
                    }
                    for (var name : texts(rule, "resourceNames").toList()) {
                        var one = part.deepCopy();
                        one.putArray("resourceNames").add(name);
                        parts.add(one);
                    }
                }
            }
        }
        return parts;
    }

    private static ObjectNode with(String verb, String field, String value) {
        var part = JsonMapper.shared().createObjectNode();
        part.putArray("verbs").add(verb);
        part.putArray(field).add(value);
        return part;
    }

    private static boolean isFor(String held, String kind) {
        int slash = kind.indexOf('/');
        return held.equals(ALL)
                || held.equals(kind)
                || (slash >= 0 && held.equals(ALL + kind.substring(slash)));
    }

    private static boolean reaches(String pattern, String path) {
        return pattern.endsWith(ALL)
                ? path.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(path);
    }

    private static boolean has(JsonNode rule, String list, String wanted) {
        return texts(rule, list).anyMatch(t -> t.equals(ALL) || t.equals(wanted));
    }

    static Stream<String> texts(JsonNode tree, String list) {
        return tree.path(list).valueStream().map(t -> t.asString(""));
    }
}
