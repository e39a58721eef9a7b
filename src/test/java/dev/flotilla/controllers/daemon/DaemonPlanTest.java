package dev.flotilla.controllers.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.revision.History;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a DaemonSet does next, from what Kubernetes documents of it.
class DaemonPlanTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    /// Each word is a node's pods: `r` ready, `n` not ready, `l` leaving, `f` failed, `q` failed as
    /// soon as it was made, `-` none; a capital has the template of now. `+N` makes on node N, `xN`
    /// removes there.
    @ParameterizedTest(name = "{0} unavailable {1} surge {2} from {3}: {4}")
    @CsvSource({
        "RollingUpdate, 1, 0, - - -, +0 +1 +2",
        "RollingUpdate, 1, 0, R - l, +1",
        "RollingUpdate, 1, 0, R RR R, x1",
        "RollingUpdate, 1, 0, R f R, x1",
        "RollingUpdate, 1, 0, R q R, ''",
        "RollingUpdate, 1, 0, r r r, x0",
        "RollingUpdate, 1, 0, r l r, ''",
        "RollingUpdate, 1, 0, r N r, ''",
        "RollingUpdate, 1, 0, r n r, x1",
        "RollingUpdate, 2, 0, r r r, x0 x1",
        "RollingUpdate, 50%, 0, r r r, x0 x1",
        "RollingUpdate, 0, 1, r r r, +0",
        "RollingUpdate, 0, 1, rN r r, ''",
        "RollingUpdate, 0, 1, rR r r, x0",
        "RollingUpdate, 0, 1, R r n, +2 +1",
        "RollingUpdate, 0, 2, r r r, +0 +1",
        "OnDelete, 1, 0, r - r, +1",
    })
    void nextStep(String type, String unavailable, String surge, String pods, String expected) {
        var change =
                new DaemonPlan(set(type, unavailable, surge), nodes(), pods(pods), "new", NOW)
                        .change();
        var words = new ArrayList<String>();
        change.make().forEach(n -> words.add("+" + n));
        change.remove().forEach(p -> words.add("x" + DaemonPods.node(p)));
        assertThat(String.join(" ", words)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "taint {0}: {1}, stays {2}")
    @CsvSource({
        "own:NoSchedule, false, true",
        "own:NoExecute, false, false",
        "own:PreferNoSchedule, true, true",
        "node.kubernetes.io/unschedulable:NoSchedule, true, true",
        "node.kubernetes.io/not-ready:NoExecute, true, true",
        "node.kubernetes.io/network-unavailable:NoSchedule, false, true",
    })
    void taints(String taint, boolean wanted, boolean stays) {
        int colon = taint.indexOf(':');
        var node =
                new NodeBuilder(nodes().getFirst())
                        .withNewSpec()
                        .addNewTaint()
                        .withKey(taint.substring(0, colon))
                        .withEffect(taint.substring(colon + 1))
                        .endTaint()
                        .endSpec()
                        .build();
        var set = set("RollingUpdate", "1", "0");
        assertThat(DaemonPods.wanted(set, node)).isEqualTo(wanted);
        assertThat(DaemonPods.mayStay(set, node)).isEqualTo(stays);
    }

    private static List<Node> nodes() {
        return List.of("0", "1", "2").stream()
                .map(n -> new NodeBuilder().withNewMetadata().withName(n).endMetadata().build())
                .toList();
    }

    private static DaemonSet set(String type, String unavailable, String surge) {
        return new DaemonSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("agent")
                .withUid("uid-agent")
                .endMetadata()
                .withNewSpec()
                .withNewUpdateStrategy()
                .withType(type)
                .withNewRollingUpdate()
                .withMaxUnavailable(share(unavailable))
                .withMaxSurge(share(surge))
                .endRollingUpdate()
                .endUpdateStrategy()
                .withNewTemplate()
                .withNewSpec()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }

    private static IntOrString share(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }

    private static List<Pod> pods(String text) {
        var pods = new ArrayList<Pod>();
        var words = Arrays.asList(text.split(" ", -1));
        for (int node = 0; node < words.size(); node++) {
            for (char letter : words.get(node).replace("-", "").toCharArray()) {
                pods.add(pod(node, letter, pods.size()));
            }
        }
        return pods;
    }

    private static Pod pod(int node, char letter, int number) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("p" + number)
                .withUid("uid-" + number)
                .withCreationTimestamp(
                        NOW.plusSeconds(number - (letter == 'q' ? 0 : 60)).toString())
                .addToLabels(History.LABEL, Character.isUpperCase(letter) ? "new" : "old")
                .withDeletionTimestamp(letter == 'l' ? NOW.toString() : null)
                .endMetadata()
                .withNewSpec()
                .withNodeName(Integer.toString(node))
                .endSpec()
                .withNewStatus()
                .withPhase(letter == 'f' || letter == 'q' ? "Failed" : "Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("rR".indexOf(letter) >= 0 ? "True" : "False")
                .withLastTransitionTime(NOW.toString())
                .endCondition()
                .endStatus()
                .build();
    }
}
