package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/// What objects outside the core group are refused for: a good object and a merge patch to it, with
/// the causes that Kubernetes names.
class OtherKindsRulesTest {
    private static final String POD =
            "'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}";
    private static final String SET = "{'spec':{'selector':{'matchLabels':{'a':'b'}}," + POD + "}}";
    private static final Map<String, String> GOOD =
            Map.of(
                    "apps/v1/deployments",
                    SET,
                    "apps/v1/statefulsets",
                    SET,
                    "networking.k8s.io/v1/ingresses",
                    "{'spec':{'defaultBackend':{'service':{'name':'s','port':{'number':80}}}}}",
                    "networking.k8s.io/v1/ingressclasses",
                    "{'spec':{'controller':'a.io/b','parameters':{'kind':'K','name':'n'}}}",
                    "discovery.k8s.io/v1/endpointslices",
                    "{'addressType':'FQDN','endpoints':[{'addresses':['a.b']}]}",
                    "node.k8s.io/v1/runtimeclasses",
                    "{'handler':'h'}",
                    "storage.k8s.io/v1/storageclasses",
                    "{'provisioner':'p'}",
                    "rbac.authorization.k8s.io/v1/rolebindings",
                    "{'roleRef':{'kind':'Role','name':'r'}}",
                    "autoscaling/v2/horizontalpodautoscalers",
                    "{'spec':{'maxReplicas':2,'scaleTargetRef':{'kind':'Deployment','name':'d'}}}");

    /// Each kind and patch, and below it what is said of it; nothing where it is taken.
    private static final String TABLE =
            """
            deployments|{'spec':{'selector':{'matchExpressions':[{'key':'a','operator':'Is'}]}}}
             spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator
             spec.selector: Invalid value: {"matchLabels":{"a":"b"},"matchExpressions":[{"key":"a","operator":"Is"}]}: invalid label selector
            statefulsets|{'spec':{'selector':{'matchExpressions':[{'key':'a','operator':'Is'}]}}}
             spec.selector.matchExpressions[0].operator: Invalid value: "Is": not a valid selector operator
             spec.selector: Invalid value: {"matchLabels":{"a":"b"},"matchExpressions":[{"key":"a","operator":"Is"}]}
            statefulsets|{'spec':{'serviceName':'1a'}}
            deployments|{'spec':{'strategy':{'rollingUpdate':{'maxUnavailable':'x','maxSurge':0}}}}
             spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "x": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')
             spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "x": may not be 0 when `maxSurge` is 0
            ingresses|{'metadata':{'annotations':{'kubernetes.io/ingress.class':''}},'spec':{'ingressClassName':'a'}}
             annotations.kubernetes.io/ingress.class: Invalid value: "": must match `ingressClassName` when both are specified
            ingresses|{'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':{}}]}}]}}
             spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified
            ingresses|{'spec':{'defaultBackend':{'service':null,'resource':{'kind':'','name':'a/b'}}}}
             spec.defaultBackend.resource.kind: Required value: kind is required
             spec.defaultBackend.resource.name: Invalid value: "a/b": may not contain '/'
            ingressclasses|{'spec':{'controller':'a.io/b c'}}
             spec.controller: Invalid value: "b c": Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')
            ingressclasses|{'spec':{'parameters':{'kind':'','scope':'Namespace'}}}
             spec.parameters.kind: Required value: kind is required
             spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'
            endpointslices|{'endpoints':[{'addresses':['a']}]}
             endpoints[0].addresses[0]: Invalid value: "a": should be a domain with at least two segments separated by dots
            endpointslices|{'endpoints':[{'addresses':['a.b.'],'hints':{'forZones':[{'name':'z'},{'name':'z'}]}}]}
             endpoints[0].hints.forZones[1].name: Duplicate value: "z"
            endpointslices|{'endpoints':[{'addresses':['a.b'],'deprecatedTopology':{'x y':'z'},'hints':{'forNodes':[{'name':'a'},{'name':'a'}]}}]}
             endpoints[0].deprecatedTopology: Invalid value: "x y": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
             endpoints[0].hints.forNodes[1].name: Duplicate value: "a"
            runtimeclasses|{'overhead':{'podFixed':{'cpu':'-1'}}}
             overhead.limits[cpu]: Invalid value: "-1": must be greater than or equal to 0
            runtimeclasses|{'scheduling':{'tolerations':[{'operator':'Equal'}]}}
             scheduling.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"
            runtimeclasses|{'scheduling':{'tolerations':[{'key':'k'},{'key':'k'}]}}
             scheduling.tolerations[1]: Duplicate value: {"key":"k"}
            storageclasses|{'allowedTopologies':[{'matchLabelExpressions':[{'key':'z','values':['a','a']},{'key':'z','values':[]}]}]}
             allowedTopologies[0].matchLabelExpressions[0].values[1]: Duplicate value: "a"
             allowedTopologies[0].matchLabelExpressions[1].values: Required value
             allowedTopologies[0].matchLabelExpressions[1].key: Duplicate value: "z"
            storageclasses|{'allowedTopologies':[{'matchLabelExpressions':[{'key':'z','values':['a']}]},{'matchLabelExpressions':[{'key':'z','values':['a']}]}]}
             allowedTopologies[1].matchLabelExpressions: Duplicate value: ""
            rolebindings|{'subjects':[{'kind':'User','name':''}]}
             subjects[0].name: Required value
            horizontalpodautoscalers|{'spec':{'metrics':[{'type':'Odd'}]}}
             spec.metrics[0].type: Unsupported value: "Odd": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"
             spec.metrics[0].type: Unsupported value: "Odd": supported values: "ContainerResource", "External", "Object", "Pods", "Resource"
            """;

    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<String> refused() {
        return Arrays.stream(TABLE.split("\n(?! )", -1)).filter(l -> !l.isBlank());
    }

