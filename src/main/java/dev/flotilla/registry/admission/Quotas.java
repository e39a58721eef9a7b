package dev.flotilla.registry.admission;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.tree.Amount;
import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a namespace may use at most. What a write uses more or less is charged to each quota that
/// is for it; the registry writes the charge together with the object, so `status.used` is never
/// behind and never counts what did not happen.
public final class Quotas {
    private static final Set<String> TO_BE_SAID =
            Set.of(
                    "cpu",
                    "memory",
                    "requests.cpu",
                    "requests.memory",
                    "limits.cpu",
                    "limits.memory");

    private Quotas() {}

    /// The quota as it is after a change.
    ///
    /// @param before null for a new object
    /// @param after null for one that goes
    /// @return empty if the change does not concern it
    /// @throws ApiFailure 403 if it allows less
    public static Optional<ObjectNode> charged(
            ObjectNode quota,
            ResourceType type,
            @Nullable ObjectNode before,
            @Nullable ObjectNode after) {
        var hard = amounts(quota, "hard");
        if (!Usage.concerns(type, hard.keySet())) {
            return Optional.empty();
        }
        var was = used(quota, type, before, hard.keySet());
        var is = used(quota, type, after, hard.keySet());
        if (before == null && after != null) {
            demandSaid(quota, type, after, hard.keySet());
        }
        var more = new TreeMap<String, Amount>();
        var less = new TreeMap<String, Amount>();
        for (var name : hard.keySet()) {
            var change =
                    is.getOrDefault(name, Amount.NONE).minus(was.getOrDefault(name, Amount.NONE));
            if (change.value().signum() > 0) {
                more.put(name, change);
            } else if (change.value().signum() < 0) {
                less.put(name, change);
            }
        }
        if (more.isEmpty() && less.isEmpty()) {
            return Optional.empty();
        }
        var used = new TreeMap<>(amounts(quota, "used"));
        demandRoom(quota, type, after, more, used, hard);
        more.forEach((name, by) -> used.merge(name, by, Amount::plus));
        less.forEach((name, by) -> used.merge(name, by, (a, b) -> atLeastNone(a.plus(b))));
        return Optional.of(with(quota, used));
    }

    /// The quota with its limits as wanted and all that `objects` use counted anew.
    public static ObjectNode counted(ObjectNode quota, Stream<Counted> objects) {
        var copy = quota.deepCopy();
        Tree.child(copy, "status").remove("used");
        Tree.child(copy, "status").set("hard", Tree.copy(quota, "spec", "hard"));
        var hard = amounts(copy, "hard");
        var used = new TreeMap<String, Amount>();
        hard.keySet().forEach(name -> used.put(name, Amount.NONE));
        objects.forEach(
                o ->
                        used(copy, o.type(), o.object(), hard.keySet())
                                .forEach((n, by) -> used.merge(n, by, Amount::plus)));
        return with(copy, used);
    }

    /// Whether objects of the type have to be looked at to count anew.
    public static boolean concerns(ObjectNode quota, ResourceType type) {
        var names = new TreeSet<String>();
        Tree.fields(quota, "spec", "hard").forEach(h -> names.add(h.getKey()));
        return Usage.concerns(type, names);
    }

    /// An object and its type.
    public record Counted(ResourceType type, ObjectNode object) {}

    private static Map<String, Amount> used(
            ObjectNode quota, ResourceType type, @Nullable ObjectNode object, Set<String> names) {
        var pod = type.group().isEmpty() && type.plural().equals("pods");
        if (object == null || !QuotaScope.covers(quota, pod, object)) {
            return Map.of();
        }
        var use = Usage.of(type, object);
        use.keySet().retainAll(names);
        return use;
    }

    private static void demandRoom(
            ObjectNode quota,
            ResourceType type,
            @Nullable ObjectNode after,
            Map<String, Amount> more,
            Map<String, Amount> used,
            Map<String, Amount> hard) {
        var beyond = new TreeMap<String, Amount>();
        more.forEach(
                (name, by) -> {
                    var sum = used.getOrDefault(name, Amount.NONE).plus(by);
                    if (sum.compareTo(hard.getOrDefault(name, Amount.NONE)) > 0) {
                        beyond.put(name, by);
                    }
                });
        if (beyond.isEmpty() || after == null) {
            return;
        }
        throw forbidden(
                type,
                after,
                "exceeded quota: %s, requested: %s, used: %s, limited: %s"
                        .formatted(
                                Tree.text(quota, "metadata", "name"),
                                line(beyond.keySet(), more),
                                line(beyond.keySet(), used),
                                line(beyond.keySet(), hard)));
    }

    /// Where cpu or memory is limited, each container has to say what it asks for.
    private static void demandSaid(
            ObjectNode quota, ResourceType type, ObjectNode pod, Set<String> limited) {
        var needed = new TreeSet<>(limited);
        needed.retainAll(TO_BE_SAID);
        boolean isPod = type.group().isEmpty() && type.plural().equals("pods");
        if (needed.isEmpty() || !isPod || !QuotaScope.covers(quota, true, pod)) {
            return;
        }
        var missing = new TreeMap<String, Set<String>>();
        for (var list : new String[] {"containers", "initContainers"}) {
            for (var c : Tree.objects(pod, "spec", list)) {
                var without = new TreeSet<>(needed);
                without.removeAll(Usage.given(c));
                for (var name : without) {
                    missing.computeIfAbsent(name, _ -> new TreeSet<>()).add(Tree.text(c, "name"));
                }
            }
        }
        if (!missing.isEmpty()) {
            throw forbidden(
                    type,
                    pod,
                    "failed quota: %s: must specify %s"
                            .formatted(
                                    Tree.text(quota, "metadata", "name"),
                                    missing.entrySet().stream()
                                            .map(
                                                    m ->
                                                            m.getKey()
                                                                    + " for: "
                                                                    + String.join(
                                                                            ",", m.getValue()))
                                            .collect(Collectors.joining("; "))));
        }
    }

    private static ApiFailure forbidden(ResourceType type, ObjectNode object, String why) {
        return ApiFailure.forbidden(type, Tree.text(object, "metadata", "name"), why);
    }

    private static String line(Set<String> names, Map<String, Amount> amounts) {
        return names.stream()
                .map(n -> n + "=" + amounts.getOrDefault(n, Amount.NONE))
                .collect(Collectors.joining(","));
    }

    private static ObjectNode with(ObjectNode quota, Map<String, Amount> used) {
        var copy = quota.deepCopy();
        var list = Tree.child(copy, "status").putObject("used");
        used.forEach((name, amount) -> list.put(name, amount.toString()));
        return copy;
    }

    private static Map<String, Amount> amounts(ObjectNode quota, String part) {
        return Bounds.amounts(Tree.at(quota, "status", part));
    }

    private static Amount atLeastNone(Amount amount) {
        return amount.value().signum() < 0 ? Amount.NONE : amount;
    }
}
