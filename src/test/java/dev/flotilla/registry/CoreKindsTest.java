package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// Nodes, Secrets, ConfigMaps and Namespaces.
class CoreKindsTest {
    private final Fixture world = new Fixture();
    private final ResourceType nodes = world.type("", "v1", "nodes");
    private final ResourceType secrets = world.type("", "v1", "secrets");

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<List<String>> secretsRefused() {
        return Refusals.of(
                """
                {'data':{'a b':''}}|data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')
                {'data':{'..a':''}}|data[..a]: Invalid value: "..a": must not start with '..'
                {'type':'kubernetes.io/tls','data':{'tls.crt':''}}|data[tls.key]: Required value
                {'type':'kubernetes.io/basic-auth'}|[data[username]: Required value, data[password]: Required value]
                {'type':'kubernetes.io/ssh-auth','data':{'ssh-privatekey':''}}|data[ssh-privatekey]: Required value
                {'type':'kubernetes.io/service-account-token'}|metadata.annotations[kubernetes.io/service-account.name]: Required value
                """);
    }

    @ParameterizedTest
    @MethodSource("secretsRefused")
    void aSecretIsRefused(List<String> line) {
        Refusals.check(world, secrets, Fixture.json("{'metadata':{'name':'s'}}"), line);
    }

    @Test
    void whatIsNotWhatItsTypeSaysIsRefusedWithoutBeingTold() {
        var failure =
                RegistryTest.failure(
                        () ->
                                world.create(
                                        secrets,
                                        Fixture.json(
                                                "{'metadata':{'name':'s'},'type':'kubernetes.io/dockerconfigjson','stringData':{'.dockerconfigjson':'my"
                                                    + " password'}}")));
        assertThat(failure.code()).isEqualTo(422);
        assertThat(failure)
                .hasMessageContaining(
                        "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\"");
        assertThat(failure.status().toString()).doesNotContain("password");
    }

    @Test
    void bothKindsOfDataCountTogether() {
        var half = "x".repeat(600 * 1024);
        var both = Fixture.configMap("c", half);
        both.putObject("binaryData").put("b", "eHh4".repeat(200 * 1024));
        var failure = RegistryTest.failure(() -> world.create(world.configMaps, both));
        assertThat(failure).hasMessageEndingWith("Too long: may not be more than 1048576 bytes");
    }

    static Stream<List<String>> nodesRefused() {
        return Refusals.of(
                """
                {'spec':{'taints':[{'key':'a','effect':'Never'}]}}|metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"
                {'spec':{'taints':[{'key':'a b','effect':'NoSchedule'}]}}|metadata.taints[0].key: Invalid value: "a b": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')
                {'spec':{'taints':[{'key':'a','effect':'NoSchedule'},{'key':'a','effect':'NoSchedule'}]}}|metadata.taints[1]: Duplicate value: {"key":"a","effect":"NoSchedule"}: taints must be unique by key and effect pair
                {'spec':{'podCIDR':'10.0.0.0'}}|spec.podCIDRs[0]: Invalid value: "10.0.0.0": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)
                {'status':{'capacity':{'cpu':'-1'}}}|status.capacity.cpu: Invalid value: "-1": must be greater than or equal to 0
                """);
    }

    @ParameterizedTest
    @MethodSource("nodesRefused")
    void aNodeIsRefused(List<String> line) {
        Refusals.check(world, nodes, Fixture.json("{'metadata':{'name':'n'}}"), line);
    }

    @Test
    void aNodesAddressesAreForGood() {
        var made =
                world.create(
                        nodes,
                        Fixture.json(
                                "{'metadata':{'name':'n'},'spec':{'podCIDR':'10.42.1.0/24'}}"));
        assertThat(made.path("spec").path("podCIDRs").toString()).isEqualTo("[\"10.42.1.0/24\"]");
        Refusals.checkChange(
                world,
                nodes,
                "n",
                List.of(
                        "{'spec':{'podCIDR':'10.42.2.0/24','podCIDRs':['10.42.2.0/24']}}",
                        "spec.podCIDRs: Forbidden: node updates may not change podCIDR except from"
                                + " \"\" to valid"));
    }

    @Test
    void aNamespacesPhaseFollowsItsDeletion() {
        var failure =
                RegistryTest.failure(
                        () ->
                                world.registry.patch(
                                        world.namespaces,
                                        ObjectKey.of("default"),
                                        Subresource.STATUS,
                                        PatchType.MERGE,
                                        Fixture.json("{'status':{'phase':'Terminating'}}"),
                                        WriteOptions.STRICT));
        assertThat(failure)
                .hasMessage(
                        "Namespace \"default\" is invalid: status.Phase: Invalid value:"
                                + " \"Terminating\": may only be 'Active' if `deletionTimestamp` is"
                                + " empty");
        var unheld = Fixture.json("{'metadata':{'name':'default'},'spec':{'finalizers':['some']}}");
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.registry.update(
                                                world.namespaces,
                                                ObjectKey.of("default"),
                                                Subresource.FINALIZE,
                                                unheld,
                                                WriteOptions.STRICT)))
                .hasMessage(
                        "Namespace \"default\" is invalid: spec.finalizers[0]: Invalid value:"
                            + " \"some\": name is neither a standard finalizer name nor is it fully"
                            + " qualified");
        var kept = world.registry.get(world.namespaces, ObjectKey.of("default"), Subresource.NONE);
        assertThat(Tree.texts(kept, "spec", "finalizers")).containsExactly("kubernetes");
    }
}