    @ParameterizedTest
    @MethodSource
    void refused(String line) {
        var parts = line.lines().toList();
        var first = parts.getFirst().split("\\|", 2);
        var good =
                GOOD.entrySet().stream()
                        .filter(g -> g.getKey().endsWith("/" + first[0]))
                        .findFirst()
                        .orElseThrow();
        var causes = parts.stream().skip(1).map(String::strip).toList();
        assertThat(verdicts(good.getKey(), good.getValue()).ofCreate(first[1])).isEqualTo(causes);
    }

    @Test
    void whatIsLeftOutOrUnknownHereIsFilledInOrDropped() {
        var revision = verdicts("apps/v1/controllerrevisions", "{'data':{}}").create("{}");
        assertThat(revision.path("revision").asInt(-1)).isZero();
        var policy = verdicts("networking.k8s.io/v1/networkpolicies", "{'spec':{}}").create("{}");
        assertThat(policy.path("spec"))
                .isEqualTo(Fixture.json("{'podSelector':{},'policyTypes':['Ingress']}"));
        var lease =
                verdicts("coordination.k8s.io/v1/leases", "{'spec':{'leaseDurationSeconds':1}}")
                        .create("{'spec':{'strategy':'OldestEmulationVersion'}}");
        assertThat(lease.path("spec")).isEqualTo(Fixture.json("{'leaseDurationSeconds':1}"));
    }

    @Test
    void aStatefulSetsStrategyIsFilledInAsFarAsItIsSaid() {
        var sets = verdicts("apps/v1/statefulsets", SET);
        assertThat(Tree.at(sets.create("{'metadata':{'name':'a'}}"), "spec", "updateStrategy"))
                .isEqualTo(
                        Fixture.json("{'type':'RollingUpdate','rollingUpdate':{'partition':0}}"));
        var said = "{'metadata':{'name':'b'},'spec':{'updateStrategy':{'type':'RollingUpdate'}}}";
        assertThat(Tree.at(sets.create(said), "spec", "updateStrategy"))
                .isEqualTo(Fixture.json("{'type':'RollingUpdate'}"));
    }

    private Verdicts verdicts(String kind, String good) {
        var parts = kind.split("/", -1);
        var body = Fixture.json(good);
        Tree.child(body, "metadata").put("name", "x");
        return new Verdicts(world, world.type(parts[0], parts[1], parts[2]), body);
    }
}
