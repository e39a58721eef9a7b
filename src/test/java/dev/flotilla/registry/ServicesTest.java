package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

class ServicesTest {
    private final Fixture world = new Fixture();
    private final ResourceType services = world.type("", "v1", "services");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode service(String name, String spec) {
        return Fixture.json(
                "{'metadata':{'name':'%s'},'spec':{'ports':[{'port':80}]%s}}"
                        .formatted(name, spec));
    }

    static Stream<List<String>> refused() {
        return Refusals.of(
                """
                {'spec':{'ports':[]}}|spec.ports: Required value
                {'spec':{'ports':[{'port':0,'targetPort':1}]}}|spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
                {'spec':{'ports':[{'port':1},{'port':2,'name':'b'}]}}|spec.ports[0].name: Required value
                {'spec':{'ports':[{'port':1,'name':'b'},{'port':2,'name':'b'}]}}|spec.ports[1].name: Duplicate value: "b"
                {'spec':{'ports':[{'port':1,'name':'a'},{'port':1,'name':'b'}]}}|spec.ports[1]: Duplicate value: {"Name":"","Protocol":"TCP","AppProtocol":null,"Port":1,"TargetPort":0,"NodePort":0}
                {'spec':{'ports':[{'port':1,'protocol':'ICMP'}]}}|spec.ports[0].protocol: Unsupported value: "ICMP": supported values: "SCTP", "TCP", "UDP"
                {'spec':{'ports':[{'port':1,'targetPort':'no--good'}]}}|spec.ports[0].targetPort: Invalid value: "no--good": must not contain consecutive hyphens
                {'spec':{'ports':[{'port':1,'nodePort':30001}]}}|spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'
                {'spec':{'type':'Other'}}|spec.type: Unsupported value: "Other": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"
                {'spec':{'type':'ExternalName','externalName':null}}|spec.externalName: Required value
                {'spec':{'type':'NodePort','clusterIP':'None'}}|spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services
                {'spec':{'sessionAffinity':'Cookie'}}|spec.sessionAffinity: Unsupported value: "Cookie": supported values: "ClientIP", "None"
                {'spec':{'sessionAffinity':'ClientIP','sessionAffinityConfig':{'clientIP':{'timeoutSeconds':0}}}}|spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater than 0 and less than 86400
                {'spec':{'externalTrafficPolicy':'Local'}}|spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services
                {'spec':{'loadBalancerSourceRanges':['10.0.0.0/8']}}|spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'
                {'spec':{'externalIPs':['127.0.0.1']}}|spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
                {'spec':{'clusterIP':'some'}}|spec.clusterIPs[0]: Invalid value: "some": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)
                {'spec':{'clusterIP':'10.43.0.9','clusterIPs':['10.43.0.8']}}|spec.clusterIPs: Invalid value: ["10.43.0.8"]: first value must match `clusterIP`
                {'spec':{'clusterIPs':['10.43.0.8']}}|spec.clusterIPs: Invalid value: ["10.43.0.8"]: must be empty when `clusterIP` is not specified
                {'spec':{'ipFamilyPolicy':'RequireDualStack'}}|spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services
                {'spec':{'ipFamilies':['IPv6']}}|spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster
                {'spec':{'clusterIP':'10.44.0.1'}}|spec.clusterIPs: Invalid value: ["10.44.0.1"]: failed to allocate IP 10.44.0.1: the provided IP (10.44.0.1) is not in the valid range. The range of valid IPs is 10.43.0.0/16
                {'spec':{'clusterIP':'10.43.0.1'}}|spec.clusterIPs: Invalid value: ["10.43.0.1"]: failed to allocate IP 10.43.0.1: provided IP is already allocated
                {'spec':{'type':'NodePort','ports':[{'port':1,'nodePort':80}]}}|spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. The range of valid ports is 30000-32767
                """);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aServiceIsRefused(List<String> line) {
        Refusals.check(world, services, service("s", ""), line);
    }

    @Test
    void aPlainServiceGetsAnAddressAndWhatKubernetesFillsIn() {
        var made = world.create(services, service("s", ""));
        var ip = Tree.text(made, "spec", "clusterIP");
        assertThat(ip).startsWith("10.43.");
        assertThat(made.path("spec").toString())
                .isEqualTo(
                        ("{\"ports\":[{\"port\":80,\"protocol\":\"TCP\",\"targetPort\":80}],"
                             + "\"type\":\"ClusterIP\",\"sessionAffinity\":\"None\","
                             + "\"internalTrafficPolicy\":\"Cluster\","
                             + "\"ipFamilyPolicy\":\"SingleStack\",\"ipFamilies\":[\"IPv4\"],"
                             + "\"clusterIP\":\"%s\",\"clusterIPs\":[\"%s\"]}")
                                .formatted(ip, ip));
        assertThat(made.path("status").toString()).isEqualTo("{\"loadBalancer\":{}}");
        assertThat(row(made))
                .isEqualTo(
                        "[\"s\",\"ClusterIP\",\""
                                + ip
                                + "\",\"<none>\",\"80/TCP\",\"0s\",\"<none>\"]");
    }

    @Test
    void theServersOwnServiceIsTheFirst() {
        var kubernetes = world.get(services, "kubernetes");
        assertThat(row(kubernetes))
                .isEqualTo(
                        "[\"kubernetes\",\"ClusterIP\",\"10.43.0.1\",\"<none>\",\"443/TCP\",\"0s\",\"<none>\"]");
    }

    @Test
    void headlessServicesAndNamesHaveNoAddressOfTheirOwn() {
        var headless =
                world.create(services, service("h", ",'clusterIP':'None','selector':{'a':'b'}"));
        assertThat(headless.path("spec").path("clusterIPs").toString()).isEqualTo("[\"None\"]");
        assertThat(Tree.text(headless, "spec", "ipFamilyPolicy")).isEqualTo("SingleStack");
        var loose = world.create(services, service("l", ",'clusterIP':'None'"));
        assertThat(loose.path("spec").path("ipFamilies").toString())
                .isEqualTo("[\"IPv4\",\"IPv6\"]");
        assertThat(Tree.text(loose, "spec", "ipFamilyPolicy")).isEqualTo("RequireDualStack");
        var name =
                world.create(services, service("n", ",'type':'ExternalName','externalName':'a.b'"));
        assertThat(name.path("spec").has("clusterIP")).isFalse();
        assertThat(name.path("spec").has("ipFamilies")).isFalse();
    }

    @Test
    void anAddressIsForGoodAndStaysWhenLeftOut() {
        var made = world.create(services, service("s", ""));
        var ip = Tree.text(made, "spec", "clusterIP");
        var replaced = world.update(services, service("s", ",'selector':{'a':'b'}"));
        assertThat(Tree.text(replaced, "spec", "clusterIP")).isEqualTo(ip);
        Refusals.checkChange(
                world,
                services,
                "s",
                List.of(
                        "{'spec':{'clusterIP':'10.43.9.9','clusterIPs':['10.43.9.9']}}",
                        "spec.clusterIPs[0]: Invalid value: [\"10.43.9.9\"]: may not change once"
                                + " set"));
    }

    @Test
    void whatATypeHadGoesWithItAndIsFreeAgain() {
        var made =
                world.create(services, service("s", ",'type':'NodePort','clusterIP':'10.43.0.7'"));
        long port = Tree.number(Tree.objects(made, "spec", "ports").getFirst(), 0, "nodePort");
        assertThat(port).isBetween(30_000L, 32_767L);
        assertThat(Tree.text(made, "spec", "externalTrafficPolicy")).isEqualTo("Cluster");
        var taken = "'type':'NodePort','ports':[{'port':1,'nodePort':%d}]".formatted(port);
        Refusals.check(
                world,
                services,
                service("t", ""),
                List.of(
                        "{'spec':{" + taken + "}}",
                        "spec.ports[0].nodePort: Invalid value: "
                                + port
                                + ": provided port is already allocated"));
        var plain = world.patch(services, "s", PatchType.MERGE, "{'spec':{'type':'ClusterIP'}}");
        assertThat(Tree.objects(plain, "spec", "ports").getFirst().has("nodePort")).isFalse();
        assertThat(plain.path("spec").has("externalTrafficPolicy")).isFalse();
        world.create(services, Fixture.json("{'metadata':{'name':'t'},'spec':{" + taken + "}}"));
        world.patch(
                services,
                "s",
                PatchType.MERGE,
                "{'spec':{'type':'ExternalName','externalName':'a.b'}}");
        assertThat(world.get(services, "s").path("spec").has("clusterIPs")).isFalse();
        world.create(services, service("u", ",'clusterIP':'10.43.0.7'"));
        world.registry.delete(services, new ObjectKey("default", "u"), DeleteOptions.PLAIN);
        world.create(services, service("v", ",'clusterIP':'10.43.0.7'"));
    }

    @Test
    void aDryRunTakesNothing() {
        var dry = new WriteOptions(true, FieldValidation.STRICT, "", _ -> {});
        var body = service("s", ",'clusterIP':'10.43.0.7'");
        world.registry.create(services, "default", body, dry);
        world.create(services, body);
        var failure =
                RegistryTest.failure(
                        () ->
                                world.registry.create(
                                        services,
                                        "default",
                                        service("t", ",'clusterIP':'10.43.0.7'"),
                                        dry));
        assertThat(failure).hasMessageContaining("provided IP is already allocated");
    }

    @Test
    void aBalancedServiceGetsPortsAndAHealthCheckOfItsOwn() {
        var made =
                world.create(
                        services,
                        service("s", ",'type':'LoadBalancer','externalTrafficPolicy':'Local'"));
        long health = Tree.number(made, 0, "spec", "healthCheckNodePort");
        long port = Tree.number(Tree.objects(made, "spec", "ports").getFirst(), 0, "nodePort");
        assertThat(health).isBetween(30_000L, 32_767L).isNotEqualTo(port);
        assertThat(Tree.isTrue(made, "spec", "allocateLoadBalancerNodePorts")).isTrue();
        var closed =
                world.create(
                        services,
                        service(
                                "t",
                                ",'type':'LoadBalancer','allocateLoadBalancerNodePorts':false"));
        assertThat(Tree.objects(closed, "spec", "ports").getFirst().has("nodePort")).isFalse();
    }

    private String row(ObjectNode object) {
        var table = world.registry.table(services, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
