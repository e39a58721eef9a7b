package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.lab.Lab;
import dev.flotilla.lab.LabSingle;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;

/// What a pod's specification asks, pod by pod, as its own processes see it on a real engine.
@LabSingle
class PodSpecIT {
    @RegisterExtension static final Lab lab = Lab.single();

    private final RealNode real = new RealNode(lab);
    private final PodRows rows = new PodRows(real.node.name());

    @BeforeEach
    void configure() {
        Pods.words().forEach(real::create);
    }

    @AfterEach
    void leaveNothing() {
        real.close();
    }

    @Test
    void givesEveryPodWhatItAsks() {
        forbidFolders();
        var cases = rows.stay();
        var ends = rows.end();
        cases.forEach(c -> real.create(Pods.brief(c.name(), c.spec())));
        ends.forEach(e -> real.create(Pods.brief(e.name(), e.spec())));
        cases.forEach(c -> real.ready(c.name()));
        var differ = new ArrayList<String>();
        for (var each : cases) {
            var said = said(each.name(), each.script());
            if (!said.equals(each.said())) {
                differ.add(each.name() + ": expected " + each.said() + " but it said " + said);
            }
        }
        shorten("lasts-too-long");
        for (var each : ends) {
            var last = end(each.name(), each.said()::equals);
            if (!last.equals(each.said())) {
                differ.add(each.name() + ": expected " + each.said() + " but it ended " + last);
            }
        }
        assertThat(differ).isEmpty();
        filesFollow();
        visit("own-hostname");
        visit("beside-its-sidecar");
        saysGoodbye();
    }

    private void forbidFolders() {
        real.node.exec("mkdir", "-p", "/var/lib/kubelet/seccomp");
        real.node.exec(
                "sh",
                "-c",
                "echo '{\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[{\"names\":[\"mkdir\",\"mkdirat\"],\"action\":\"SCMP_ACT_ERRNO\"}]}'"
                    + " > /var/lib/kubelet/seccomp/no-folders.json");
    }

    /// The time of a pod that runs is over.
    private void shorten(String name) {
        real.ready(name);
        var pod = real.pod(name);
        real.cluster.update(
                pod,
                new PodBuilder(pod).editSpec().withActiveDeadlineSeconds(1L).endSpec().build());
    }

    /// How its first container ended, last or before the run that is on.
    private String end(String name, Predicate<String> good) {
        try {
            return Until.seen(name + " ended", RealNode.SOON, () -> end(name), good);
        } catch (AssertionError e) {
            return end(name);
        }
    }

    private String end(String name) {
        var statuses = real.pod(name).getStatus().getContainerStatuses();
        if (statuses.isEmpty()) {
            return "nothing";
        }
        var now = statuses.getFirst().getState().getTerminated();
        var ended = now == null ? statuses.getFirst().getLastState().getTerminated() : now;
        return ended == null
                ? "nothing"
                : ended.getReason() + " " + ended.getExitCode() + " " + ended.getMessage();
    }

    /// It sees the processes of the container that it looks at, and its network.
    private void visit(String name) {
        Visit.of(real.registry, name, "look", "web");
        var visitor =
                Until.seen(
                        "somebody looks at " + name,
                        RealNode.SOON,
                        () -> real.pod(name).getStatus().getEphemeralContainerStatuses(),
                        all -> !all.isEmpty() && all.getFirst().getState().getRunning() != null);
        var id = visitor.getFirst().getContainerID().replaceFirst("^docker://", "");
        assertThat(
                        real.node.docker(
                                "exec",
                                id,
                                "sh",
                                "-c",
                                "cat /proc/1/cmdline | tr '\\0' ' '; hostname -i"))
                .contains("sleep 10000")
                .contains(real.pod(name).getStatus().getPodIP());
    }

    private void saysGoodbye() {
        var pod = real.pod("says-goodbye");
        real.cluster.delete(pod, new Deletion(false, 20L));
        Until.seen(
                "the pod is gone",
                RealNode.SOON,
                () -> real.cluster.get(Pod.class, ObjectKey.of(pod)),
                Optional::isEmpty);
        assertThat(real.node.exec("cat", "/root/goodbye").strip()).isEqualTo("bye");
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
}
