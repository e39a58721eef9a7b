package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Lab;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;

/// What a pod's specification asks, pod by pod, as its own processes see it on a real engine.
class PodSpecIT {
    @RegisterExtension static final Lab lab = Lab.up(1);

    private final RealNode real = new RealNode(lab);
    private final List<Case> cases = new ArrayList<>();

    /// @param script run in the pod's first container
    private record Case(String name, String spec, String script, String said) {}

    @BeforeEach
    void configure() {
        real.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("words")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("greeting", "hello")
                        .build());
        real.create(
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("keys")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("door", "b3Blbg==")
                        .build());
    }

    @AfterEach
    void leaveNothing() {
        real.close();
    }

    @Test
    void givesEveryPodWhatItAsks() {
        plain();
        files();
        rights();
        together();
        cases.forEach(c -> real.create(pod(c.name(), c.spec())));
        cases.forEach(c -> real.ready(c.name()));
        var differ = new ArrayList<String>();
        for (var each : cases) {
            var said = said(each.name(), each.script());
            if (!said.equals(each.said())) {
                differ.add(each.name() + ": expected " + each.said() + " but it said " + said);
            }
        }
        assertThat(differ).isEmpty();
        filesFollow();
    }

    private void plain() {
        add("own-hostname", "hostname: me\n" + sleeper(""), "hostname", "me");
        add(
                "host-aliases",
                "hostAliases: [{ip: 192.0.2.7, hostnames: [seven]}]\n" + sleeper(""),
                "grep -c '192.0.2.7.*seven' /etc/hosts",
                "1");
        add(
                "dns-config",
                """
                dnsPolicy: None
                dnsConfig: {nameservers: [192.0.2.53], searches: [a.test], options: [{name: ndots, value: "3"}]}
                """
                        + sleeper(""),
                "grep -c -e 'search a.test' -e ndots:3 /etc/resolv.conf",
                "2");
        add(
                "on-the-nodes-network",
                "hostNetwork: true\n" + sleeper(""),
                "test -e /sys/class/net/docker0 && hostname",
                "n1");
        add(
                "on-the-nodes-processes",
                "hostPID: true\n" + sleeper(""),
                "cat /proc/1/comm",
                "systemd");
        add(
                "own-resources",
                sleeper(
                        """
                        resources: {limits: {memory: 64Mi, cpu: 250m}}
                        env: [{name: M, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 1Mi}}}]
                        """),
                "echo $M",
                "64");
    }

    private void files() {
        add(
                "files-of-a-config-map",
                mounted("configMap: {name: words}", ""),
                "cat /v/greeting",
                "hello");
        add(
                "secrets-in-memory",
                mounted("secret: {secretName: keys, defaultMode: 256}", ""),
                "cat /v/door; stat -f -c ' %T' /v; stat -L -c %a /v/door",
                "open tmpfs\n400");
        add(
                "projected",
                mounted(
                        "projected: {sources: [{configMap: {name: words}}, {secret: {name: keys}},"
                                + " {downwardAPI: {items: [{path: me, fieldRef: {fieldPath:"
                                + " metadata.name}}]}}]}",
                        ""),
                "cat /v/greeting /v/door /v/me",
                "helloopenprojected");
        add(
                "empty-dir",
                mounted("emptyDir: {}", "securityContext: {runAsUser: 1000}"),
                "echo x > /v/x && cat /v/x",
                "x");
        add(
                "memory-dir",
                mounted("emptyDir: {medium: Memory, sizeLimit: 1Mi}", ""),
                "df -k /v | tail -n 1 | awk '{print $2}'",
                "1024");
        add(
                "host-path",
                mounted("hostPath: {path: /etc, type: Directory}", ""),
                "cat /v/hostname",
                "n1");
        add(
                "sub-path",
                """
                containers:
                - name: web
                  image: web:1
                  command: [sleep, "10000"]
                  env: [{name: WHO, value: me}]
                  volumeMounts: [{name: v, mountPath: /one, subPathExpr: $(WHO)}, {name: v, mountPath: /all}]
                volumes: [{name: v, emptyDir: {}}]
                """,
                "echo y > /one/y && cat /all/me/y",
                "y");
    }

    private void rights() {
        add(
                "user-and-groups",
                """
                securityContext: {runAsUser: 1000, runAsGroup: 1001, fsGroup: 2000, supplementalGroups: [7]}
                """
                        + mounted("emptyDir: {}", ""),
                "id -u; id -g; id -G | tr ' ' '\\n"
                        + "' | sort -n | tr '\\n"
                        + "' ' '; touch /v/x; stat -c %g /v/x",
                "1000\n1001\n7 1001 2000 2000");
        add(
                "capabilities",
                sleeper("securityContext: {capabilities: {add: [NET_ADMIN], drop: [ALL]}}"),
                "grep CapEff /proc/self/status | awk '{print $2}'",
                "0000000000001000");
        add(
                "no-new-privileges",
                sleeper(""),
                "grep NoNewPrivs /proc/self/status | awk '{print $2}'",
                "1");
        add(
                "read-only-root",
                sleeper("securityContext: {readOnlyRootFilesystem: true}"),
                "touch /x 2>/dev/null || echo no",
                "no");
        add(
                "sysctls",
                "securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value:"
                        + " \"80\"}]}\n"
                        + sleeper(""),
                "cat /proc/sys/net/ipv4/ip_unprivileged_port_start",
                "80");
    }

    private void together() {
        add(
                "after-its-init-container",
                """
                initContainers:
                - name: first
                  image: web:1
                  command: [sh, -c, "echo made > /v/it"]
                  volumeMounts: [{name: v, mountPath: /v}]
                """
                        + mounted("emptyDir: {}", ""),
                "cat /v/it",
                "made");
        add(
                "beside-its-sidecar",
                """
                initContainers:
                - {name: side, image: "web:1", restartPolicy: Always}
                """
                        + sleeper(""),
                "timeout 5 wget -q -O /dev/null http://127.0.0.1:8080/ && echo yes",
                "yes");
        add(
                "one-process-tree",
                """
                shareProcessNamespace: true
                containers:
                - {name: web, image: "web:1", command: [sleep, "10000"]}
                - {name: other, image: "web:1", command: [sleep, "20000"]}
                """,
                "cat /proc/[0-9]*/cmdline | tr '\\0' ' ' | grep -c -o 'sleep 20000'",
                "1");
    }

    private void filesFollow() {
        var before =
                real.cluster.get(ConfigMap.class, new ObjectKey("default", "words")).orElseThrow();
        real.cluster.update(
                before, new ConfigMapBuilder(before).addToData("greeting", "bye").build());
        Until.seen(
                "the file follows",
                RealNode.SOON,
                () -> said("files-of-a-config-map", "cat /v/greeting"),
                "bye"::equals);
    }

    private String said(String pod, String script) {
        var id =
                real.pod(pod)
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getContainerID()
                        .replaceFirst("^docker://", "");
        return real.node.docker("exec", id, "sh", "-c", script).strip();
    }

    private void add(String name, String spec, String script, String said) {
        cases.add(new Case(name, spec, script, said));
    }

    /// One container that waits.
    ///
    /// @param more of its own fields, a line each
    private static String sleeper(String more) {
        return "containers:\n- name: web\n  image: web:1\n  command: [sleep, \"10000\"]\n"
                + more.strip().indent(2);
    }

    /// One container that sees a volume at `/v`.
    private static String mounted(String source, String more) {
        return sleeper("volumeMounts: [{name: v, mountPath: /v}]\n" + more)
                + "volumes:\n- name: v\n"
                + source.indent(2);
    }

    private static Pod pod(String name, String spec) {
        var asked = Serialization.unmarshal(spec, PodSpec.class);
        asked.setNodeName("n1");
        asked.setTerminationGracePeriodSeconds(1L);
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withSpec(asked)
                .build();
    }
}
