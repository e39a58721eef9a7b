package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.score.Weight;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;
import java.util.Objects;

/// What each score gives nodes of 4 cores and 8 GiB; and which wins.
class ScoreTest {
    private static final Offset<Double> CLOSE = Offset.offset(0.1);

    @ParameterizedTest(name = "{0}, {1}: {2}, {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpu: 2, memory: 4Gi | '' | 50 | 100
                    cpu: 4, memory: 8Gi | '' | 0 | 100
                    cpu: 2 | memory: 4Gi | 48.8 | 100
                    cpu: 2, memory: 8Gi | '' | 25 | 75
                    cpu: 1, memory: 2Gi | cpu: 1, memory: 2Gi | 50 | 100
                    """)
    void leastRequestedAndBalanced(String wish, String other, double least, double balanced) {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", ""));
        if (!other.isEmpty()) {
            view.put(pod("other", "", requests(other)), "n", false);
        }
        var scores = scores(view, pod("p", "", requests(wish)), "n");
        assertThat(scores.get(Weight.BALANCED)).isCloseTo(balanced, CLOSE);
        assertThat(scores.get(Weight.LEAST_REQUESTED)).isCloseTo(least, Offset.offset(3.0));
    }

    @Test
    void measuredLoad() {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", ""));
        var pod = pod("p", "", "");
        assertThat(scores(view, pod, "n").get(Weight.MEASURED_LOAD)).isEqualTo(50);
        view.use("n", 2000, 0);
        assertThat(scores(view, pod, "n").get(Weight.MEASURED_LOAD)).isCloseTo(75, CLOSE);
        view.use("n", 4000, 8L << 30);
        assertThat(scores(view, pod, "n").get(Weight.MEASURED_LOAD)).isCloseTo(0, CLOSE);
    }

    @Test
    void imagesThatAreThere() {
        var view = new ClusterView();
        var node =
                Yaml.node(
                        "n",
                        "a: b",
                        """
                        status:
                          allocatable: {cpu: 4, memory: 8Gi}
                          conditions: [{type: Ready, status: "True"}]
                          images:
                          - {names: ["web:latest", "web@sha256:1"], sizeBytes: 1048576000}
                          - {names: ["small:1"], sizeBytes: 20000000}
                        """);
        view.put(node);
        var score = Weight.IMAGE;
        assertThat(scores(view, image("web"), "n").get(score)).isEqualTo(100);
        assertThat(scores(view, image("web:2"), "n").get(score)).isZero();
        assertThat(scores(view, image("small:1"), "n").get(score)).isZero();
    }

    @Test
    void preferredNodesAndTaints() {
        var view = new ClusterView();
        view.put(
                Yaml.node(
                        "n", "disk: ssd", "spec: {taints: [{key: k, effect: PreferNoSchedule}]}"));
        view.put(Yaml.node("m", "disk: hdd", ""));
        var picky =
                pod(
                        "p",
                        "affinity: {nodeAffinity:"
                                + " {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 3,"
                                + " preference: {matchExpressions: [{key: disk, operator: In,"
                                + " values: [ssd]}]}}, {weight: 1, preference: {matchExpressions:"
                                + " [{key: disk, operator: In, values: [hdd]}]}}]}},",
                        "");
        assertThat(scores(view, picky, "n").get(Weight.NODE_AFFINITY)).isEqualTo(75);
        assertThat(scores(view, picky, "m").get(Weight.NODE_AFFINITY)).isEqualTo(25);
        assertThat(scores(view, picky, "n").get(Weight.TAINTS)).isEqualTo(50);
        assertThat(scores(view, picky, "m").get(Weight.TAINTS)).isEqualTo(100);
        var tolerant = pod("p", "tolerations: [{key: k, operator: Exists}],", "");
        assertThat(scores(view, tolerant, "n").get(Weight.TAINTS)).isEqualTo(100);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 10, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}}]} | b
                    podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 10, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {app: db}}}}]} | c
                    podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 10, podAffinityTerm: {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: db}}}}]} | a
                    """)
    void preferredNeighbours(String affinity, String answer) {
        var view = zones();
        view.put(pod("db", "", "").with(labeled("db")), "a", false);
        assertThat(view.place(pod("p", "affinity: {" + affinity + "},", "")))
                .isEqualTo(new Placement.On(answer));
    }

    @Test
    void aPodThatIsThereMayLikeTheNewOne() {
        var view = zones();
        var fan =
                Yaml.pod(
                        """
                        metadata: {name: fan, namespace: default, labels: {app: fan}}
                        spec:
                          containers: [{name: a}]
                          affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: zone, labelSelector: {matchLabels: {app: web}}}]}}
                        """);
        view.put(fan, "c", false);
        assertThat(view.place(PodView.of(Yaml.pod("web", "app: web", "''"))))
                .isEqualTo(new Placement.On("c"));
    }

    @Test
    void aSoftSpreadRanksZones() {
        var view = zones();
        view.put(PodView.of(Yaml.pod("w1", "app: web", "''")), "c", false);
        var soft =
                Yaml.pod(
                        """
                        metadata: {name: w2, namespace: default, labels: {app: web}}
                        spec:
                          containers: [{name: a}]
                          topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {app: web}}}]
                        """);
        assertThat(view.place(soft)).isEqualTo(new Placement.On("a"));
        view.put(soft, "a", false);
        view.put(PodView.of(Yaml.pod("w3", "app: web", "''")), "b", false);
        assertThat(view.place(soft)).isEqualTo(new Placement.On("c"));
    }

    private static ClusterView zones() {
        var view = new ClusterView();
        view.put(Yaml.node("a", "zone: z1", ""));
        view.put(Yaml.node("b", "zone: z1", ""));
        view.put(Yaml.node("c", "zone: z2", ""));
        return view;
    }

    private static Shape labeled(String app) {
        return PodView.of(Yaml.pod(app, "app: " + app, "''")).shape();
    }

    private static Map<Weight, Double> scores(ClusterView view, PodView pod, String node) {
        return Objects.requireNonNull(view.scores(pod).get(node));
    }

    private static String requests(String requests) {
        return "resources: {requests: {" + requests + "}}";
    }

    private static PodView image(String image) {
        return pod("p", "", "image: '" + image + "'");
    }

    private static PodView pod(String name, String spec, String container) {
        return Yaml.pod(
                """
                metadata: {name: %s, namespace: default}
                spec: {%s containers: [{name: a, %s}]}
                """
                        .formatted(name, spec, container.isEmpty() ? "tty: false" : container));
    }
}
