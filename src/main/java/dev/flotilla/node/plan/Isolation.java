package dev.flotilla.node.plan;

import dev.flotilla.node.ContainerSpec.Security;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.AppArmorProfile;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// What a container may do: its own securityContext, then its pod's, then ours, which gives a
/// process no way to more rights than it began with.
final class Isolation {
    /// Where Kubernetes' nodes keep seccomp profiles, too.
    private static final String SECCOMP = "/var/lib/kubelet/seccomp/";

    private final PodSecurityContext pod;
    private final SecurityContext own;

    private Isolation(PodSecurityContext pod, SecurityContext own) {
        this.pod = pod;
        this.own = own;
    }

    /// @param alone whether it has its namespaces to itself, and so the pod's sysctls
    /// @param imageUser whom the image names, asked only where it matters
    /// @throws Environment.Missing if it would run as root and must not
    static Security of(
            Pod pod, Container container, boolean alone, Host host, ImageUser imageUser) {
        var isolation =
                new Isolation(
                        orEmpty(pod.getSpec().getSecurityContext()),
                        orEmpty(container.getSecurityContext()));
        isolation.refuseRoot(container, imageUser);
        isolation.refuseAppArmor(host);
        return isolation.security(alone ? isolation.sysctls() : Map.of());
    }

    /// Of the container that holds the pod's namespaces.
    static Security ofSandbox(Pod pod) {
        var isolation =
                new Isolation(orEmpty(pod.getSpec().getSecurityContext()), new SecurityContext());
        return new Security(
                "",
                List.of(),
                false,
                true,
                true,
                List.of(),
                List.of("ALL"),
                "",
                List.of(),
                isolation.sysctls());
    }

    private Security security(Map<String, String> sysctls) {
        boolean privileged = Boolean.TRUE.equals(own.getPrivileged());
        return new Security(
                user(),
                groups(),
                privileged,
                Boolean.TRUE.equals(own.getReadOnlyRootFilesystem()),
                !privileged && !Boolean.TRUE.equals(own.getAllowPrivilegeEscalation()),
                own.getCapabilities() == null ? List.of() : own.getCapabilities().getAdd(),
                own.getCapabilities() == null ? List.of() : own.getCapabilities().getDrop(),
                seccomp(),
                options(),
                sysctls);
    }

    private @Nullable Long uid() {
        return own.getRunAsUser() != null ? own.getRunAsUser() : pod.getRunAsUser();
    }

    private String user() {
        var uid = uid();
        var gid = own.getRunAsGroup() != null ? own.getRunAsGroup() : pod.getRunAsGroup();
        if (uid == null) {
            return gid == null ? "" : "0:" + gid;
        }
        return gid == null ? uid + ":0" : uid + ":" + gid;
    }

    private List<Long> groups() {
        var groups = new LinkedHashSet<Long>(pod.getSupplementalGroups());
        if (pod.getFsGroup() != null) {
            groups.add(pod.getFsGroup());
        }
        return List.copyOf(groups);
    }

    private @Nullable AppArmorProfile appArmor() {
        return own.getAppArmorProfile() != null
                ? own.getAppArmorProfile()
                : pod.getAppArmorProfile();
    }

    private void refuseAppArmor(Host host) {
        var asked = appArmor();
        if (asked != null && !"Unconfined".equals(asked.getType()) && !host.appArmor()) {
            throw new Environment.Missing(
                    "Cannot enforce AppArmor: AppArmor is not enabled on the host");
        }
    }

    private void refuseRoot(Container container, ImageUser imageUser) {
        var must = own.getRunAsNonRoot() != null ? own.getRunAsNonRoot() : pod.getRunAsNonRoot();
        if (!Boolean.TRUE.equals(must)) {
            return;
        }
        var uid = uid();
        if (uid != null) {
            if (uid == 0) {
                throw new Environment.Missing(
                        "container's runAsUser breaks non-root policy (container: "
                                + container.getName()
                                + ")");
            }
            return;
        }
        var user = imageUser.of(container.getImage()).replaceFirst(":.*$", "");
        if (user.isEmpty() || user.equals("0")) {
            throw new Environment.Missing(
                    "container has runAsNonRoot and image will run as root (container: "
                            + container.getName()
                            + ")");
        }
        if (!user.chars().allMatch(Character::isDigit)) {
            throw new Environment.Missing(
                    "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is non-root (container: %s)"
                            .formatted(user, container.getName()));
        }
    }

    private String seccomp() {
        var profile =
                own.getSeccompProfile() != null ? own.getSeccompProfile() : pod.getSeccompProfile();
        if (profile != null && "Localhost".equals(profile.getType())) {
            return SECCOMP + profile.getLocalhostProfile();
        }
        return unconfined(profile) ? "unconfined" : "";
    }

    private static boolean unconfined(@Nullable SeccompProfile profile) {
        return profile != null && "Unconfined".equals(profile.getType());
    }

    private List<String> options() {
        var options = new ArrayList<String>();
        var apparmor = appArmor();
        if (apparmor != null && "Unconfined".equals(apparmor.getType())) {
            options.add("apparmor=unconfined");
        } else if (apparmor != null && "Localhost".equals(apparmor.getType())) {
            options.add("apparmor=" + apparmor.getLocalhostProfile());
        }
        var selinux =
                own.getSeLinuxOptions() != null ? own.getSeLinuxOptions() : pod.getSeLinuxOptions();
        if (selinux != null) {
            add(options, "label=user:", selinux.getUser());
            add(options, "label=role:", selinux.getRole());
            add(options, "label=type:", selinux.getType());
            add(options, "label=level:", selinux.getLevel());
        }
        return List.copyOf(options);
    }

    private static void add(List<String> options, String begin, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            options.add(begin + value);
        }
    }

    private Map<String, String> sysctls() {
        var all = new LinkedHashMap<String, String>();
        pod.getSysctls().forEach(s -> all.put(s.getName().replace('/', '.'), s.getValue()));
        return all;
    }

    private static PodSecurityContext orEmpty(@Nullable PodSecurityContext asked) {
        return asked == null ? new PodSecurityContextBuilder().build() : asked;
    }

    private static SecurityContext orEmpty(@Nullable SecurityContext asked) {
        return asked == null ? new SecurityContextBuilder().build() : asked;
    }
}
