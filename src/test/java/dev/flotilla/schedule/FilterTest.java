package dev.flotilla.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;

import io.fabric8.kubernetes.api.model.PodSpecBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.stream.Collectors;

/// One node and one pod a case: `-` where the pod may run, else Kubernetes' words.
class FilterTest {
    private static final String PORTS =
            "node(s) didn't have free ports for the requested pod ports";

    @ParameterizedTest(name = "{0} beside {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {containerPort: 80, hostPort: 80} | {containerPort: 1, hostPort: 80} | taken
                    {containerPort: 80, hostPort: 80} | {containerPort: 80} | -
                    {containerPort: 80} | {containerPort: 80, hostPort: 80} | -
                    {containerPort: 80, hostPort: 80} | {containerPort: 80, hostPort: 81} | -
                    {containerPort: 80, hostPort: 80, protocol: UDP} | {containerPort: 80, hostPort: 80} | -
                    {containerPort: 80, hostPort: 80, protocol: TCP} | {containerPort: 80, hostPort: 80} | taken
                    {containerPort: 80, hostPort: 80, hostIP: 10.0.0.1} | {containerPort: 80, hostPort: 80, hostIP: 10.0.0.2} | -
                    {containerPort: 80, hostPort: 80, hostIP: 10.0.0.1} | {containerPort: 80, hostPort: 80, hostIP: 10.0.0.1} | taken
                    {containerPort: 80, hostPort: 80, hostIP: 10.0.0.1} | {containerPort: 80, hostPort: 80} | taken
                    {containerPort: 80, hostPort: 80} | {containerPort: 80, hostPort: 80, hostIP: 0.0.0.0} | taken
                    """)
    void hostPorts(String wanted, String taken, String answer) {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", ""));
        view.put(withPort(taken, ""), "n", false);
        assertThat(first(view, withPort(wanted, "")))
                .isEqualTo(answer.equals("taken") ? PORTS : "-");
    }

    @ParameterizedTest
    @CsvSource({"'hostNetwork: true,', true", "'', false"})
    void inTheHostsNetworkEveryPortIsTheHosts(String network, boolean taken) {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", ""));
        view.put(withPort("{containerPort: 80, hostPort: 80}", ""), "n", false);
        assertThat(first(view, withPort("{containerPort: 80}", network)))
                .isEqualTo(taken ? PORTS : "-");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    containers: [{name: a, resources: {requests: {cpu: 1}}}, {name: b, resources: {requests: {cpu: 1}}}] | 2000
                    containers: [{name: a, resources: {limits: {cpu: 1}}}] | 1000
                    containers: [{name: a, resources: {limits: {cpu: 3}, requests: {cpu: 1}}}] | 1000
                    containers: [{name: a, resources: {requests: {cpu: 1}}}], initContainers: [{name: i, resources: {requests: {cpu: 3}}}] | 3000
                    containers: [{name: a, resources: {requests: {cpu: 2}}}], initContainers: [{name: i, resources: {requests: {cpu: 1}}}] | 2000
                    containers: [{name: a, resources: {requests: {cpu: 1}}}], initContainers: [{name: s, restartPolicy: Always, resources: {requests: {cpu: 1}}}, {name: i, resources: {requests: {cpu: 2}}}] | 3000
                    containers: [{name: a, resources: {requests: {cpu: 1}}}], initContainers: [{name: i, resources: {requests: {cpu: 2}}}, {name: s, restartPolicy: Always, resources: {requests: {cpu: 1}}}] | 2000
                    containers: [{name: a, resources: {requests: {cpu: 1}}}], overhead: {cpu: 250m} | 1250
                    containers: [{name: a, resources: {requests: {cpu: 1}}}], resources: {requests: {cpu: 3}} | 3000
                    containers: [{name: a, resources: {requests: {cpu: 1m}}}, {name: b, resources: {requests: {cpu: 0.0001}}}] | 2
                    """)
    void aPodNeeds(String spec, long cpuMillis) {
        assertThat(pod(spec).shape().needs().cpuMillis()).isEqualTo(cpuMillis);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpu: 1, memory: 1Gi | -
                    cpu: 3 | Insufficient cpu
                    cpu: 3, memory: 3Gi | Insufficient cpu, Insufficient memory
                    ephemeral-storage: 2Gi | Insufficient ephemeral-storage
                    nvidia.com/gpu: 1 | -
                    nvidia.com/gpu: 2 | Insufficient nvidia.com/gpu
                    example.com/none: 1 | Insufficient example.com/none
                    """)
    void resources(String requests, String answer) {
        var view = new ClusterView();
        view.put(
                Yaml.node(
                        "n",
                        "a: b",
                        """
                        status:
                          allocatable: {cpu: 4, memory: 4Gi, ephemeral-storage: 2Gi, nvidia.com/gpu: 2, pods: 10}
                          conditions: [{type: Ready, status: "True"}]
                        """));
        view.put(
                pod(
                        "containers: [{name: a, resources: {requests: {cpu: 2, memory: 2Gi,"
                                + " ephemeral-storage: 1Gi, nvidia.com/gpu: 1}}}]"),
                "n",
                false);
        assertThat(
                        first(
                                view,
                                pod(
                                        "containers: [{name: a, resources: {requests: {"
                                                + requests
                                                + "}}}]")))
                .isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nodeSelector: {zone: a} | -
                    nodeSelector: {zone: b} | node(s) didn't match Pod's node affinity/selector
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [n]}]}]}}} | -
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: In, values: [m]}]}]}}} | node(s) didn't satisfy plugin(s) [NodeAffinity]
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchFields: [{key: metadata.name, operator: NotIn, values: [n]}]}]}}} | node(s) didn't match Pod's node affinity/selector
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [b]}]}, {matchExpressions: [{key: zone, operator: Exists}]}]}}} | -
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: zone, operator: In, values: [a]}, {key: disk, operator: Exists}]}]}}} | node(s) didn't match Pod's node affinity/selector
                    affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{}]}}} | node(s) didn't match Pod's node affinity/selector
                    """)
    void nodesChosen(String spec, String answer) {
        var view = new ClusterView();
        view.put(Yaml.node("n", "zone: a", ""));
        assertThat(first(view, pod(spec + ", containers: [{name: a}]"))).isEqualTo(answer);
    }

