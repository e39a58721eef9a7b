package dev.flotilla.registry.admission;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.kind.ServiceShape;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Service;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Gives each port of a service that is open on every node its number there: the one it asks for,
/// or a free one. The claim is `nodeports/NUMBER`; within one service, the same number may serve
/// several protocols of the same port.
final class NodePorts implements Step {
    private static final int FIRST = 30_000;
    private static final int COUNT = 2_768;

    /// The lower ones are left to those who ask for a number: a thirty-second, as in Kubernetes.
    private static final int BAND = COUNT / 32;

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.of(Service.class)) {
            return;
        }
        var spec = attempt.spec();
        var before = attempt.before();
        var was = before == null ? null : Tree.child(before, "spec");
        var held = new HashSet<Long>();
        if (was != null) {
            held.addAll(ServiceShape.nodePorts(was));
        }
        if (ServiceShape.needsPorts(spec)) {
            keep(spec, was);
            number(attempt, spec, held, around);
        }
        if (ServiceShape.needsHealthPort(spec)) {
            health(attempt, spec, was, held, around);
        }
    }

    /// A port that is there already keeps its number, even if a writer leaves it out.
    private static void keep(ObjectNode spec, @Nullable ObjectNode was) {
        if (was == null || !ServiceShape.needsPorts(was)) {
            return;
        }
        var given = new HashSet<>(ServiceShape.nodePorts(spec));
        var old = new HashMap<String, Long>();
        for (var port : Tree.objects(was, "ports")) {
            old.put(key(port), Tree.number(port, 0, "nodePort"));
        }
        for (var port : Tree.objects(spec, "ports")) {
            long number = old.getOrDefault(key(port), 0L);
            if (Tree.number(port, 0, "nodePort") == 0 && number != 0 && given.add(number)) {
                port.put("nodePort", (int) number);
            }
        }
    }

    private static void number(
            Attempt attempt, ObjectNode spec, Set<Long> held, Surroundings around) {
        var ports = Tree.objects(spec, "ports");
        boolean allocates = ServiceShape.allocatesPorts(spec);
        var byPort = new HashMap<Long, Long>();
        for (int i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            long asked = Tree.number(port, 0, "nodePort");
            if (asked != 0) {
                if (!held.contains(asked)) {
                    demand(attempt, asked, "spec.ports[" + i + "].nodePort", around);
                }
                byPort.putIfAbsent(Tree.number(port, 0, "port"), asked);
            }
        }
        var mine = new HashSet<>(byPort.values());
        for (var port : ports) {
            if (Tree.number(port, 0, "nodePort") != 0 || !allocates) {
                continue;
            }
            long number =
                    byPort.computeIfAbsent(Tree.number(port, 0, "port"), _ -> free(mine, around));
            mine.add(number);
            port.put("nodePort", (int) number);
        }
    }

    private static void health(
            Attempt attempt,
            ObjectNode spec,
            @Nullable ObjectNode was,
            Set<Long> held,
            Surroundings around) {
        if (was != null
                && ServiceShape.needsHealthPort(was)
                && Tree.number(spec, 0, "healthCheckNodePort") == 0) {
            Tree.carry(was, spec, "healthCheckNodePort");
        }
        long asked = Tree.number(spec, 0, "healthCheckNodePort");
        if (asked == 0) {
            var mine = new HashSet<>(ServiceShape.nodePorts(spec));
            spec.put("healthCheckNodePort", (int) free(mine, around));
        } else if (!held.contains(asked)) {
            demand(attempt, asked, "spec.healthCheckNodePort", around);
        }
    }

    private static void demand(Attempt attempt, long asked, String field, Surroundings around) {
        var why =
                asked < FIRST || asked >= FIRST + COUNT
                        ? "provided port is not in the valid range. The range of valid ports is %d-%d"
                                .formatted(FIRST, FIRST + COUNT - 1)
                        : around.claimed(ServiceShape.portClaim(asked))
                                ? "provided port is already allocated"
                                : "";
        if (!why.isEmpty()) {
            throw ApiFailure.invalid(
                    attempt.type(), attempt.name(), List.of(Problem.invalid(field, asked, why)));
        }
    }

    private static long free(Set<Long> mine, Surroundings around) {
        int upper = COUNT - BAND;
        long start = around.draw(upper);
        for (int i = 0; i < COUNT; i++) {
            long number = i < upper ? FIRST + BAND + (start + i) % upper : FIRST + i - upper;
            if (!mine.contains(number) && !around.claimed(ServiceShape.portClaim(number))) {
                return number;
            }
        }
        throw ApiFailure.internal("failed to allocate a nodePort: range is full");
    }

    private static String key(ObjectNode port) {
        return Tree.text(port, "protocol") + Tree.at(port, "port");
    }
}
