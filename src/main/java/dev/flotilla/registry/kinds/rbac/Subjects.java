package dev.flotilla.registry.kinds.rbac;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Who is bound, and to which role: the same for both kinds of bindings.
final class Subjects {
    private static final String GROUP = "rbac.authorization.k8s.io";
    private static final List<String> KINDS = List.of("ServiceAccount", "User", "Group");

    static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text("Role", "What its subjects may do.", (o, _) -> role(o)),
                    Column.AGE,
                    Column.wide(
                            "Users",
                            "Users that have the role.",
                            (o, _) -> named(o, "User", Subjects::name)),
                    Column.wide(
                            "Groups",
                            "Groups that have the role.",
                            (o, _) -> named(o, "Group", Subjects::name)),
                    Column.wide(
                            "ServiceAccounts",
                            "Accounts of pods that have the role.",
                            (o, _) -> named(o, "ServiceAccount", Subjects::inNamespace)));

    private Subjects() {}

    static void defaults(ObjectNode binding) {
        var role = Tree.at(binding, "roleRef");
        if (role instanceof ObjectNode ref && Tree.text(ref, "apiGroup").isEmpty()) {
            ref.put("apiGroup", GROUP);
        }
        for (var subject : Tree.objects(binding, "subjects")) {
            var kind = Tree.text(subject, "kind");
            boolean person = kind.equals("User") || kind.equals("Group");
            if (person && Tree.text(subject, "apiGroup").isEmpty()) {
                subject.put("apiGroup", GROUP);
            }
        }
    }

    /// @param kinds of roles that may be bound
    static void check(ObjectNode binding, List<String> kinds, Problems problems) {
        var role = Tree.at(binding, "roleRef");
        if (!Tree.text(role, "apiGroup").equals(GROUP)) {
            problems.unsupported("roleRef.apiGroup", Tree.text(role, "apiGroup"), List.of(GROUP));
        }
        if (!kinds.contains(Tree.text(role, "kind"))) {
            problems.notOneOf("roleRef.kind", Tree.text(role, "kind"), kinds);
        }
        var name = name(role);
        if (name.isEmpty()) {
            problems.required("roleRef.name", "");
        }
        Names.segment(name).forEach(why -> problems.invalid("roleRef.name", name, why));
        boolean everywhere = !kinds.contains("Role");
        int i = 0;
        for (var subject : Tree.objects(binding, "subjects")) {
            subject(subject, everywhere, "subjects[" + i++ + "]", problems);
        }
    }

    static void sameRole(ObjectNode before, ObjectNode after, Problems problems) {
        var is = Tree.at(after, "roleRef");
        if (!Tree.same(Tree.at(before, "roleRef"), is)) {
            problems.invalid("roleRef", is, "cannot change roleRef");
        }
    }

    private static void subject(
            ObjectNode subject, boolean everywhere, String at, Problems problems) {
        var name = name(subject);
        if (name.isEmpty()) {
            problems.required(at + ".name", "");
        }
        var group = Tree.text(subject, "apiGroup");
        switch (Tree.text(subject, "kind")) {
            case "ServiceAccount" -> {
                if (!name.isEmpty()) {
                    Names.subdomain(name).forEach(why -> problems.invalid(at + ".name", name, why));
                }
                if (!group.isEmpty()) {
                    problems.unsupported(at + ".apiGroup", group, List.of(""));
                }
                if (everywhere && Tree.text(subject, "namespace").isEmpty()) {
                    problems.required(at + ".namespace", "");
                }
            }
            case "User", "Group" -> {
                if (!group.equals(GROUP)) {
                    problems.unsupported(at + ".apiGroup", group, List.of(GROUP));
                }
            }
            default -> problems.notOneOf(at + ".kind", Tree.text(subject, "kind"), KINDS);
        }
    }

    private static String role(ObjectNode binding) {
        return Tree.text(binding, "roleRef", "kind") + "/" + name(Tree.at(binding, "roleRef"));
    }

    private static String named(
            ObjectNode binding, String kind, Function<JsonNode, String> called) {
        return Tree.objects(binding, "subjects").stream()
                .filter(s -> Tree.text(s, "kind").equals(kind))
                .map(called)
                .collect(Collectors.joining(", "));
    }

    private static String name(JsonNode subject) {
        return Tree.text(subject, "name");
    }

    private static String inNamespace(JsonNode account) {
        return Tree.text(account, "namespace") + "/" + name(account);
    }
}