    @Test
    void aTemplateMayNameItsNode() {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", ""));
        var spec = new PodSpecBuilder().addNewContainer().endContainer().withNodeName("m").build();
        var key = new ObjectKey("default", "p");
        assertThat(first(view, PodView.of(key, Shape.of("default", null, "", spec))))
                .isEqualTo("node(s) didn't match the requested node name");
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {key: k, value: v, effect: NoSchedule} | [] | node(s) had untolerated taint {k: v}
                    {key: k, effect: NoExecute} | [] | node(s) had untolerated taint {k: }
                    {key: k, value: v, effect: PreferNoSchedule} | [] | -
                    {key: k, value: v, effect: NoSchedule} | [{key: k, operator: Exists, effect: NoExecute}] | node(s) had untolerated taint {k: v}
                    {key: k, value: v, effect: NoSchedule} | [{key: k, value: v}] | -
                    {key: k, value: v, effect: NoExecute} | [{operator: Exists}] | -
                    {key: k, value: v, effect: NoExecute} | [{key: k, operator: Exists, tolerationSeconds: 3}] | -
                    """)
    void taints(String taint, String tolerations, String answer) {
        var view = new ClusterView();
        view.put(Yaml.node("n", "a: b", "spec: {taints: [" + taint + "]}"));
        assertThat(first(view, pod("tolerations: " + tolerations + ", containers: [{name: a}]")))
                .isEqualTo(answer);
    }

    static String first(ClusterView view, PodView pod) {
        var refusals = Yaml.why(view, pod, "n");
        boolean placed = view.place(pod) instanceof Placement.On;
        assertThat(placed).isEqualTo(refusals.isEmpty());
        return placed
                ? "-"
                : refusals.stream().map(Refusal::reason).collect(Collectors.joining(", "));
    }

    private static PodView withPort(String port, String more) {
        return pod(more + "containers: [{name: main, ports: [" + port + "]}]");
    }

    private static PodView pod(String spec) {
        return Yaml.pod("metadata: {name: p, namespace: default}\nspec: {" + spec + "}\n");
    }
}
