package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a new status must not say, and what changes while a pod is held back.
class StatusRulesTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'qosClass':'Guaranteed'}|status.qosClass: Invalid value: \"Guaranteed\": field"
                        + " is immutable",
                "{'podIPs':[{'ip':'x'}]}|status.podIPs[0]: Invalid value: \"x\": must be a valid"
                        + " IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
                "{'hostIP':'10.0.0.1','hostIPs':[{'ip':'10.0.0.2'}]}|status.hostIPs[0].ip: Invalid"
                        + " value: \"10.0.0.2\": must be equal to `hostIP`",
                "{'nominatedNodeName':'A_'}|status.nominatedNodeName: Invalid value: \"A_\": a"
                        + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                        + " characters, '-' or '.', and must start and end with an alphanumeric"
                        + " character (e.g. 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
            })
    void aPodsStatusIsRefused(String status, String why) {
        var pods = new Verdicts(world, world.pods, Fixture.pod("p"));
        pods.create("{}");
        assertThat(pods.ofStatus("{'status':" + status + "}")).containsExactly(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Never|1|{'running':{}}|true",
                "Never|0|{'waiting':{}}|true",
                "Never|0|{}|true",
                "Never|1|{'terminated':{'exitCode':0}}|false",
                "OnFailure|0|{'running':{}}|true",
                "OnFailure|1|{'running':{}}|false",
                "Always|0|{'running':{}}|false"
            })
    void aContainerThatEndedForGoodDoesNotRunAgain(
            String policy, int exitCode, String state, boolean refused) {
        var pods = new Verdicts(world, world.pods, Fixture.pod("p"));
        pods.create("{'spec':{'restartPolicy':'" + policy + "'}}");
        pods.status(containers("{'running':{}}"));
        pods.status(containers("{'terminated':{'exitCode':" + exitCode + "}}"));
        var why =
                "status.containerStatuses[0].state: Forbidden: may not be transitioned to"
                        + " non-terminated state";
        assertThat(pods.ofStatus(containers(state))).isEqualTo(refused ? List.of(why) : List.of());
    }

    private static String containers(String state) {
        return "{'status':{'containerStatuses':[{'name':'c','image':'i','imageID':'','ready':false,'restartCount':0,'state':"
                + state
                + "}]}}";
    }

    @Test
    void aPodsClassStaysThoughAStatusLeavesItOut() {
        var pods = new Verdicts(world, world.pods, Fixture.pod("p"));
        pods.create("{}");
        var after = pods.status("{'status':{'qosClass':null,'phase':'Running'}}");
        assertThat(Tree.text(after, "status", "qosClass")).isEqualTo("BestEffort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ClusterIP|{'ip':'10.0.0.1'}|status.loadBalancer.ingress: Forbidden: may only be"
                        + " used when `spec.type` is 'LoadBalancer'",
                "LoadBalancer|{'ip':'x'}|status.loadBalancer.ingress[0].ip: Invalid value: \"x\":"
                        + " must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
                "LoadBalancer|{'hostname':'10.0.0.1'}|status.loadBalancer.ingress[0].hostname:"
                        + " Invalid value: \"10.0.0.1\": must be a DNS name, not an IP address",
                "LoadBalancer|{'ip':'10.0.0.1','ipMode':'Odd'}|status.loadBalancer.ingress[0].ipMode:"
                    + " Unsupported value: \"Odd\": supported values: \"Proxy\", \"VIP\""
            })
    void aBalancersStatusIsRefused(String type, String way, String why) {
        var services = service(type);
        services.create("{}");
        assertThat(services.ofStatus("{'status':{'loadBalancer':{'ingress':[" + way + "]}}}"))
                .containsExactly(why);
    }

    @Test
    void aBalancersAddressIsVirtualUnlessItSaysOtherwise() {
        var services = service("LoadBalancer");
        services.create("{}");
        var after = services.status("{'status':{'loadBalancer':{'ingress':[{'ip':'10.0.0.1'}]}}}");
        assertThat(after.at("/status/loadBalancer/ingress/0/ipMode").asString()).isEqualTo("VIP");
    }

    private Verdicts service(String type) {
        var body =
                Fixture.json(
                        "{'metadata':{'name':'s'},'spec':{'type':'"
                                + type
                                + "','ports':[{'port':80}]}}");
        return new Verdicts(world, world.type("", "v1", "services"), body);
    }

    @Test
    void aGatedPodMayBeToldMoreOfWhereToGo() {
        var held =
                (ObjectNode)
                        MergePatch.apply(
                                Fixture.pod("p"),
                                Fixture.json(
                                        "{'spec':{'schedulingGates':[{'name':'a'}],'nodeSelector':{'x':'1'}}}"));
        var pods = new Verdicts(world, world.pods, held);
        pods.create("{}");
        pods.change("{'spec':{'nodeSelector':{'y':'2'}}}");
        assertThat(pods.ofChange("{'spec':{'nodeSelector':{'x':'2'}}}"))
                .containsExactly(
                        "spec.nodeSelector: Invalid value: {\"x\":\"2\",\"y\":\"2\"}: only"
                                + " additions to spec.nodeSelector are allowed (no mutations or"
                                + " deletions)");
        assertThat(pods.ofChange("{'spec':{'schedulingGates':[{'name':'b'}]}}"))
                .containsExactly(
                        "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but"
                                + " found new scheduling gate 'b'");
    }
}
