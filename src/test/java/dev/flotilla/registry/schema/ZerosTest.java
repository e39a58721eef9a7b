package dev.flotilla.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.kinds.Kinds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What Kubernetes does not write because it is none, and what it does write all the same.
class ZerosTest {
    static Stream<Arguments> forms() {
        return Stream.of(
                of(
                        "by value: gone",
                        Pod.class,
                        "{'spec':{'hostNetwork':false,'hostPID':false,'hostIPC':false,'nodeName':'','tolerations':[],'nodeSelector':{}}}",
                        "{'spec':{}}"),
                of(
                        "by pointer: kept",
                        Pod.class,
                        "{'spec':{'automountServiceAccountToken':false,'terminationGracePeriodSeconds':0,'shareProcessNamespace':false,'securityContext':{},'priority':0,'enableServiceLinks':false,'runtimeClassName':''}}",
                        "{'spec':{'automountServiceAccountToken':false,'terminationGracePeriodSeconds':0,'shareProcessNamespace':false,'securityContext':{},'priority':0,'enableServiceLinks':false,'runtimeClassName':''}}"),
                of(
                        "in lists",
                        Pod.class,
                        "{'spec':{'containers':[{'name':'','stdin':false,'stdinOnce':false,'tty':false,'args':[],'command':[''],'env':[{'name':'A','value':''}],'resources':{},'securityContext':{'allowPrivilegeEscalation':false,'readOnlyRootFilesystem':false,'runAsUser':0},'volumeMounts':[{'name':'v','mountPath':'/','readOnly':false,'subPath':''}]}]}}",
                        "{'spec':{'containers':[{'name':'','command':[''],'env':[{'name':'A'}],'resources':{},'securityContext':{'allowPrivilegeEscalation':false,'readOnlyRootFilesystem':false,'runAsUser':0},'volumeMounts':[{'name':'v','mountPath':'/'}]}]}}"),
                of(
                        "in maps",
                        Pod.class,
                        "{'metadata':{'annotations':{'a':''},'labels':{},'finalizers':[],'generateName':''}}",
                        "{'metadata':{'annotations':{'a':''}}}"),
                of(
                        "status",
                        Pod.class,
                        "{'status':{'phase':'','conditions':[],'containerStatuses':[{'ready':false,'restartCount':0,'started':false,'imageID':''}]}}",
                        "{'status':{'containerStatuses':[{'ready':false,'restartCount':0,'started':false,'imageID':''}]}}"),
                of(
                        "replicas",
                        Deployment.class,
                        "{'spec':{'replicas':0,'paused':false,'minReadySeconds':0,'revisionHistoryLimit':0,'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':'0%'}}},'status':{'readyReplicas':0}}",
                        "{'spec':{'replicas':0,'revisionHistoryLimit':0,'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':'0%'}}},'status':{}}"),
                of("no omitempty", Role.class, "{'rules':[]}", "{'rules':[]}"),
                of(
                        "rules that allow nothing",
                        NetworkPolicy.class,
                        "{'spec':{'podSelector':{},'ingress':[],'egress':[{}],'policyTypes':['Ingress']}}",
                        "{'spec':{'podSelector':{},'egress':[{}],'policyTypes':['Ingress']}}"),
                of(
                        "services",
                        Service.class,
                        "{'spec':{'clusterIP':'','publishNotReadyAddresses':false,'ports':[{'port':0,'nodePort':0,'targetPort':0}],'selector':{}}}",
                        "{'spec':{'ports':[{'port':0,'targetPort':0}]}}"),
                of(
                        "quantities",
                        LimitRange.class,
                        "{'spec':{'limits':[{'type':'Pod','max':{'cpu':'0'},'min':{}}]}}",
                        "{'spec':{'limits':[{'type':'Pod','max':{'cpu':'0'}}]}}"),
                of(
                        "nodes",
                        Node.class,
                        "{'spec':{'unschedulable':false,'taints':[]}}",
                        "{'spec':{}}"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void areDroppedWhereKubernetesDropsThem(
            String what, Class<? extends HasMetadata> kind, ObjectNode given, ObjectNode kept) {
        Normal.form(new Models(), kind, given);
        assertThat(given).as(what).isEqualTo(kept);
    }

    @Test
    void ourOwnKindsKeepWhatWasSaid() {
        var machine =
                Kinds.all().stream()
                        .map(k -> k.type())
                        .filter(t -> t.kind().equals("Machine"))
                        .findFirst()
                        .orElseThrow()
                        .model();
        var said = json("{'metadata':{'name':'m'},'spec':{'ssh':{'host':''}}}");
        var kept = said.deepCopy();
        Normal.form(new Models(), machine, kept);
        assertThat(kept).isEqualTo(said);
    }

    @Test
    void theTableNamesOnlyWhatIsThereAndCanBeNone() {
        var models = new Models();
        var types = new HashMap<String, Class<?>>();
        Kinds.all().forEach(k -> collect(models, k.type().model(), types));
        Kinds.all()
                .forEach(k -> k.versions().forEach(v -> collect(models, v.type().model(), types)));
        var strange = new TreeSet<String>();
        var found = new ArrayList<String>();
        Zeros.table()
                .forEach(
                        (type, fields) -> {
                            var model = types.get(type);
                            for (var field : fields) {
                                var shape = model == null ? null : models.fields(model).get(field);
                                if (model != null
                                        && (shape == null
                                                || shape instanceof Shape.Fields
                                                || shape instanceof Shape.IntOrText
                                                || shape instanceof Shape.Amount)) {
                                    strange.add(type + "." + field);
                                }
                            }
                            if (model != null) {
                                found.add(type);
                            }
                        });
        assertThat(strange).isEmpty();
        assertThat(found).hasSizeGreaterThan(150);
    }

    private static void collect(Models models, Class<?> model, Map<String, Class<?>> types) {
        if (types.put(ComponentNames.inFacts(model), model) == null) {
            models.fields(model).values().forEach(s -> inside(models, s, types));
        }
    }

    private static void inside(Models models, Shape shape, Map<String, Class<?>> types) {
        switch (shape) {
            case Shape.Fields(var model) -> collect(models, model, types);
            case Shape.ListOf(var element) -> inside(models, element, types);
            case Shape.MapOf(var value) -> inside(models, value, types);
            default -> {}
        }
    }

    private static Arguments of(
            String what, Class<? extends HasMetadata> kind, String given, String kept) {
        return Arguments.of(what, kind, json(given), json(kept));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
