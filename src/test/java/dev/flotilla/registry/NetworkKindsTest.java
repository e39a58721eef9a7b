package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

class NetworkKindsTest {
    private final Fixture world = new Fixture();
    private final ResourceType ingresses = world.type("networking.k8s.io", "v1", "ingresses");
    private final ResourceType classes = world.type("networking.k8s.io", "v1", "ingressclasses");
    private final ResourceType policies = world.type("networking.k8s.io", "v1", "networkpolicies");
    private final ResourceType slices = world.type("discovery.k8s.io", "v1", "endpointslices");
    private final ResourceType endpoints = world.type("", "v1", "endpoints");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode ingress() {
        return Fixture.json(
                "{'metadata':{'name':'i'},'spec':{'rules':[{'host':'a.example','http':{'paths':["
                        + "{'path':'/','pathType':'Prefix','backend':{'service':{'name':'web',"
                        + "'port':{'number':80}}}}]}}]}}");
    }

    private static ObjectNode ingressClass() {
        return Fixture.json("{'metadata':{'name':'c'},'spec':{'controller':'example.com/in'}}");
    }

    private static ObjectNode policy() {
        return Fixture.json("{'metadata':{'name':'p'},'spec':{'podSelector':{}}}");
    }

    private static ObjectNode slice() {
        return Fixture.json(
                "{'metadata':{'name':'s'},'addressType':'IPv4','endpoints':[{'addresses':['10.1.2.3']}],"
                    + "'ports':[{'name':'http','port':80}]}");
    }

    private static ObjectNode someEndpoints() {
        return Fixture.json(
                "{'metadata':{'name':'e'},'subsets':[{'addresses':[{'ip':'10.1.2.3'}],"
                        + "'ports':[{'port':80}]}]}");
    }

    static Stream<List<String>> ingressesRefused() {
        return Refusals.of(
                """
                {'spec':{'rules':null}}|spec: Invalid value: null: either `defaultBackend` or `rules` must be specified
                {'spec':{'rules':[{'host':'10.0.0.1'}]}}|spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address
                {'spec':{'rules':[{'host':'*'}]}}|spec.rules[0].host: Invalid value: "*": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
                {'spec':{'rules':[{'http':{'paths':[]}}]}}|spec.rules[0].http.paths: Required value
                {'spec':{'rules':[{'http':{'paths':[{'path':'/','backend':{'service':{'name':'a','port':{'number':1}}}}]}}]}}|spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified
                {'spec':{'rules':[{'http':{'paths':[{'path':'x','pathType':'Exact','backend':{'service':{'name':'a','port':{'number':1}}}}]}}]}}|spec.rules[0].http.paths[0].path: Invalid value: "x": must be an absolute path
                {'spec':{'rules':[{'http':{'paths':[{'path':'/a//b','pathType':'Exact','backend':{'service':{'name':'a','port':{'number':1}}}}]}}]}}|spec.rules[0].http.paths[0].path: Invalid value: "/a//b": must not contain '//'
                {'spec':{'defaultBackend':{}}}|spec.defaultBackend: Invalid value: "": resource or service backend is required
                {'spec':{'defaultBackend':{'service':{'name':'a'}}}}|spec.defaultBackend: Required value: port name or number is required
                {'spec':{'defaultBackend':{'service':{'name':'a','port':{'name':'x','number':1}}}}}|spec.defaultBackend: Invalid value: "": cannot set both port name & port number
                {'metadata':{'annotations':{'kubernetes.io/ingress.class':'a'}},'spec':{'ingressClassName':'b'}}|annotations.kubernetes.io/ingress.class: Invalid value: "a": must match `ingressClassName` when both are specified
                """);
    }

    @ParameterizedTest
    @MethodSource("ingressesRefused")
    void anIngressIsRefused(List<String> line) {
        Refusals.check(world, ingresses, ingress(), line);
    }

    static Stream<List<String>> classesRefused() {
        return Refusals.of(
                """
                {'spec':{'controller':null}}|spec.controller: Required value
                {'spec':{'controller':'plain'}}|spec.controller: Invalid value: "plain": must be a domain-prefixed path (such as "acme.io/foo")
                {'spec':{'parameters':{'kind':'K','name':'n','namespace':'x'}}}|spec.parameters.namespace: Forbidden: `parameters.scope` is set to 'Cluster'
                {'spec':{'parameters':{'kind':'K','name':'n','scope':'Namespace'}}}|spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'
                """);
    }

    @ParameterizedTest
    @MethodSource("classesRefused")
    void anIngressClassIsRefused(List<String> line) {
        Refusals.check(world, classes, ingressClass(), line);
    }

    static Stream<List<String>> policiesRefused() {
        return Refusals.of(
                """
                {'spec':{'ingress':[{'ports':[{'protocol':'ICMP'}]}]}}|spec.ingress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"
                {'spec':{'ingress':[{'ports':[{'port':0}]}]}}|spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
                {'spec':{'egress':[{'ports':[{'port':'a','endPort':9}]}]}}|spec.egress[0].ports[0].endPort: Invalid value: 9: may not be specified when `port` is non-numeric
                {'spec':{'ingress':[{'from':[{}]}]}}|spec.ingress[0].from[0]: Required value: must specify a peer
                {'spec':{'ingress':[{'from':[{'ipBlock':{'cidr':'10.0.0.0/8'},'podSelector':{}}]}]}}|spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer
                {'spec':{'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0'}}]}]}}|spec.egress[0].to[0].ipBlock.cidr: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
                {'spec':{'egress':[{'to':[{'ipBlock':{'cidr':'10.0.0.0/16','except':['10.1.0.0/24']}}]}]}}|spec.egress[0].to[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`
                {'spec':{'policyTypes':['Sideways']}}|spec.policyTypes[0]: Unsupported value: "Sideways": supported values: "Ingress", "Egress"
                """);
    }

