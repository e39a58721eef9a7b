package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Quantities;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules that the validation of many kinds shares, with Kubernetes' words for them.
public final class Checks {
    private static final String NEGATIVE = "must be greater than or equal to 0";
    private static final Pattern PORT_NAME = Pattern.compile("[-a-z0-9]+");
    private static final Set<String> COUNTED =
            Set.of(
                    "pods",
                    "services",
                    "replicationcontrollers",
                    "resourcequotas",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    private Checks() {}

    /// The text must be there and be one of `values`.
    public static void oneOf(
            JsonNode node, String name, List<String> values, String at, Problems problems) {
        var value = Tree.text(node, name);
        if (value.isEmpty()) {
            problems.required(at + "." + name, "");
        } else if (!values.contains(value)) {
            problems.unsupported(at + "." + name, value, values);
        }
    }

    /// The text, if it is there, must be one of `values`.
    public static void oneOfIfSet(
            JsonNode node, String name, List<String> values, String at, Problems problems) {
        if (Tree.has(node, name) && !values.contains(Tree.text(node, name))) {
            problems.unsupported(at + "." + name, Tree.text(node, name), values);
        }
    }

    /// As [#oneOf], with the values told in the order given.
    public static void oneOfInOrder(
            JsonNode node, String name, List<String> values, String at, Problems problems) {
        var value = Tree.text(node, name);
        if (value.isEmpty()) {
            problems.required(at + "." + name, "");
        } else if (!values.contains(value)) {
            problems.notOneOf(at + "." + name, value, values);
        }
    }

    /// An amount is not negative, and whole where it counts things.
    public static void quantity(String resource, JsonNode value, String field, Problems problems) {
        var amount = amount(value);
        if (amount.signum() < 0) {
            problems.invalid(field, value, NEGATIVE);
        }
        boolean counted =
                COUNTED.contains(resource)
                        || resource.startsWith("count/")
                        || ResourceNames.extended(resource);
        if (counted && amount.stripTrailingZeros().scale() > 0) {
            problems.invalid(field, value, "must be an integer");
        }
    }

    public static void positiveQuantity(JsonNode value, String field, Problems problems) {
        if (amount(value).signum() <= 0) {
            problems.invalid(field, value, "must be greater than zero");
        }
    }

    /// What a quantity in a tree amounts to; 0 for what is none.
    public static BigDecimal amount(JsonNode value) {
        return Quantities.parse(value.asString("")).orElse(BigDecimal.ZERO);
    }

    public static void subdomain(String value, String field, Problems problems) {
        refuse(Names.subdomain(value), value, field, problems);
    }

    public static void label(String value, String field, Problems problems) {
        refuse(Names.label(value), value, field, problems);
    }

    public static void underscored(String value, String field, Problems problems) {
        refuse(Names.underscored(value), value, field, problems);
    }

    public static void dataKey(String value, String field, Problems problems) {
        refuse(Names.dataKey(value), value, field, problems);
    }

    public static void labelValue(String value, String field, Problems problems) {
        refuse(Names.labelValue(value), value, field, problems);
    }

    public static void qualified(String value, String field, Problems problems) {
        refuse(Names.qualified(value), value, field, problems);
    }

    /// The number of a port, or the name of one.
    public static void port(JsonNode port, String field, Problems problems) {
        if (port.isString()) {
            portName(port.stringValue(), field, problems);
        } else {
            Ports.check(port.asLong(0), field, problems);
        }
    }

    /// Each rule that the name of a port breaks is told.
    public static void portName(String name, String field, Problems problems) {
        if (name.length() > 15) {
            problems.invalid(field, name, "must be no more than 15 characters");
        }
        if (!PORT_NAME.matcher(name).matches()) {
            problems.invalid(
                    field,
                    name,
                    "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (name.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            problems.invalid(field, name, "must contain at least one letter (a-z)");
        }
        if (name.contains("--")) {
            problems.invalid(field, name, "must not contain consecutive hyphens");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            problems.invalid(field, name, "must not begin or end with a hyphen");
        }
    }

    private static void refuse(List<String> why, String value, String field, Problems problems) {
        why.forEach(w -> problems.invalid(field, value, w));
    }
}
