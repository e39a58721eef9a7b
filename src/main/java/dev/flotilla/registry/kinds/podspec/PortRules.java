package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Ports;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;

/// The ports of containers.
final class PortRules {
    private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

    private PortRules() {}

    static void check(ObjectNode c, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var port : Tree.objects(c, "ports")) {
            var field = at + "[" + i++ + "]";
            var name = Tree.text(port, "name");
            if (!name.isEmpty()) {
                int before = problems.all().size();
                Checks.portName(name, field + ".name", problems);
                if (problems.all().size() == before && !names.add(name)) {
                    problems.duplicate(field + ".name", name);
                }
            }
            long number = Tree.number(port, 0, "containerPort");
            if (number == 0) {
                problems.required(field + ".containerPort", "");
            } else {
                Ports.check(number, field + ".containerPort", problems);
            }
            long host = Tree.number(port, 0, "hostPort");
            if (host != 0) {
                Ports.check(host, field + ".hostPort", problems);
            }
            Checks.oneOf(port, "protocol", PROTOCOLS, field, problems);
        }
    }

    /// That no two containers want the same port of the node.
    static void conflicts(List<ObjectNode> containers, String at, Problems problems) {
        var taken = new HashSet<String>();
        int i = 0;
        for (var c : containers) {
            int n = 0;
            for (var port : Tree.objects(c, "ports")) {
                var field = "%s[%d].ports[%d].hostPort".formatted(at, i, n++);
                long host = Tree.number(port, 0, "hostPort");
                var all =
                        "%s/%s/%d"
                                .formatted(
                                        Tree.text(port, "protocol"),
                                        Tree.text(port, "hostIP"),
                                        host);
                if (host != 0 && !taken.add(all)) {
                    problems.duplicate(field, all);
                }
            }
            i++;
        }
    }
}