    @ParameterizedTest
    @MethodSource("policiesRefused")
    void aPolicyIsRefused(List<String> line) {
        Refusals.check(world, policies, policy(), line);
    }

    static Stream<List<String>> slicesRefused() {
        return Refusals.of(
                """
                {'addressType':null}|addressType: Required value
                {'addressType':'Post'}|addressType: Unsupported value: "Post": supported values: "FQDN", "IPv4", "IPv6"
                {'endpoints':[{'addresses':[]}]}|endpoints[0].addresses: Required value: must contain at least 1 address
                {'endpoints':[{'addresses':['127.0.0.1']}]}|endpoints[0].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)
                {'endpoints':[{'addresses':['2001:db8::1']}]}|endpoints[0].addresses[0]: Invalid value: "2001:db8::1": must be a valid IPv4 address
                {'ports':[{'name':'a'},{'name':'a'}]}|ports[1].name: Duplicate value: "a"
                """);
    }

    @ParameterizedTest
    @MethodSource("slicesRefused")
    void aSliceIsRefused(List<String> line) {
        Refusals.check(world, slices, slice(), line);
    }

    static Stream<List<String>> endpointsRefused() {
        return Refusals.of(
                """
                {'subsets':[{}]}|subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`
                {'subsets':[{'addresses':[{'ip':'10.0.0.1'}],'ports':[{'port':0}]}]}|subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive
                {'subsets':[{'addresses':[{'ip':'10.0.0.1'}],'ports':[{'port':1},{'port':2,'name':'b'}]}]}|subsets[0].ports[0].name: Required value
                {'subsets':[{'addresses':[{'ip':'web'}]}]}|[subsets[0].addresses[0].ip: Invalid value: "web": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff), subsets[0].addresses[0].ip: Invalid value: "web": must be a valid IP address]
                {'subsets':[{'addresses':[{'ip':'169.254.1.1'}]}]}|subsets[0].addresses[0].ip: Invalid value: "169.254.1.1": may not be in the link-local range (169.254.0.0/16, fe80::/10)
                """);
    }

    @ParameterizedTest
    @MethodSource("endpointsRefused")
    void endpointsAreRefused(List<String> line) {
        Refusals.check(world, endpoints, someEndpoints(), line);
    }

    @Test
    void whatIsLeftOutIsFilledIn() {
        var policy =
                world.create(
                        policies,
                        Fixture.json(
                                "{'metadata':{'name':'p'},'spec':{'podSelector':{},"
                                        + "'egress':[{'ports':[{'port':53}]}]}}"));
        assertThat(policy.path("spec").toString())
                .contains(
                        "\"policyTypes\":[\"Ingress\",\"Egress\"]",
                        "{\"port\":53,\"protocol\":\"TCP\"}");
        var slice = world.create(slices, slice());
        assertThat(slice.path("ports").toString())
                .isEqualTo("[{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}]");
        assertThat(Tree.number(slice, 0, "metadata", "generation")).isEqualTo(1);
    }

    @Test
    void whatAnIngressWantsCountsAsAGenerationAndItsStatusDoesNot() {
        world.create(ingresses, ingress());
        world.patch(ingresses, "i", PatchType.MERGE, "{'metadata':{'labels':{'a':'b'}}}");
        assertThat(Tree.number(world.get(ingresses, "i"), 0, "metadata", "generation"))
                .isEqualTo(1);
        world.patch(ingresses, "i", PatchType.MERGE, "{'spec':{'ingressClassName':'c'}}");
        assertThat(Tree.number(world.get(ingresses, "i"), 0, "metadata", "generation"))
                .isEqualTo(2);
    }

    @Test
    void theRowsAreKubectls() {
        var ingress = ingress();
        Tree.child(ingress, "spec").putArray("tls").addObject().put("secretName", "t");
        assertThat(row(ingresses, world.create(ingresses, ingress)))
                .isEqualTo("[\"i\",\"flotilla\",\"a.example\",\"\",\"80, 443\",\"0s\"]");
        assertThat(row(classes, world.create(classes, ingressClass())))
                .isEqualTo("[\"c\",\"example.com/in\",\"<none>\",\"0s\"]");
        assertThat(row(policies, world.create(policies, policy())))
                .isEqualTo("[\"p\",\"<none>\",\"0s\"]");
        assertThat(row(slices, world.create(slices, slice())))
                .isEqualTo("[\"s\",\"IPv4\",\"80\",\"10.1.2.3\",\"0s\"]");
        var many = someEndpoints();
        var addresses = Tree.child(many, "x").putArray("addresses");
        for (int i = 1; i <= 5; i++) {
            addresses.addObject().put("ip", "10.0.0." + i);
        }
        Tree.objects(many, "subsets").getFirst().set("addresses", addresses);
        many.remove("x");
        assertThat(row(endpoints, world.create(endpoints, many)))
                .isEqualTo("[\"e\",\"10.0.0.1:80,10.0.0.2:80,10.0.0.3:80 + 2 more...\",\"0s\"]");
    }

    private String row(ResourceType type, ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
