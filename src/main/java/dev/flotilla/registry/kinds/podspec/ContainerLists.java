package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The three lists of containers, and what is asked of those of each.
final class ContainerLists {
    private static final List<String> PROBES =
            List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe");
    private static final List<String> NOT_FOR_VISITORS =
            List.of(
                    "ports",
                    "resources",
                    "resizePolicy",
                    "restartPolicy",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle");

    private ContainerLists() {}

    static void check(Frame frame) {
        var names = new HashSet<String>();
        running(frame, names);
        first(frame, names);
        visitors(frame, names);
    }

    private static void running(Frame frame, Set<String> names) {
        var at = frame.at() + ".containers";
        var all = Tree.objects(frame.spec(), "containers");
        if (all.isEmpty()) {
            frame.problems().required(at, "");
            return;
        }
        int i = 0;
        for (var c : all) {
            var field = at + "[" + i++ + "]";
            ContainerRules.check(c, field, frame);
            once(c, field, names, frame.problems());
            HandlerRules.check(c, field, frame);
            if (c.has("restartPolicy")) {
                frame.problems()
                        .forbidden(
                                field + ".restartPolicy", "may not be set for non-init containers");
            }
        }
        PortRules.conflicts(all, at, frame.problems());
    }

    private static void first(Frame frame, Set<String> names) {
        var at = frame.at() + ".initContainers";
        int i = 0;
        for (var c : Tree.objects(frame.spec(), "initContainers")) {
            var field = at + "[" + i++ + "]";
            ContainerRules.check(c, field, frame);
            boolean stays = Tree.text(c, "restartPolicy").equals("Always");
            if (c.has("restartPolicy") && !stays) {
                frame.problems()
                        .unsupported(
                                field + ".restartPolicy",
                                Tree.text(c, "restartPolicy"),
                                List.of("Always"));
            }
            once(c, field, names, frame.problems());
            PortRules.conflicts(List.of(c), at, frame.problems());
            if (stays) {
                HandlerRules.check(c, field, frame);
            } else {
                without(
                        c,
                        PROBES,
                        field,
                        "may not be set for init containers without restartPolicy=Always",
                        frame.problems());
            }
        }
    }

    /// Ephemeral containers: put into a running pod to look around.
    private static void visitors(Frame frame, Set<String> names) {
        var others = Set.copyOf(names);
        int i = 0;
        for (var c : Tree.objects(frame.spec(), "ephemeralContainers")) {
            var field = frame.at() + ".ephemeralContainers[" + i++ + "]";
            ContainerRules.check(c, field, frame);
            ContainerRules.checkSpace(c, field, frame.problems());
            once(c, field, names, frame.problems());
            var target = Tree.text(c, "targetContainerName");
            if (!target.isEmpty() && !others.contains(target)) {
                frame.problems().notFound(field + ".targetContainerName", target);
            }
            var why = "cannot be set for an Ephemeral Container";
            without(c, NOT_FOR_VISITORS, field, why, frame.problems());
            int n = 0;
            for (var mount : Tree.objects(c, "volumeMounts")) {
                var where = field + ".volumeMounts[" + n++ + "]";
                without(mount, List.of("subPath", "subPathExpr"), where, why, frame.problems());
            }
        }
    }

    private static void once(ObjectNode c, String at, Set<String> names, Problems problems) {
        var name = Tree.text(c, "name");
        if (!names.add(name) && !name.isEmpty()) {
            problems.duplicate(at + ".name", name);
        }
    }

    private static void without(
            ObjectNode c, List<String> fields, String at, String why, Problems problems) {
        for (var field : fields) {
            var value = Tree.at(c, field);
            if (!value.isMissingNode()
                    && !(value.isContainer() && value.isEmpty() && !PROBES.contains(field))
                    && !(value.isString() && value.stringValue().isEmpty())) {
                problems.forbidden(at + "." + field, why);
            }
        }
    }
}
