package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.tree.Quantities;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/// What is asked for, and what is allowed at most.
public final class ResourceRules {
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> RESIZING = List.of("NotRequired", "RestartContainer");

    private ResourceRules() {}

    static void container(JsonNode resources, String at, Frame frame) {
        var problems = frame.problems();
        amounts(Tree.at(resources, "limits"), at + ".limits", problems);
        for (var request : Tree.fields(resources, "requests")) {
            amount(request.getKey(), request.getValue(), at + ".requests", problems);
            compared(request.getKey(), request.getValue(), resources, at, problems);
            pages(request.getKey(), request.getValue(), at + ".requests", problems);
        }
        if (asks(resources).anyMatch(ResourceNames::huge)
                && asks(resources).noneMatch(RESIZABLE::contains)) {
            problems.forbidden(at, "HugePages require cpu or memory");
        }
        ClaimRules.used(resources, at + ".claims", frame);
    }

    /// What a pod takes beside its containers; told of as if it were limits, as Kubernetes does.
    public static void overhead(JsonNode overhead, String at, Problems problems) {
        var fixed = Tree.at(overhead, "podFixed");
        amounts(fixed, at + ".limits", problems);
        var names = fixed.propertyNames();
        if (names.stream().anyMatch(ResourceNames::huge)
                && names.stream().noneMatch(RESIZABLE::contains)) {
            problems.forbidden(at, "HugePages require cpu or memory");
        }
    }

    private static Stream<String> asks(JsonNode resources) {
        return Stream.of("limits", "requests")
                .map(part -> Tree.at(resources, part))
                .flatMap(part -> part.propertyNames().stream());
    }

    /// Amounts by the names of what they are of.
    static void amounts(JsonNode amounts, String at, Problems problems) {
        for (var amount : Tree.fields(amounts)) {
            amount(amount.getKey(), amount.getValue(), at, problems);
            pages(amount.getKey(), amount.getValue(), at, problems);
        }
    }

    private static void amount(String name, JsonNode value, String at, Problems problems) {
        var field = at + "[" + name + "]";
        ResourceNames.container(name, field, problems);
        Checks.quantity(name, value, field, problems);
    }

    /// Huge pages come whole.
    private static void pages(String name, JsonNode value, String at, Problems problems) {
        if (!ResourceNames.huge(name)) {
            return;
        }
        var size = Quantities.parse(name.substring("hugepages-".length())).orElse(BigDecimal.ZERO);
        var amount = Checks.amount(value);
        boolean whole =
                size.signum() > 0 && amount.signum() > 0 && amount.remainder(size).signum() == 0;
        if (!whole) {
            problems.invalid(
                    at + "[" + name + "]",
                    value,
                    "%s is not positive integer multiple of %s"
                            .formatted(value.asString(""), name));
        }
    }

    /// A request is at most the limit; of what can't be shared, it is the limit.
    private static void compared(
            String name, JsonNode request, JsonNode resources, String at, Problems problems) {
        var limit = Tree.at(resources, "limits", name);
        boolean shared = ResourceNames.overcommitted(name);
        if (limit.isMissingNode()) {
            if (!shared) {
                problems.required(
                        at + ".limits", "Limit must be set for non overcommitable resources");
            }
            return;
        }
        int order = Checks.amount(request).compareTo(Checks.amount(limit));
        var most = "%s limit of %s".formatted(name, limit.asString(""));
        if (order != 0 && !shared) {
            problems.invalid(at + ".requests", request, "must be equal to " + most);
        } else if (order > 0) {
            problems.invalid(at + ".requests", request, "must be less than or equal to " + most);
        }
    }

    /// What becomes of a container when it is given more or less.
    static void resizing(ObjectNode c, String at, Frame frame) {
        var problems = frame.problems();
        var names = new HashSet<String>();
        int i = 0;
        for (var policy : Tree.objects(c, "resizePolicy")) {
            var name = Tree.text(policy, "resourceName");
            if (!names.add(name)) {
                problems.duplicate(at + "[" + i + "]", name);
            }
            oneOf(name, RESIZABLE, at, problems);
            var restart = Tree.text(policy, "restartPolicy");
            oneOf(restart, RESIZING, at, problems);
            if (frame.neverRestarts() && !restart.equals("NotRequired")) {
                problems.invalid(
                        at, restart, "must be 'NotRequired' when `restartPolicy` is 'Never'");
            }
            i++;
        }
    }

    private static void oneOf(String value, List<String> values, String at, Problems problems) {
        if (value.isEmpty()) {
            problems.required(at, "");
        } else if (!values.contains(value)) {
            problems.unsupported(at, value, values);
        }
    }

    /// What the pod as a whole asks for.
    static void pod(Frame frame) {
        var resources = Tree.at(frame.spec(), "resources");
        var at = frame.at() + ".resources";
        var problems = frame.problems();
        if (Tree.has(resources, "claims")) {
            problems.forbidden(at + ".claims", "claims cannot be set for Resources at pod-level");
        }
        for (var part : List.of("limits", "requests")) {
            for (var amount : Tree.fields(resources, part)) {
                var name = amount.getKey();
                var field = at + "." + part + "[" + name + "]";
                if (!RESIZABLE.contains(name) && !ResourceNames.huge(name)) {
                    problems.unsupported(field, name, RESIZABLE);
                }
                Checks.quantity(name, amount.getValue(), field, problems);
                if (part.equals("requests")) {
                    compared(name, amount.getValue(), resources, at, problems);
                }
            }
        }
        int i = 0;
        for (var c : Tree.objects(frame.spec(), "containers")) {
            within(c, resources, at + ".containers[" + i++ + "]", problems);
        }
    }

    private static void within(ObjectNode c, JsonNode resources, String at, Problems problems) {
        for (var limit : Tree.fields(c, "resources", "limits")) {
            var most = Tree.at(resources, "limits", limit.getKey());
            if (!most.isMissingNode()
                    && Checks.amount(limit.getValue()).compareTo(Checks.amount(most)) > 0) {
                problems.invalid(
                        at + "[" + limit.getKey() + "].limits",
                        limit.getValue(),
                        "must be less than or equal to pod limits of " + most.asString(""));
            }
        }
    }
}
