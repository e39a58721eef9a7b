package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

class PodsTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    /// What is wrong with a container; each line is a merge patch to one.
    static Stream<List<String>> containersRefused() {
        return Refusals.of(
                """
                {'ports':[{'containerPort':80,'name':'Web!'}]}|ports[0].name: Invalid value: "Web!": must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)
                {'ports':[{'protocol':'TCP'}]}|ports[0].containerPort: Required value
                {'env':[{'name':'a=b','value':'x'}]}|env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than '='
                {'env':[{'name':'A','value':'x','valueFrom':{'secretKeyRef':{'name':'s','key':'k'}}}]}|env[0].valueFrom: Invalid value: "": may not be specified when `value` is not empty
                {'env':[{'name':'A','valueFrom':{}}]}|env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`
                {'env':[{'name':'A','valueFrom':{'secretKeyRef':{'name':'s'}}}]}|env[0].valueFrom.secretKeyRef.key: Required value
                {'env':[{'name':'A','valueFrom':{'fieldRef':{'fieldPath':'spec.some'}}}]}|env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.some": error converting fieldPath: field label not supported: spec.some
                {'envFrom':[{}]}|envFrom: Invalid value: "": must specify one of: `configMapRef` or `secretRef`
                {'volumeMounts':[{'name':'none','mountPath':'/a'}]}|volumeMounts[0].name: Not found: "none"
                {'volumeMounts':[{'name':'v','mountPath':'/a','subPath':'../b'}]}|volumeMounts.subPath: Invalid value: "../b": must not contain '..'
                {'resources':{'requests':{'cakes':'1'}}}|[resources.requests[cakes]: Invalid value: "cakes": must be a standard resource type or fully qualified, resources.requests[cakes]: Invalid value: "cakes": must be a standard resource for containers]
                {'resources':{'requests':{'example.com/gpu':'1'}}}|resources.limits: Required value: Limit must be set for non overcommitable resources
                {'resources':{'requests':{'cpu':'-1'}}}|resources.requests[cpu]: Invalid value: "-1": must be greater than or equal to 0
                {'livenessProbe':{}}|livenessProbe: Required value: must specify a handler type
                {'livenessProbe':{'exec':{'command':['x']},'tcpSocket':{'port':1}}}|livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type
                {'livenessProbe':{'exec':{'command':['x']},'successThreshold':2}}|livenessProbe.successThreshold: Invalid value: 2: must be 1
                {'readinessProbe':{'httpGet':{'port':0}}}|readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive
                {'startupProbe':{'exec':{}}}|startupProbe.exec.command: Required value
                {'lifecycle':{'preStop':{'httpGet':{'port':80,'scheme':'FTP'}}}}|lifecycle.preStop.httpGet.scheme: Unsupported value: "FTP": supported values: "HTTP", "HTTPS"
                {'securityContext':{'runAsUser':-1}}|securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive
                {'securityContext':{'privileged':true,'allowPrivilegeEscalation':false}}|securityContext: Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true
                {'restartPolicy':'Always'}|restartPolicy: Forbidden: may not be set for non-init containers
                """);
    }

    @ParameterizedTest
    @MethodSource("containersRefused")
    void aContainerIsRefused(List<String> line) {
        var container = Fixture.json("{'name':'c','image':'x'}");
        var pod = pod("{'volumes':[{'name':'v'}]}");
        Tree.child(pod, "spec")
                .putArray("containers")
                .add(MergePatch.apply(container, Fixture.json(line.get(0))));
        var at = "spec.containers[0].";
        var told = line.get(1).strip();
        var full =
                told.startsWith("[")
                        ? "["
                                + at
                                + told.substring(1).replace(", resources", ", " + at + "resources")
                        : at + told;
        Refusals.check(world, world.pods, pod, List.of("{}", full));
    }

    static Stream<List<String>> podsRefused() {
        return Refusals.of(
                """
                {'spec':{'volumes':[{'name':'a','secret':{}}]}}|spec.volumes[0].secret.secretName: Required value
                {'spec':{'volumes':[{'name':'a','emptyDir':{},'hostPath':{'path':'/x'}}]}}|spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type
                {'spec':{'volumes':[{'name':'a'},{'name':'a'}]}}|spec.volumes[1].name: Duplicate value: "a"
                {'spec':{'volumes':[{'name':'a','configMap':{'name':'c','defaultMode':4096}}]}}|spec.volumes[0].configMap.defaultMode: Invalid value: 4096: must be a number between 0 and 0777 (octal), both inclusive
                {'spec':{'volumes':[{'name':'a','configMap':{'name':'c','items':[{'key':'k','path':'/p'}]}}]}}|spec.volumes[0].configMap.items[0].path: Invalid value: "/p": must be a relative path
                {'spec':{'dnsPolicy':'None'}}|spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None
                {'spec':{'hostAliases':[{'ip':'x'}]}}|spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
                {'spec':{'securityContext':{'fsGroup':-5}}}|spec.securityContext.fsGroup: Invalid value: -5: must be between 0 and 2147483647, inclusive
                {'spec':{'securityContext':{'seccompProfile':{'type':'Own'}}}}|spec.securityContext.seccompProfile.type: Unsupported value: "Own": supported values: "Localhost", "RuntimeDefault", "Unconfined"
                {'spec':{'tolerations':[{'key':'a','operator':'Exists','effect':'NoSchedule','tolerationSeconds':5}]}}|spec.tolerations[0].effect: Invalid value: "NoSchedule": effect must be 'NoExecute' when `tolerationSeconds` is set
                {'spec':{'topologySpreadConstraints':[{'maxSkew':0,'topologyKey':'zone','whenUnsatisfiable':'DoNotSchedule'}]}}|spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero
                {'spec':{'topologySpreadConstraints':[{'maxSkew':1,'topologyKey':'zone','whenUnsatisfiable':'Later'}]}}|spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: "Later": supported values: "DoNotSchedule", "ScheduleAnyway"
                {'spec':{'affinity':{'podAntiAffinity':{'preferredDuringSchedulingIgnoredDuringExecution':[{'weight':0,'podAffinityTerm':{'topologyKey':'zone'}}]}}}}|spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100
                {'spec':{'affinity':{'nodeAffinity':{'requiredDuringSchedulingIgnoredDuringExecution':{'nodeSelectorTerms':[]}}}}}|spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term
                {'spec':{'initContainers':[{'name':'i','image':'x','livenessProbe':{'exec':{'command':['a']}}}]}}|spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always
                {'spec':{'initContainers':[{'name':'i','image':'x','restartPolicy':'Never'}]}}|spec.initContainers[0].restartPolicy: Unsupported value: "Never": supported values: "Always"
                {'spec':{'hostname':'a.b'}}|spec.hostname: Invalid value: "a.b": must not contain dots
                """);
    }

    @ParameterizedTest
    @MethodSource("podsRefused")
    void aPodIsRefused(List<String> line) {
        Refusals.check(world, world.pods, pod("{}"), line);
    }

    @Test
    void aDeadlineOnlyComesNearerAndGatesOnlyOpen() {
        world.create(
                world.pods,
                pod(
                        "{'activeDeadlineSeconds':50,'schedulingGates':[{'name':'a/b'},{'name':'a/c'}]}"));
        world.patch(
                world.pods,
                "p",
                PatchType.MERGE,
                "{'spec':{'activeDeadlineSeconds':40,'schedulingGates':[{'name':'a/b'}]}}");
        Refusals.checkChange(
                world,
                world.pods,
                "p",
                List.of(
                        "{'spec':{'activeDeadlineSeconds':60}}",
                        "spec.activeDeadlineSeconds: Invalid value: 60: must be less than or equal"
                                + " to previous value"));
        Refusals.checkChange(
                world,
                world.pods,
                "p",
                List.of(
                        "{'spec':{'activeDeadlineSeconds':null}}",
                        "spec.activeDeadlineSeconds: Invalid value: null: must not update from a"
                                + " positive integer to nil value"));
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.patch(
                                                world.pods,
                                                "p",
                                                PatchType.MERGE,
                                                "{'spec':{'schedulingGates':[{'name':'a/d'}]}}")))
                .hasMessageContaining(
                        "only deletion is allowed, but found new scheduling gate 'a/d'");
    }

    @Test
    void someoneMayLookAroundInAPodAndStays() {
        var created =
                RegistryTest.failure(
                        () ->
                                world.create(
                                        world.pods,
                                        pod(
                                                "{'ephemeralContainers':[{'name':'d','image':'sh'}]}")));
        assertThat(created)
                .hasMessage(
                        "Pod \"p\" is invalid: spec.ephemeralContainers: Forbidden: cannot be set"
                                + " on create");
        world.create(world.pods, pod("{}"));
        var visited =
                part(
                        Subresource.EPHEMERAL_CONTAINERS,
                        "{'spec':{'dnsPolicy':'Default','ephemeralContainers':[{'name':'d','image':'sh','targetContainerName':'c'}]}}");
        assertThat(visited.path("spec").path("ephemeralContainers").path(0).path("name").asString())
                .isEqualTo("d");
        assertThat(Tree.text(visited, "spec", "dnsPolicy")).isEqualTo("ClusterFirst");
        assertThat(Tree.number(visited, 0, "metadata", "generation")).isEqualTo(2);
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        part(
                                                Subresource.EPHEMERAL_CONTAINERS,
                                                "{'spec':{'ephemeralContainers':[]}}")))
                .hasMessageContaining("existing ephemeral containers \"d\" may not be removed");
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        part(
                                                Subresource.EPHEMERAL_CONTAINERS,
                                                "{'spec':{'ephemeralContainers':[{'name':'c','image':'sh','ports':[{'containerPort':1}]}]}}")))
                .hasMessageContaining("spec.ephemeralContainers[0].name: Duplicate value: \"c\"")
                .hasMessageContaining(
                        "spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an"
                                + " Ephemeral Container");
    }

    @Test
    void aPodGrowsInPlaceButKeepsItsQuality() {
        world.create(
                world.pods,
                pod(
                        "{'containers':[{'name':'c','image':'x','resources':{'requests':{'cpu':'1'}}}]}"));
        var grown =
                part(
                        Subresource.RESIZE,
                        "{'spec':{'containers':[{'name':'c','image':'other','resources':{'requests':{'cpu':'2'}}}]}}");
        var container = Tree.objects(grown, "spec", "containers").getFirst();
        assertThat(container.path("resources").toString())
                .isEqualTo("{\"requests\":{\"cpu\":\"2\"}}");
        assertThat(Tree.text(container, "image")).isEqualTo("x");
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        part(
                                                Subresource.RESIZE,
                                                "{'spec':{'containers':[{'name':'c','resources':{}}]}}")))
                .hasMessageContaining("Pod QOS Class may not change as a result of resizing")
                .hasMessageContaining(
                        "spec.containers[0].resources.requests: Forbidden: resource requests cannot"
                                + " be removed");
    }

    private ObjectNode part(Subresource part, String patch) {
        return world.registry.patch(
                world.pods,
                Fixture.key(world.pods, "p"),
                part,
                PatchType.MERGE,
                Fixture.json(patch),
                WriteOptions.STRICT);
    }

    private static ObjectNode pod(String spec) {
        var good =
                Fixture.json(
                        "{'metadata':{'name':'p'},'spec':{'containers':[{'name':'c','image':'x'}]}}");
        good.set("spec", MergePatch.apply(good.path("spec"), Fixture.json(spec)));
        return good;
    }
}
