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

/// Roles and their bindings.
class RbacKindsTest {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private final Fixture world = new Fixture();
    private final ResourceType roles = world.type(GROUP, "v1", "roles");
    private final ResourceType clusterRoles = world.type(GROUP, "v1", "clusterroles");
    private final ResourceType bindings = world.type(GROUP, "v1", "rolebindings");
    private final ResourceType clusterBindings = world.type(GROUP, "v1", "clusterrolebindings");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode role() {
        return Fixture.json(
                """
                {'metadata':{'name':'system:r'},
                 'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':['get']}]}\
                """);
    }

    private static ObjectNode binding() {
        return Fixture.json(
                """
                {'metadata':{'name':'b'},'roleRef':{'kind':'ClusterRole','name':'r'},
                 'subjects':[{'kind':'User','name':'ann'},{'kind':'User','name':'bob'},
                  {'kind':'Group','name':'ops'},
                  {'kind':'ServiceAccount','name':'web','namespace':'default'}]}\
                """);
    }

    static Stream<List<String>> refusedRoles() {
        return Refusals.of(
                """
                {'metadata':{'name':'a/b'}}|metadata.name: Invalid value: "a/b": may not contain '/'
                {'rules':[{'apiGroups':[''],'resources':['pods'],'verbs':[]}]}|rules[0].verbs: Required value: verbs must contain at least one value
                {'rules':[{'verbs':['get']}]}|[rules[0].apiGroups: Required value: resource rules must supply at least one api group, rules[0].resources: Required value: resource rules must supply at least one resource]
                {'rules':[{'verbs':['get'],'nonResourceURLs':['/x']}]}|rules[0].nonResourceURLs: Invalid value: ["/x"]: namespaced rules cannot apply to non-resource URLs
                """);
    }

    @ParameterizedTest
    @MethodSource("refusedRoles")
    void aRoleIsRefused(List<String> line) {
        Refusals.check(world, roles, role(), line);
    }

    static Stream<List<String>> refusedClusterRoles() {
        return Refusals.of(
                """
                {'aggregationRule':{'clusterRoleSelectors':[]}}|aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil
                {'rules':[{'verbs':['get'],'resources':['pods'],'nonResourceURLs':['/x']}]}|rules[0].nonResourceURLs: Invalid value: ["/x"]: rules cannot apply to both regular resources and non-resource URLs
                """);
    }

    @ParameterizedTest
    @MethodSource("refusedClusterRoles")
    void aClusterRoleIsRefused(List<String> line) {
        Refusals.check(world, clusterRoles, role(), line);
    }

    static Stream<List<String>> refusedBindings() {
        return Refusals.of(
                """
                {'roleRef':{'kind':'Robe'}}|roleRef.kind: Unsupported value: "Robe": supported values: "Role", "ClusterRole"
                {'roleRef':{'apiGroup':'x'}}|roleRef.apiGroup: Unsupported value: "x": supported values: "rbac.authorization.k8s.io"
                {'roleRef':{'name':''}}|roleRef.name: Required value
                {'subjects':[{'kind':'Cat','name':'x'}]}|subjects[0].kind: Unsupported value: "Cat": supported values: "ServiceAccount", "User", "Group"
                {'subjects':[{'kind':'User','name':''}]}|subjects[0].name: Required value
                {'subjects':[{'kind':'ServiceAccount','name':'x','apiGroup':'y'}]}|subjects[0].apiGroup: Unsupported value: "y": supported values: ""
                """);
    }

    @ParameterizedTest
    @MethodSource("refusedBindings")
    void aBindingIsRefused(List<String> line) {
        Refusals.check(world, bindings, binding(), line);
    }

    static Stream<List<String>> refusedClusterBindings() {
        return Refusals.of(
                """
                {'roleRef':{'kind':'Role'}}|roleRef.kind: Unsupported value: "Role": supported values: "ClusterRole"
                {'subjects':[{'kind':'ServiceAccount','name':'x'}]}|subjects[0].namespace: Required value
                """);
    }

    @ParameterizedTest
    @MethodSource("refusedClusterBindings")
    void aClusterBindingIsRefused(List<String> line) {
        Refusals.check(world, clusterBindings, binding(), line);
    }

    @Test
    void aBindingIsKeptWithItsGroupsFilledInAndNeverChangesItsRole() {
        var made = world.create(bindings, binding());
        assertThat(Tree.text(made, "roleRef", "apiGroup")).isEqualTo(GROUP);
        assertThat(Tree.objects(made, "subjects"))
                .extracting(s -> Tree.text(s, "apiGroup"))
                .containsExactly(GROUP, GROUP, GROUP, "");
        assertThat(row(bindings, made))
                .isEqualTo("[\"b\",\"ClusterRole/r\",\"0s\",\"ann, bob\",\"ops\",\"default/web\"]");
        Refusals.checkChange(
                world,
                bindings,
                "b",
                List.of(
                        "{'roleRef':{'name':'other'}}",
                        "roleRef: Invalid value: {\"kind\":\"ClusterRole\",\"name\":\"other\","
                                + "\"apiGroup\":\"rbac.authorization.k8s.io\"}: cannot change"
                                + " roleRef"));
    }

    @Test
    void aRoleIsKept() {
        var made = world.create(roles, role());
        assertThat(Tree.texts(Tree.objects(made, "rules").getFirst(), "verbs"))
                .containsExactly("get");
        assertThat(row(roles, made)).startsWith("[\"system:r\",\"20");
    }

    private String row(ResourceType type, ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
