package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.JsonNode;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/// As whom containers run, and what they may do.
final class SecurityRules {
    private static final String RANGE = "must be between 0 and 2147483647, inclusive";
    private static final List<String> MOUNTS = List.of("Default", "Unmasked");
    private static final String PART = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern SYSCTL = Pattern.compile("(" + PART + "[\\./])*" + PART);
    private static final int LONGEST_SYSCTL = 253;

    private SecurityRules() {}

    static void container(JsonNode context, String at, Frame frame) {
        var problems = frame.problems();
        number(context, "runAsUser", at, problems);
        number(context, "runAsGroup", at, problems);
        if (Tree.has(context, "procMount")) {
            var mount = Tree.text(context, "procMount");
            if (!MOUNTS.contains(mount)) {
                problems.notOneOf(at + ".procMount", mount, MOUNTS);
            }
            if (frame.usersOfNode() && mount.equals("Unmasked")) {
                problems.invalid(
                        at + ".procMount", mount, "`hostUsers` must be false to use `Unmasked`");
            }
        }
        ProfileRules.seccomp(context, at, problems);
        if (Tree.has(context, "allowPrivilegeEscalation")
                && !Tree.isTrue(context, "allowPrivilegeEscalation")) {
            escalation(context, at, problems);
        }
        ProfileRules.windows(context, at, problems);
        ProfileRules.appArmor(context, at, problems);
    }

    private static void escalation(JsonNode context, String at, Problems problems) {
        if (Tree.isTrue(context, "privileged")) {
            problems.invalid(
                    at,
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (Tree.texts(context, "capabilities", "add").contains("CAP_SYS_ADMIN")) {
            problems.invalid(
                    at,
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                            + " CAP_SYS_ADMIN");
        }
    }

    static void pod(JsonNode spec, String at, Problems problems) {
        var context = Tree.at(spec, "securityContext");
        number(context, "fsGroup", at, problems);
        number(context, "runAsUser", at, problems);
        number(context, "runAsGroup", at, problems);
        int i = 0;
        for (var group : Tree.at(context, "supplementalGroups")) {
            var field = at + ".supplementalGroups[" + i++ + "]";
            if (group.asLong(0) < 0 || group.asLong(0) > Integer.MAX_VALUE) {
                problems.invalid(field, group, RANGE);
            }
        }
        if (Tree.isTrue(spec, "shareProcessNamespace") && Tree.isTrue(spec, "hostPID")) {
            problems.invalid(
                    at + ".shareProcessNamespace",
                    Tree.at(spec, "shareProcessNamespace"),
                    "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(spec, at + ".sysctls", problems);
        Checks.oneOfIfSet(
                context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), at, problems);
        ProfileRules.seccomp(context, at, problems);
        ProfileRules.windows(context, at, problems);
        ProfileRules.appArmor(context, at, problems);
        Checks.oneOfIfSet(
                context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), at, problems);
        Checks.oneOfIfSet(
                context, "seLinuxChangePolicy", List.of("MountOption", "Recursive"), at, problems);
    }

    private static void sysctls(JsonNode spec, String at, Problems problems) {
        var names = new HashSet<String>();
        int i = 0;
        for (var sysctl : Tree.objects(spec, "securityContext", "sysctls")) {
            var field = at + "[" + i++ + "].name";
            var name = Tree.text(sysctl, "name");
            if (name.isEmpty()) {
                problems.required(field, "");
            } else if (name.length() > LONGEST_SYSCTL || !SYSCTL.matcher(name).matches()) {
                problems.invalid(
                        field,
                        name,
                        "must have at most %d characters and match regex ^%s$"
                                .formatted(LONGEST_SYSCTL, SYSCTL));
            } else if (!names.add(name)) {
                problems.duplicate(field, name);
            }
            shared(spec, name, field, problems);
        }
    }

    /// What is the node's can't be set by a pod.
    private static void shared(JsonNode spec, String name, String field, Problems problems) {
        var plain = name.replace('/', '.');
        if (Tree.isTrue(spec, "hostNetwork") && plain.startsWith("net.")) {
            problems.invalid(field, name, "may not be specified when 'hostNetwork' is true");
        }
        boolean ipc =
                List.of("kernel.shm", "kernel.msg", "kernel.sem", "fs.mqueue.").stream()
                        .anyMatch(plain::startsWith);
        if (Tree.isTrue(spec, "hostIPC") && ipc) {
            problems.invalid(field, name, "may not be specified when 'hostIPC' is true");
        }
    }

    private static void number(JsonNode context, String name, String at, Problems problems) {
        long id = Tree.number(context, 0, name);
        if (id < 0 || id > Integer.MAX_VALUE) {
            problems.invalid(at + "." + name, id, RANGE);
        }
    }
}
