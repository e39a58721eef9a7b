package dev.flotilla.registry.kinds.flotilla;

import dev.flotilla.model.Machine;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

final class Machines implements Kind {
    private static final ResourceType TYPE =
            Types.of("flotilla.dev/v1alpha1", "machines", Machine.class)
                    .clusterScoped()
                    .status()
                    .build();
    private static final List<String> WAYS = List.of("ssh", "local", "simulated");

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        object.putObject("status").put("phase", "Pending");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        long ways = WAYS.stream().filter(w -> Tree.has(object, "spec", w)).count();
        if (ways != 1) {
            problems.required("spec", "exactly one of `ssh`, `local` and `simulated`");
        }
        if (!Tree.has(object, "spec", "ssh")) {
            return;
        }
        if (Tree.text(object, "spec", "ssh", "host").isBlank()) {
            problems.required("spec.ssh.host", "");
        }
        Ports.check(Tree.number(object, 22, "spec", "ssh", "port"), "spec.ssh.port", problems);
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of("status.phase", o -> Tree.text(o, "status", "phase"));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text(
                        "Phase",
                        "How far it has come on its way to a Node.",
                        (o, _) -> Tree.text(o, "status", "phase")),
                Column.text("Address", "How it is reached.", (o, _) -> address(o)),
                Column.text(
                        "Node",
                        "The Node it became.",
                        (o, _) -> Tree.text(o, "status", "nodeName")),
                Column.text("Message", "What it is at, or what failed.", (o, _) -> message(o)),
                Column.AGE);
    }

    private static String message(ObjectNode machine) {
        var message = Tree.text(machine, "status", "message");
        return message.isEmpty() ? Tree.text(machine, "status", "step") : message;
    }

    private static String address(ObjectNode machine) {
        if (Tree.has(machine, "spec", "local")) {
            return "this computer";
        }
        if (Tree.has(machine, "spec", "simulated")) {
            return "simulated";
        }
        var host = Tree.text(machine, "spec", "ssh", "host");
        long port = Tree.number(machine, 22, "spec", "ssh", "port");
        return port == 22 ? host : host + ":" + port;
    }
}
