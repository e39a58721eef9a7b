package dev.flotilla.registry.admission;

import dev.flotilla.registry.tree.Amount;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Holds what is asked for against the bounds of one LimitRange, and gathers what is out of them.
final class Bounds {
    private final List<String> all = new ArrayList<>();

    /// @return what was found, in one sentence
    Optional<String> told() {
        return switch (all.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(all.getFirst());
            default -> Optional.of("[" + String.join(", ", all) + "]");
        };
    }

    void pod(ObjectNode limit, ObjectNode spec) {
        switch (Tree.text(limit, "type")) {
            case "Container" -> {
                Tree.objects(spec, "containers").forEach(c -> container(limit, c));
                Tree.objects(spec, "initContainers").forEach(c -> container(limit, c));
            }
            case "Pod" ->
                    each(
                            limit,
                            "Pod",
                            PodAmounts.of(spec, "requests"),
                            PodAmounts.of(spec, "limits"));
            case String other -> {
                // It bounds something else.
            }
        }
    }

    private void container(ObjectNode limit, ObjectNode container) {
        each(
                limit,
                "Container",
                amounts(Tree.at(container, "resources", "requests")),
                amounts(Tree.at(container, "resources", "limits")));
    }

    void claim(ObjectNode limit, JsonNode requests) {
        var type = "PersistentVolumeClaim";
        var asked = amounts(requests);
        amounts(Tree.at(limit, "min"))
                .forEach((name, least) -> least(type, name, least, asked.get(name), null));
        amounts(Tree.at(limit, "max"))
                .forEach(
                        (name, most) -> {
                            var request = asked.get(name);
                            if (request == null) {
                                unspecified("maximum", name, type, most, "request");
                            } else if (request.compareTo(most) > 0) {
                                beyond("maximum", name, type, most, "request", request);
                            }
                        });
    }

    private void each(
            ObjectNode limit,
            String type,
            Map<String, Amount> requests,
            Map<String, Amount> limits) {
        amounts(Tree.at(limit, "min"))
                .forEach((n, least) -> least(type, n, least, requests.get(n), limits.get(n)));
        amounts(Tree.at(limit, "max"))
                .forEach((n, most) -> most(type, n, most, requests.get(n), limits.get(n)));
        amounts(Tree.at(limit, "maxLimitRequestRatio"))
                .forEach((n, ratio) -> ratio(type, n, ratio, requests.get(n), limits.get(n)));
    }

    private void least(
            String type,
            String name,
            Amount least,
            @Nullable Amount request,
            @Nullable Amount limit) {
        if (request == null) {
            unspecified("minimum", name, type, least, "request");
        } else if (request.compareTo(least) < 0) {
            beyond("minimum", name, type, least, "request", request);
        } else if (limit != null && limit.compareTo(least) < 0) {
            beyond("minimum", name, type, least, "limit", limit);
        }
    }

    private void most(
            String type,
            String name,
            Amount most,
            @Nullable Amount request,
            @Nullable Amount limit) {
        if (limit == null) {
            unspecified("maximum", name, type, most, "limit");
        } else if (limit.compareTo(most) > 0) {
            beyond("maximum", name, type, most, "limit", limit);
        } else if (request != null && request.compareTo(most) > 0) {
            beyond("maximum", name, type, most, "request", request);
        }
    }

    private void ratio(
            String type,
            String name,
            Amount ratio,
            @Nullable Amount request,
            @Nullable Amount limit) {
        var head = "%s max limit to request ratio per %s is %s, but ".formatted(name, type, ratio);
        if (request == null || request.isNone()) {
            all.add(head + "no request is specified or request is 0");
        } else if (limit == null || limit.isNone()) {
            all.add(head + "no limit is specified or limit is 0");
        } else {
            var is = limit.value().divide(request.value(), MathContext.DECIMAL64);
            if (is.compareTo(ratio.value()) > 0) {
                all.add(head + String.format(Locale.ROOT, "provided ratio is %f", is));
            }
        }
    }

    private void unspecified(String bound, String name, String type, Amount is, String what) {
        all.add(
                "%s %s usage per %s is %s.  No %s is specified"
                        .formatted(bound, name, type, is, what));
    }

    private void beyond(
            String bound, String name, String type, Amount is, String what, Amount value) {
        all.add(
                "%s %s usage per %s is %s, but %s is %s"
                        .formatted(bound, name, type, is, what, value));
    }

    static Map<String, Amount> amounts(JsonNode list) {
        var amounts = new TreeMap<String, Amount>();
        for (var a : Tree.fields(list)) {
            Amount.parse(a.getValue().asString("")).ifPresent(v -> amounts.put(a.getKey(), v));
        }
        return amounts;
    }
}
