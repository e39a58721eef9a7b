package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/// What one limit of a LimitRange must not say: names of no resource, and bounds that leave no room
/// between them.
final class LimitRules {
    private static final List<String> PARTS =
            List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

    private final ObjectNode limit;
    private final String at;
    private final Problems problems;

    private LimitRules(ObjectNode limit, String at, Problems problems) {
        this.limit = limit;
        this.at = at;
        this.problems = problems;
    }

    static void check(ObjectNode limit, String type, String at, Problems problems) {
        new LimitRules(limit, at, problems).check(type);
    }

    private void check(String type) {
        var names = new LinkedHashSet<String>();
        for (var part : PARTS) {
            if (type.equals("Pod") && part.startsWith("default")) {
                if (!Tree.at(limit, part).isEmpty()) {
                    problems.forbidden(
                            at + "." + part, "may not be specified when `type` is 'Pod'");
                }
                continue;
            }
            for (var amount : Tree.fields(limit, part)) {
                name(type, part, amount.getKey());
                names.add(amount.getKey());
            }
        }
        if (type.equals("PersistentVolumeClaim")
                && !Tree.has(limit, "min", "storage")
                && !Tree.has(limit, "max", "storage")) {
            problems.required(
                    at + ".limits",
                    "either minimum or maximum storage value is required, but neither was"
                            + " provided");
        }
        names.forEach(this::bounds);
    }

    private void name(String type, String part, String name) {
        var field = at + "." + part + "[" + name + "]";
        if (type.equals("Pod") || type.equals("Container")) {
            ResourceNames.container(name, field, problems);
        } else {
            ResourceNames.any(name, field, problems);
        }
    }

    private void bounds(String name) {
        order(name, "min", "max", "min", "min", "min value %s is greater than max value %s");
        order(
                name,
                "min",
                "defaultRequest",
                "defaultRequest",
                "defaultRequest",
                "min value %s is greater than default request value %s");
        order(
                name,
                "defaultRequest",
                "max",
                "defaultRequest",
                "defaultRequest",
                "default request value %s is greater than max value %s");
        order(
                name,
                "defaultRequest",
                "default",
                "defaultRequest",
                "defaultRequest",
                "default request value %s is greater than default limit value %s");
        order(
                name,
                "min",
                "default",
                "default",
                "min",
                "min value %s is greater than default value %s");
        order(
                name,
                "default",
                "max",
                "default",
                "max",
                "default value %s is greater than max value %s");
        ratio(name);
        var given = value("default", name);
        var request = value("defaultRequest", name);
        if (!ResourceNames.overcommitted(name)
                && given != null
                && request != null
                && compare(given, request) != 0) {
            problems.invalid(
                    field("defaultRequest", name),
                    request,
                    "default value %s must equal to defaultRequest value %s in %s"
                            .formatted(given.asString(""), request.asString(""), name));
        }
    }

    /// @param where the field that is wrong if `low` is above `high`
    /// @param told the part whose value is told
    private void order(
            String name, String low, String high, String where, String told, String why) {
        var a = value(low, name);
        var b = value(high, name);
        var bad = value(told, name);
        if (a != null && b != null && bad != null && compare(a, b) > 0) {
            problems.invalid(
                    field(where, name), bad, why.formatted(a.asString(""), b.asString("")));
        }
    }

    private void ratio(String name) {
        var ratio = value("maxLimitRequestRatio", name);
        if (ratio == null) {
            return;
        }
        var field = field("maxLimitRequestRatio", name);
        if (Checks.amount(ratio).compareTo(BigDecimal.ONE) < 0) {
            problems.invalid(field, ratio, "ratio %s is less than 1".formatted(ratio.asString("")));
        }
        var min = value("min", name);
        var max = value("max", name);
        if (min != null && max != null && Checks.amount(min).signum() > 0) {
            var most = Checks.amount(max).divide(Checks.amount(min), MathContext.DECIMAL64);
            if (Checks.amount(ratio).compareTo(most) > 0) {
                problems.invalid(
                        field,
                        ratio,
                        String.format(
                                Locale.ROOT,
                                "ratio %s is greater than max/min = %f",
                                ratio.asString(""),
                                most));
            }
        }
    }

    private @Nullable JsonNode value(String part, String name) {
        var value = Tree.at(limit, part, name);
        return value.isMissingNode() ? null : value;
    }

    private String field(String part, String name) {
        return at + "." + part + "[" + name + "]";
    }

    private static int compare(JsonNode a, JsonNode b) {
        return Checks.amount(a).compareTo(Checks.amount(b));
    }
}
