package dev.flotilla.registry.table;

import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A service's row.
public final class ServiceCells {
    public static final List<Column> COLUMNS =
            List.of(
                    Column.NAME,
                    Column.text(
                            "Type", "How it is offered.", (o, _) -> Tree.text(o, "spec", "type")),
                    Column.text(
                            "Cluster-IP",
                            "Its address in the cluster.",
                            (o, _) -> orNone(Tree.text(o, "spec", "clusterIP"))),
                    Column.text("External-IP", "Its address outside.", (o, _) -> external(o)),
                    Column.text("Port(s)", "Its ports.", (o, _) -> ports(o)),
                    Column.AGE,
                    Column.wide("Selector", "What its pods are known by.", (o, _) -> selector(o)));

    private ServiceCells() {}

    private static String external(ObjectNode service) {
        var given = String.join(",", Tree.texts(service, "spec", "externalIPs"));
        return switch (Tree.text(service, "spec", "type")) {
            case "ExternalName" -> orNone(Tree.text(service, "spec", "externalName"));
            case "LoadBalancer" -> {
                var all = new ArrayList<String>();
                for (var i : Tree.objects(service, "status", "loadBalancer", "ingress")) {
                    var ip = Tree.text(i, "ip");
                    all.add(ip.isEmpty() ? Tree.text(i, "hostname") : ip);
                }
                all.addAll(Tree.texts(service, "spec", "externalIPs"));
                yield all.isEmpty() ? "<pending>" : String.join(",", all);
            }
            default -> orNone(given);
        };
    }

    private static String ports(ObjectNode service) {
        return orNone(
                Tree.objects(service, "spec", "ports").stream()
                        .map(ServiceCells::port)
                        .collect(Collectors.joining(",")));
    }

    private static String port(ObjectNode port) {
        long node = Tree.number(port, 0, "nodePort");
        return Tree.at(port, "port").asString("")
                + (node == 0 ? "" : ":" + node)
                + "/"
                + Tree.text(port, "protocol");
    }

    private static String selector(ObjectNode service) {
        var parts = new ArrayList<String>();
        Tree.fields(service, "spec", "selector")
                .forEach(l -> parts.add(l.getKey() + "=" + l.getValue().asString("")));
        parts.sort(null);
        return orNone(String.join(",", parts));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "<none>" : text;
    }
}
