package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class PodDefaultsTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    private JsonNode made(String spec) {
        var pod = (ObjectNode) MergePatch.apply(Fixture.pod("p"), Fixture.json(spec));
        return Tree.at(world.create(world.pods, pod), "spec");
    }

    @ParameterizedTest
    @CsvSource({
        "nginx, Always",
        "nginx:latest, Always",
        "nginx:1.2, IfNotPresent",
        "host:5000/a/b, Always",
        "host:5000/a/b:3, IfNotPresent",
        "a@sha256:00, IfNotPresent",
        "a:latest@sha256:00, Always",
        "Not/An_Image, IfNotPresent"
    })
    void anImageIsPulledAgainWhereItsTagMoves(String image, String policy) {
        var spec = made("{'spec':{'containers':[{'name':'c','image':'" + image + "'}]}}");
        assertThat(spec.at("/containers/0/imagePullPolicy").asString()).isEqualTo(policy);
    }

    @Test
    void aVolumeIsFilledIn() {
        var volumes =
                made("{'spec':{'serviceAccountName':'default','automountServiceAccountToken':false,'volumes':[{'name':'a'},"
                         + "{'name':'b','hostPath':{'path':'/b'}},"
                         + "{'name':'c','projected':{'sources':[{'serviceAccountToken':{'path':'t'}},"
                         + "{'downwardAPI':{'items':[{'path':'n','fieldRef':{'fieldPath':'metadata.name'}},"
                         + "{'path':'r','resourceFieldRef':{'containerName':'c','resource':'limits.cpu'}}]}}]}},"
                         + "{'name':'d','image':{'reference':'x:1'}},"
                         + "{'name':'e','rbd':{'monitors':['m'],'image':'i'}}]}}")
                        .path("volumes");
        assertThat(volumes.toString())
                .isEqualTo(
                        Fixture.json(
                                        "{'v':[{'name':'a','emptyDir':{}},"
                                            + "{'name':'b','hostPath':{'path':'/b','type':''}},"
                                            + "{'name':'c','projected':{'sources':[{'serviceAccountToken':{'path':'t','expirationSeconds':3600}},"
                                            + "{'downwardAPI':{'items':[{'path':'n','fieldRef':{'fieldPath':'metadata.name','apiVersion':'v1'}},"
                                            + "{'path':'r','resourceFieldRef':{'containerName':'c','resource':'limits.cpu','divisor':'0'}}]}}],'defaultMode':420}},"
                                            + "{'name':'d','image':{'reference':'x:1','pullPolicy':'IfNotPresent'}},"
                                            + "{'name':'e','rbd':{'monitors':['m'],'image':'i','keyring':'/etc/ceph/keyring','pool':'rbd','user':'admin'}}]}")
                                .path("v")
                                .toString());
    }

    @Test
    void aProbesZeroesAreNotMeant() {
        var probe =
                made("{'spec':{'containers':[{'name':'c','image':'x','livenessProbe':"
                                + "{'grpc':{'port':1},'periodSeconds':0,'failureThreshold':5}}]}}")
                        .at("/containers/0/livenessProbe");
        assertThat(probe)
                .isEqualTo(
                        Fixture.json(
                                "{'grpc':{'port':1,'service':''},'periodSeconds':10,'failureThreshold':5,"
                                    + "'timeoutSeconds':1,'successThreshold':1}"));
    }

    /// What a pod is given, its template is not.
    @Test
    void aTemplateAsksForNoMoreThanItSays() {
        var patch =
                "{'hostNetwork':true,'containers':[{'name':'c','image':'x','ports':[{'containerPort':80}],"
                    + "'resources':{'limits':{'cpu':'1'}}}]}";
        var pod = made("{'spec':" + patch + "}");
        assertThat(pod.at("/containers/0/ports/0/hostPort").asInt()).isEqualTo(80);
        assertThat(pod.at("/containers/0/resources/requests/cpu").asString()).isEqualTo("1");
        var deployment =
                (ObjectNode)
                        MergePatch.apply(
                                Fixture.deployment("web"),
                                Fixture.json("{'spec':{'template':{'spec':" + patch + "}}}"));
        var template = world.create(world.deployments, deployment).at("/spec/template/spec");
        assertThat(template.at("/containers/0/ports/0").has("hostPort")).isFalse();
        assertThat(template.at("/containers/0/resources").has("requests")).isFalse();
        assertThat(template.has("enableServiceLinks")).isFalse();
    }
}
