package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.schedule.facts.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.stream.Collectors;

/// Topology spread constraints: which of four nodes may take one more pod `app: web`.
///
/// Zone z1 has nodes a and b, z2 has c; d is in no zone, and tainted. Pods are given by the letters
/// of their nodes.
class SpreadTest {
    private static final String MISSING = "d";

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    topologyKey: zone, maxSkew: 1 | '' | abc
                    topologyKey: zone, maxSkew: 1 | a | c
                    topologyKey: zone, maxSkew: 1 | ac | abc
                    topologyKey: zone, maxSkew: 1 | aac | c
                    topologyKey: zone, maxSkew: 2 | aac | abc
                    topologyKey: zone, maxSkew: 2 | aaac | c
                    topologyKey: zone, maxSkew: 1, minDomains: 3 | ac | ''
                    topologyKey: zone, maxSkew: 1, minDomains: 2 | ac | abc
                    topologyKey: zone, maxSkew: 2, minDomains: 3 | ac | abc
                    topologyKey: kubernetes.io/hostname, maxSkew: 1 | a | bc
                    topologyKey: kubernetes.io/hostname, maxSkew: 1 | abc | ''
                    topologyKey: kubernetes.io/hostname, maxSkew: 1, nodeTaintsPolicy: Honor | abc | abc
                    topologyKey: zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway | aaa | abc
                    topologyKey: none, maxSkew: 1 | '' | ''
                    """)
    void oneRule(String rule, String pods, String answer) {
        assertThat(open(constraint(rule), pods)).isEqualTo(answer);
    }

    @Test
    void allOfSeveralRulesMustHold() {
        var both =
                constraint("topologyKey: zone, maxSkew: 1")
                        + ", "
                        + constraint("topologyKey: kubernetes.io/hostname, maxSkew: 1");
        assertThat(open(both, "ac")).isEqualTo("b");
        assertThat(open(both, "abc")).isEqualTo("c");
        assertThat(open(both, "abcc")).isEqualTo("ab");
    }

    @Test
    void aSelectorThatLeavesThePodOutCountsTheOthers() {
        var other =
                "{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule,"
                        + " labelSelector: {matchLabels: {app: db}}}";
        assertThat(open(other, "aaa")).isEqualTo("abc");
    }

    @Test
    void onlyNodesThatThePodMayUseCount() {
        var view = view("ac");
        var picky = "nodeSelector: {zone: z1}, topologySpreadConstraints: [%s]";
        var rule = "topologyKey: zone, maxSkew: 1";
        assertThat(open(view, picky.formatted(constraint(rule)))).isEqualTo("ab");
        view.put(Yaml.pod(pod("x", "")), "a", false);
        assertThat(open(view, picky.formatted(constraint(rule)))).isEqualTo("ab");
        assertThat(open(view, picky.formatted(constraint(rule + ", nodeAffinityPolicy: Ignore"))))
                .isEqualTo("");
    }

    @Test
    void labelKeysKeepRevisionsApart() {
        var view = view("");
        view.put(Yaml.pod(pod("x", "", "app: web, rev: one")), "a", false);
        var byKey = constraint("topologyKey: zone, maxSkew: 1, matchLabelKeys: [rev]");
        var constraints = "topologySpreadConstraints: [" + byKey + "]";
        assertThat(open(view, constraints, "app: web, rev: one")).isEqualTo("c");
        assertThat(open(view, constraints, "app: web, rev: two")).isEqualTo("abc");
    }

    @Test
    void leavingPodsAndThoseOfOtherNamespacesDoNotCount() {
        var view = view("");
        view.put(Yaml.pod(pod("x", "")), "a", true);
        view.put(
                Yaml.pod(pod("y", "").replace("namespace: default", "namespace: other")),
                "a",
                false);
        assertThat(
                        open(
                                view,
                                "topologySpreadConstraints: ["
                                        + constraint("topologyKey: zone, maxSkew: 1")
                                        + "]"))
                .isEqualTo("abc");
    }

    @Test
    void theWordsAreThoseOfKubernetes() {
        var view = view("ab");
        var pod =
                Yaml.pod(
                        pod(
                                "p",
                                "topologySpreadConstraints: ["
                                        + constraint("topologyKey: zone, maxSkew: 1")
                                        + "], nodeSelector: {kubernetes.io/hostname: a},"
                                        + " tolerations: [{operator: Exists}]"));
        assertThat(Yaml.why(view, pod, "b").getFirst().plugin()).isEqualTo("NodeAffinity");
        var all =
                Yaml.pod(
                        pod(
                                "p",
                                "topologySpreadConstraints: ["
                                        + constraint("topologyKey: zone, maxSkew: 1")
                                        + "], tolerations: [{operator: Exists}]"));
        assertThat(Yaml.why(view, all, "a").getFirst().reason())
                .isEqualTo("node(s) didn't match pod topology spread constraints");
        assertThat(Yaml.why(view, all, MISSING).getFirst().reason())
                .isEqualTo(
                        "node(s) didn't match pod topology spread constraints (missing required"
                                + " label)");
        assertThat(Yaml.why(view, all, MISSING)).allMatch(Refusal::hopeless);
    }

    private static String open(String constraints, String pods) {
        return open(
                view(pods), "tolerations: [], topologySpreadConstraints: [" + constraints + "]");
    }

    private static String open(ClusterView view, String spec) {
        return open(view, spec, "app: web");
    }

    private static String open(ClusterView view, String spec, String labels) {
        return view.explain(Yaml.pod(pod("p", spec, labels))).entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining());
    }

    private static String constraint(String rule) {
        var anyway = rule.contains("whenUnsatisfiable") ? "" : ", whenUnsatisfiable: DoNotSchedule";
        return "{" + rule + anyway + ", labelSelector: {matchLabels: {app: web}}}";
    }

    private static ClusterView view(String pods) {
        var view = new ClusterView();
        view.put(Yaml.node("a", "zone: z1", ""));
        view.put(Yaml.node("b", "zone: z1", ""));
        view.put(Yaml.node("c", "zone: z2", ""));
        view.put(
                Yaml.node(
                        MISSING, "zones: none", "spec: {taints: [{key: k, effect: NoSchedule}]}"));
        for (int i = 0; i < pods.length(); i++) {
            view.put(Yaml.pod(pod("web-" + i, "")), pods.substring(i, i + 1), false);
        }
        return view;
    }

    private static String pod(String name, String spec) {
        return pod(name, spec, "app: web");
    }

    private static String pod(String name, String spec, String labels) {
        return """
        metadata: {name: %s, namespace: default, labels: {%s}}
        spec: {%s containers: [{name: a}]}
        """
                .formatted(name, labels, spec.isEmpty() ? "" : spec + ",");
    }
}
