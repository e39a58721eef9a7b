package dev.flotilla.registry.kinds.limits;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.ResourceNames;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.ResourceQuota;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

final class ResourceQuotas implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "resourcequotas", ResourceQuota.class)
                    .shortNames("quota")
                    .status()
                    .build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        amounts(object, "spec", "hard", problems);
        QuotaScopes.check(Tree.at(object, "spec"), problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        amounts(after, "status", "hard", problems);
        amounts(after, "status", "used", problems);
    }

    private static void amounts(ObjectNode object, String part, String name, Problems problems) {
        for (var amount : Tree.fields(object, part, name)) {
            var field = part + "." + name + "[" + amount.getKey() + "]";
            ResourceNames.quota(amount.getKey(), field, problems);
            Checks.quantity(amount.getKey(), amount.getValue(), field, problems);
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        var was = new TreeSet<>(Tree.texts(before, "spec", "scopes"));
        var is = new TreeSet<>(Tree.texts(after, "spec", "scopes"));
        if (!was.equals(is)) {
            var scopes = Tree.at(after, "spec", "scopes");
            problems.invalid("spec.scopes", scopes, "field is immutable");
        }
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Request",
                        "What is used of what may be asked for.",
                        (o, _) -> used(o, n -> !n.startsWith("limits."))),
                Column.text(
                        "Limit",
                        "What is used of what may be allowed.",
                        (o, _) -> used(o, n -> n.startsWith("limits."))),
                Column.AGE);
    }

    private static String used(ObjectNode object, Predicate<String> which) {
        var hard = new TreeMap<String, String>();
        Tree.fields(object, "status", "hard")
                .forEach(h -> hard.put(h.getKey(), h.getValue().asString("")));
        return hard.entrySet().stream()
                .filter(h -> which.test(h.getKey()))
                .map(h -> h.getKey() + ": " + used(object, h.getKey()) + "/" + h.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String used(ObjectNode object, String name) {
        var used = Tree.text(object, "status", "used", name);
        return used.isEmpty() ? "0" : used;
    }
}
