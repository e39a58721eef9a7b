package dev.flotilla.node;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What pods ask, a row a pod, and what their own processes see of it then.
final class PodRows {
    private final String host;
    private final List<Row> rows = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();

    /// @param host the name of the machine that is the node
    PodRows(String host) {
        this.host = host;
        plain();
        files();
        rights();
        together();
        life();
        ends();
    }

    /// A pod that stays.
    ///
    /// @param script run in its first container
    /// @param said by the script
    record Row(String name, String spec, String script, String said) {}

    /// A pod that ends.
    ///
    /// @param said reason, exit code and message of how its first container ended
    record End(String name, String spec, String said) {}

    List<Row> stay() {
        return List.copyOf(rows);
    }

    List<End> end() {
        return List.copyOf(ends);
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
                host);
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
                host);
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
                "seccomp-of-the-node",
                sleeper(
                        "securityContext: {seccompProfile: {type: Localhost, localhostProfile:"
                                + " no-folders.json}}"),
                "mkdir /x 2>/dev/null || echo no",
                "no");
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

    private void life() {
        add(
                "after-its-hook",
                mounted(
                        "emptyDir: {}",
                        "lifecycle: {postStart: {exec: {command: [sh, -c, \"echo hi > /v/it\"]}}}"),
                "cat /v/it",
                "hi");
        add(
                "holds-a-token",
                sleeper("securityContext: {runAsUser: 1000}"),
                "cd /var/run/secrets/kubernetes.io/serviceaccount; cat token; echo; cat ca.crt;"
                        + " echo; cat namespace",
                "token of holds-a-token\ntrust me\ndefault");
        add(
                "says-goodbye",
                mounted(
                        "hostPath: {path: /root}",
                        """
                        lifecycle:
                          preStop: {exec: {command: [sh, -c, "sleep 1; echo bye > /v/goodbye"]}}
                          postStart: {sleep: {seconds: 1}}
                        """),
                "echo here",
                "here");
    }

    private void ends() {
        end(
                "leaves-words",
                "restartPolicy: Never\n"
                        + script("echo -n all is lost > /dev/termination-log; exit 3"),
                "Error 3 all is lost");
        end(
                "leaves-them-as-anybody",
                "restartPolicy: Never\nsecurityContext: {runAsUser: 1000}\n"
                        + script("echo -n fine > /dev/termination-log"),
                "Completed 0 fine");
        end(
                "leaves-its-log",
                "restartPolicy: Never\n"
                        + script("seq 1 200; exit 1")
                        + "  terminationMessagePolicy: FallbackToLogsOnError\n",
                "Error 1 "
                        + IntStream.rangeClosed(121, 200)
                                .mapToObj(i -> i + "\n")
                                .collect(Collectors.joining()));
        end(
                "leaves-words-each-time",
                script("echo -n again > /dev/termination-log; exit 4"),
                "Error 4 again");
        end(
                "takes-too-much",
                script("sleep 1; head -c 200000000 /dev/zero | tail")
                        + "  resources: {limits: {memory: 16Mi}}\n",
                "OOMKilled 137 null");
        end(
                "lasts-too-long",
                script("trap 'exit 5' TERM; while true; do sleep 1; done"),
                "Error 5 null");
        end(
                "can't-begin",
                sleeper("lifecycle: {postStart: {exec: {command: [sh, -c, \"exit 1\"]}}}"),
                "Error 137 null");
    }

    private void end(String name, String spec, String said) {
        ends.add(new End(name.replace("'", ""), spec, said));
    }

    private static String script(String text) {
        return "containers:\n- name: web\n  image: web:1\n  command: [sh, -c, \"%s\"]\n"
                .formatted(text);
    }

    private void add(String name, String spec, String script, String said) {
        rows.add(new Row(name, spec, script, said));
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
}
