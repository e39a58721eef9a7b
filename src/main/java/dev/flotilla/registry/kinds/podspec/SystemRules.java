package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.function.BiConsumer;

/// The operating system a pod is made for, and what of the node's it shares.
final class SystemRules {
    private static final List<String> KNOWN = List.of("linux", "windows");
    private static final List<String> LISTS =
            List.of("initContainers", "containers", "ephemeralContainers");

    /// What Windows does not have.
    private static final List<String> POD_CONTEXT =
            List.of(
                    "appArmorProfile",
                    "seLinuxOptions",
                    "seccompProfile",
                    "fsGroup",
                    "fsGroupChangePolicy",
                    "sysctls",
                    "runAsUser",
                    "runAsGroup",
                    "supplementalGroups",
                    "supplementalGroupsPolicy",
                    "seLinuxChangePolicy");

    private static final List<String> POD =
            List.of("hostUsers", "hostPID", "hostIPC", "shareProcessNamespace");
    private static final List<String> CONTAINER_CONTEXT =
            List.of(
                    "appArmorProfile",
                    "seLinuxOptions",
                    "seccompProfile",
                    "capabilities",
                    "readOnlyRootFilesystem",
                    "privileged",
                    "allowPrivilegeEscalation",
                    "procMount",
                    "runAsUser",
                    "runAsGroup");

    private SystemRules() {}

    static void check(Frame frame) {
        if (!Tree.has(frame.spec(), "os")) {
            return;
        }
        var name = Tree.text(frame.spec(), "os", "name");
        var at = frame.at() + ".os";
        switch (name) {
            case "" -> frame.problems().required(at + ".name", "cannot be empty");
            case "linux" -> linux(frame);
            case "windows" -> windows(frame);
            case String other -> frame.problems().unsupported(at, other, KNOWN);
        }
    }

    private static void linux(Frame frame) {
        var why = "windows options cannot be set for a linux pod";
        var only = List.of("windowsOptions");
        without(
                Tree.at(frame.spec(), "securityContext"),
                only,
                frame.at() + ".securityContext",
                why,
                frame.problems());
        contexts(frame, (context, at) -> without(context, only, at, why, frame.problems()));
    }

    private static void windows(Frame frame) {
        var why = "cannot be set for a windows pod";
        var problems = frame.problems();
        without(
                Tree.at(frame.spec(), "securityContext"),
                POD_CONTEXT,
                frame.at() + ".securityContext",
                why,
                problems);
        without(frame.spec(), POD, frame.at(), why, problems);
        contexts(frame, (context, at) -> without(context, CONTAINER_CONTEXT, at, why, problems));
    }

    private static void without(
            JsonNode object, List<String> fields, String at, String why, Problems problems) {
        for (var field : fields) {
            var value = Tree.at(object, field);
            boolean no = value.isBoolean() && !value.booleanValue() && field.startsWith("hostP");
            if (!value.isMissingNode() && !no) {
                problems.forbidden(at + "." + field, why);
            }
        }
    }

    private static void contexts(Frame frame, BiConsumer<JsonNode, String> each) {
        for (var list : LISTS) {
            int i = 0;
            for (var c : Tree.objects(frame.spec(), list)) {
                var at = "%s.%s[%d].securityContext".formatted(frame.at(), list, i++);
                each.accept(Tree.at(c, "securityContext"), at);
            }
        }
    }

    /// Who has users of its own shares nothing else of the node.
    static void users(JsonNode spec, String at, Problems problems) {
        if (!Tree.has(spec, "hostUsers") || Tree.isTrue(spec, "hostUsers")) {
            return;
        }
        var why = "when `pod.Spec.HostUsers` is false";
        if (Tree.isTrue(spec, "hostNetwork")) {
            problems.forbidden(at + ".hostNetwork", why);
        }
        if (Tree.isTrue(spec, "hostPID")) {
            problems.forbidden(at + ".HostPID", why);
        }
        if (Tree.isTrue(spec, "hostIPC")) {
            problems.forbidden(at + ".HostIPC", why);
        }
    }

    /// On Windows containers are processes of the node all together, or none.
    static void hostProcess(Frame frame) {
        var whole = Tree.at(frame.spec(), "securityContext", "windowsOptions", "hostProcess");
        int all = 0;
        int processes = 0;
        for (var list : LISTS) {
            int i = 0;
            for (var c : Tree.objects(frame.spec(), list)) {
                all++;
                var own = own(c);
                if (!whole.isMissingNode() && !own.isMissingNode() && !whole.equals(own)) {
                    frame.problems()
                            .invalid(
                                    "%s.%s[%d].securityContext.windowsOptions.hostProcess"
                                            .formatted(frame.at(), list, i),
                                    own,
                                    "pod hostProcess value must be identical if both are specified,"
                                            + " was "
                                            + whole);
                }
                if ((own.isMissingNode() ? whole : own).asBoolean(false)) {
                    processes++;
                }
                i++;
            }
        }
        if (processes > 0 && processes != all) {
            frame.problems()
                    .invalid(
                            frame.at(),
                            "",
                            "If pod contains any hostProcess containers then all containers must be"
                                    + " HostProcess containers");
        }
        if (processes > 0 && !Tree.isTrue(frame.spec(), "hostNetwork")) {
            frame.problems()
                    .invalid(
                            frame.at() + ".hostNetwork",
                            tools.jackson.databind.node.BooleanNode.FALSE,
                            "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static JsonNode own(ObjectNode container) {
        return Tree.at(container, "securityContext", "windowsOptions", "hostProcess");
    }
}
