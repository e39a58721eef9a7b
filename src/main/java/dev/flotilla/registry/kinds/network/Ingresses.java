package dev.flotilla.registry.kinds.network;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.networking.v1.Ingress;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.TreeSet;

final class Ingresses implements Kind {
    private static final ResourceType TYPE =
            Types.of("networking.k8s.io/v1", "ingresses", Ingress.class)
                    .shortNames("ing")
                    .status()
                    .build();
    private static final int SHOWN = 3;

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
        object.putObject("status").putObject("loadBalancer");
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        IngressRules.check(object, problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        IngressRules.checkNew(object, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        int i = 0;
        for (var way : Tree.objects(after, "status", "loadBalancer", "ingress")) {
            var at = "status.loadBalancer.ingress[" + i++ + "]";
            var ip = Tree.text(way, "ip");
            if (!ip.isEmpty()) {
                Addresses.checkIp(ip, at + ".ip", problems);
            }
            BalancerRules.host(Tree.text(way, "hostname"), at + ".hostname", problems);
        }
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Class", "Who serves it.", (o, _) -> className(o)),
                Column.text("Hosts", "The hosts it answers for.", (o, _) -> hosts(o)),
                Column.text("Address", "Where it is reached.", (o, _) -> address(o)),
                Column.text(
                        "Ports",
                        "Where it is listened.",
                        (o, _) -> Tree.at(o, "spec", "tls").isEmpty() ? "80" : "80, 443"),
                Column.AGE);
    }

    private static String className(ObjectNode object) {
        return Tree.has(object, "spec", "ingressClassName")
                ? Tree.text(object, "spec", "ingressClassName")
                : "<none>";
    }

    private static String hosts(ObjectNode object) {
        var all =
                Tree.objects(object, "spec", "rules").stream()
                        .map(r -> Tree.text(r, "host"))
                        .filter(h -> !h.isEmpty())
                        .toList();
        var shown = String.join(",", all.subList(0, Math.min(SHOWN, all.size())));
        if (all.size() > SHOWN) {
            return shown + " + " + (all.size() - SHOWN) + " more...";
        }
        return all.isEmpty() ? "*" : shown;
    }

    private static String address(ObjectNode object) {
        var all = new TreeSet<String>();
        for (var i : Tree.objects(object, "status", "loadBalancer", "ingress")) {
            var ip = Tree.text(i, "ip");
            var name = ip.isEmpty() ? Tree.text(i, "hostname") : ip;
            if (!name.isEmpty()) {
                all.add(name);
            }
        }
        return String.join(",", all);
    }
}
