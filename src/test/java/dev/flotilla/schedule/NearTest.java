package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.schedule.facts.PodView;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.stream.Collectors;

/// Required affinity between pods: which of four nodes may take a pod `app: web`. Zone z1 has nodes
/// a and b, z2 has c; d is in no zone. A pod `app: db` runs on a.
class NearTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}} | ab
                    podAffinity | {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}} | a
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: none}}} | ''
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: web}}} | abc
                    podAffinity | {topologyKey: zone, labelSelector: {}} | ab
                    podAffinity | {topologyKey: zone} | ''
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaces: [other]} | ''
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaces: [other, default]} | ab
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaceSelector: {matchLabels: {team: red}}} | ab
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaceSelector: {matchLabels: {team: blue}}} | ''
                    podAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}, namespaceSelector: {}} | ab
                    podAffinity | {topologyKey: zone, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}, matchLabelKeys: [app]} | abc
                    podAffinity | {topologyKey: zone, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}, mismatchLabelKeys: [app]} | ab
                    podAntiAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: db}}} | cd
                    podAntiAffinity | {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}} | bcd
                    podAntiAffinity | {topologyKey: zone, labelSelector: {matchLabels: {app: web}}} | abcd
                    podAntiAffinity | {topologyKey: zone, labelSelector: {matchExpressions: [{key: app, operator: Exists}]}, mismatchLabelKeys: [app]} | cd
                    """)
    void oneTerm(String kind, String term, String answer) {
        assertThat(open(view(), pod("p", "app: web", kind, term))).isEqualTo(answer);
    }

    @Test
    void affinityWantsOnePodThatMeetsAllTerms() {
        var both =
                "{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}, {topologyKey: zone,"
                        + " labelSelector: {matchLabels: {tier: back}}}";
        var view = view();
        view.put(plain("back", "tier: back"), "b", false);
        assertThat(open(view, pod("p", "app: web", "podAffinity", both))).isEmpty();
        view.put(plain("both", "app: db, tier: back"), "c", false);
        assertThat(open(view, pod("p", "app: web", "podAffinity", both))).isEqualTo("c");
    }

    @Test
    void antiAffinityHoldsBothWays() {
        var view = view();
        var loner =
                pod(
                        "loner",
                        "app: loner",
                        "podAntiAffinity",
                        "{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}");
        view.put(loner, "c", false);
        var web = plain("p", "app: web");
        assertThat(open(view, web)).isEqualTo("abd");
        assertThat(Yaml.why(view, web, "c").getFirst().reason())
                .isEqualTo("node(s) didn't satisfy existing pods anti-affinity rules");
        assertThat(open(view, plain("p", "app: other"))).isEqualTo("abcd");
        view.remove(loner.key());
        assertThat(open(view, web)).isEqualTo("abcd");
    }

    @Test
    void afterTheFirstOfAGroupTheOthersFollow() {
        var view = view();
        var term = "{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}";
        var first = pod("p", "app: web", "podAffinity", term);
        assertThat(open(view, first)).isEqualTo("abc");
        view.put(first, "c", false);
        assertThat(open(view, pod("q", "app: web", "podAffinity", term))).isEqualTo("c");
    }

    @Test
    void theWordsAreThoseOfKubernetes() {
        var away =
                pod(
                        "p",
                        "app: web",
                        "podAntiAffinity",
                        "{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}");
        assertThat(Yaml.why(view(), away, "a").getFirst())
                .satisfies(
                        r -> {
                            assertThat(r.reason())
                                    .isEqualTo("node(s) didn't match pod anti-affinity rules");
                            assertThat(r.hopeless()).isFalse();
                        });
        var near =
                pod(
                        "p",
                        "app: web",
                        "podAffinity",
                        "{topologyKey: zone, labelSelector: {matchLabels: {app: db}}}");
        assertThat(Yaml.why(view(), near, "c").getFirst())
                .satisfies(
                        r -> {
                            assertThat(r.reason())
                                    .isEqualTo("node(s) didn't match pod affinity rules");
                            assertThat(r.hopeless()).isTrue();
                        });
    }

    private static String open(ClusterView view, PodView pod) {
        return view.explain(pod).entrySet().stream()
                .filter(e -> e.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining());
    }

    private static ClusterView view() {
        var view = new ClusterView();
        view.put("default", Map.of("team", "red"));
        view.put(Yaml.node("a", "zone: z1", ""));
        view.put(Yaml.node("b", "zone: z1", ""));
        view.put(Yaml.node("c", "zone: z2", ""));
        view.put(Yaml.node("d", "zones: none", ""));
        view.put(plain("db", "app: db"), "a", false);
        return view;
    }

    private static PodView plain(String name, String labels) {
        return PodView.of(Yaml.pod(name, labels, "''"));
    }

    private static PodView pod(String name, String labels, String kind, String terms) {
        return Yaml.pod(
                """
                metadata: {name: %s, namespace: default, labels: {%s}}
                spec:
                  containers: [{name: a}]
                  affinity: {%s: {requiredDuringSchedulingIgnoredDuringExecution: [%s]}}
                """
                        .formatted(name, labels, kind, terms));
    }
}
