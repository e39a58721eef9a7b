package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.Registry;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/// The roles every cluster has, and that nobody gives on more than he has.
class RightsTest {
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";
    private static final String HERE = RBAC + "/namespaces/default";

    @TempDir Path temp;
    private TestServer server;
    private Https admin;

    @BeforeEach
    void start() {
        server = new TestServer(temp);
        admin = server.https();
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    @Test
    void whatACutDownClusterRoleLacksComesBackAtTheNextStart() {
        var view = RBAC + "/clusterroles/system:aggregate-to-view";
        var discovery = RBAC + "/clusterrolebindings/system:discovery";
        var asAlways = admin.get(view).json().path("rules");
        admin.patch(view, "merge-patch+json", "{\"rules\":[]}");
        admin.patch(
                discovery,
                "merge-patch+json",
                "{\"subjects\":null,\"metadata\":{\"annotations\":{\"rbac.authorization.kubernetes.io/autoupdate\":\"false\"}}}");
        admin.delete(RBAC + "/clusterroles/cluster-admin");
        new Registry(server.store, InstantSource.system(), new Random(2));
        assertThat(admin.get(view).json().path("rules")).isEqualTo(asAlways);
        assertThat(admin.get(discovery).json().has("subjects")).isFalse();
        assertThat(
                        admin.get(RBAC + "/clusterroles/cluster-admin")
                                .json()
                                .at("/metadata/labels/kubernetes.io~1bootstrapping")
                                .asString())
                .isEqualTo("rbac-defaults");
    }

    @Test
    void nobodyGivesOnWhatHeHasNot() {
        bind("writer", "{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"create\"]}");
        var more =
                "{\"metadata\":{\"name\":\"more\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\",\"secrets\"],\"verbs\":[\"get\",\"create\",\"list\"]}]}";
        var refused = admin.post(HERE + "/roles", more, "Impersonate-User", "writer");
        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.json().path("message").asString())
                .isEqualTo(
                        "roles.rbac.authorization.k8s.io \"more\" is forbidden: user \"writer\""
                            + " (groups=[\"system:authenticated\"]) is attempting to grant RBAC"
                            + " permissions not currently held:\n"
                            + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"get\" \"list\"]}\n"
                            + "{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"get\""
                            + " \"list\"]}");
        var same = more.replace("\"get\",\"create\",\"list\"", "\"create\"");
        assertThat(admin.post(HERE + "/roles", same, "Impersonate-User", "writer").code())
                .isEqualTo(201);
        assertThat(
                        admin.post(
                                        HERE + "/rolebindings",
                                        binding("all", "ClusterRole", "cluster-admin", "writer"),
                                        "Impersonate-User",
                                        "writer")
                                .code())
                .isEqualTo(403);
        assertThat(
                        admin.post(
                                        HERE + "/rolebindings",
                                        binding("none", "Role", "nowhere", "writer"),
                                        "Impersonate-User",
                                        "writer")
                                .code())
                .isEqualTo(404);
        bind(
                "binder",
                "{\"apiGroups\":[\"rbac.authorization.k8s.io\"],\"resources\":[\"clusterroles\",\"rolebindings\"],\"verbs\":[\"bind\",\"create\"]}");
        assertThat(
                        admin.post(
                                        HERE + "/rolebindings",
                                        binding("all", "ClusterRole", "cluster-admin", "binder"),
                                        "Impersonate-User",
                                        "binder")
                                .code())
                .isEqualTo(201);
    }

    @Test
    void reviewsSayWhichBindingAllowsAndNothingOfWhyNot() {
        bind("reader", "{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}");
        var access =
                "{\"spec\":{\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"%s\",\"namespace\":\"default\"}}}";
        var path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
        var yes = admin.post(path, access.formatted("pods"), "Impersonate-User", "reader");
        assertThat(yes.json().path("status").toString())
                .isEqualTo(
                        "{\"allowed\":true,\"reason\":\"RBAC: allowed by RoleBinding"
                                + " \\\"reader/default\\\" of Role \\\"reader\\\" to User"
                                + " \\\"reader\\\"\"}");
        var no = admin.post(path, access.formatted("secrets"), "Impersonate-User", "reader");
        assertThat(no.json().path("status").toString()).isEqualTo("{\"allowed\":false}");
        var rules = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";
        var mine =
                admin.post(
                        rules,
                        "{\"spec\":{\"namespace\":\"default\"}}",
                        "Impersonate-User",
                        "reader");
        assertThat(mine.json().at("/status/resourceRules").toString())
                .endsWith(",{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}]")
                .contains("selfsubjectreviews");
        assertThat(mine.json().at("/status/nonResourceRules").toString()).contains("/openapi/*");
        assertThat(mine.json().at("/status/incomplete").asBoolean(true)).isFalse();
        assertThat(admin.post(rules, "{\"spec\":{}}").json().path("message").asString())
                .isEqualTo("no namespace on request");
    }

    @Test
    void whoMayImpersonateActsAsThoseAlone() {
        bind(
                "sudo",
                "{\"apiGroups\":[\"\"],\"resources\":[\"serviceaccounts\"],\"resourceNames\":[\"default\"],\"verbs\":[\"impersonate\"]}");
        admin.post("/api/v1/namespaces/default/serviceaccounts/default/token", "{}");
        bind(
                "system:serviceaccount:default:default",
                "{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\"]}");
        admin.post(
                "/api/v1/namespaces/default/serviceaccounts", "{\"metadata\":{\"name\":\"sudo\"}}");
        admin.post(
                HERE + "/rolebindings",
                binding("sa", "Role", "sudo", "system:serviceaccount:default:sudo"));
        var token =
                admin.post("/api/v1/namespaces/default/serviceaccounts/sudo/token", "{\"spec\":{}}")
                        .json()
                        .at("/status/token")
                        .asString();
        var pods = "/api/v1/namespaces/default/pods";
        try (var sudo = Https.of(server.server.uri(), server.pki, null, token, Version.HTTP_2)) {
            var as = "system:serviceaccount:default:default";
            assertThat(sudo.get(pods).code()).isEqualTo(403);
            assertThat(sudo.get(pods, "Impersonate-User", as).code()).isEqualTo(200);
            assertThat(
                            sudo.get(
                                            pods,
                                            "Impersonate-User",
                                            as,
                                            "Impersonate-Group",
                                            "system:masters")
                                    .json()
                                    .path("message")
                                    .asString())
                    .isEqualTo(
                            "groups \"system:masters\" is forbidden: User"
                                + " \"system:serviceaccount:default:sudo\" cannot impersonate"
                                + " resource \"groups\" in API group \"\" at the cluster scope");
        }
    }

    @Test
    void whoLetsGoOfARoleGivesNothing() {
        bind(
                "collector",
                "{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"patch\",\"get\"]}");
        var more =
                "{\"metadata\":{\"name\":\"more\",\"finalizers\":[\"example.com/held\"]},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"delete\"]}]}";
        assertThat(admin.post(HERE + "/roles", more).code()).isEqualTo(201);
        var bound = binding("more", "Role", "more", "someone");
        assertThat(admin.post(HERE + "/rolebindings", bound).code()).isEqualTo(201);
        assertThat(asCollector("roles", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"))
                .isEqualTo(403);
        assertThat(asCollector("roles", "{\"metadata\":{\"finalizers\":null}}")).isEqualTo(200);
        var owner =
                "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"name\":\"p\",\"uid\":\"u\"}]}}";
        assertThat(asCollector("rolebindings", owner)).isEqualTo(200);
        assertThat(asCollector("rolebindings", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"))
                .isEqualTo(403);
    }

    private int asCollector(String plural, String patch) {
        return admin.send(
                        admin.request(
                                        HERE + "/" + plural + "/more",
                                        "Impersonate-User",
                                        "collector")
                                .header("Content-Type", "application/merge-patch+json")
                                .method("PATCH", BodyPublishers.ofString(patch)))
                .code();
    }

    @Test
    void whatElseIsKnownIsTakenOnWhereEachValueIsAllowed() {
        var asked =
                admin.post(
                        "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                        "{}",
                        "Impersonate-User",
                        "jane",
                        "Impersonate-Extra-Scopes",
                        "view",
                        "Impersonate-Extra-Scopes",
                        "edit",
                        "Impersonate-Extra-Acme.com%2Fproject",
                        "x, y");
        assertThat(asked.json().at("/status/userInfo/extra").toString())
                .isEqualTo("{\"acme.com/project\":[\"x, y\"],\"scopes\":[\"view\",\"edit\"]}");
        assertThat(admin.get("/apis", "Impersonate-Extra-Scopes", "view").code()).isEqualTo(400);
        admin.post(
                RBAC + "/clusterroles",
                "{\"metadata\":{\"name\":\"scopes\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"users\"],\"verbs\":[\"impersonate\"]},"
                    + "{\"apiGroups\":[\"authentication.k8s.io\"],\"resources\":[\"userextras/scopes\"],\"resourceNames\":[\"view\"],\"verbs\":[\"impersonate\"]}]}");
        var account = "/api/v1/namespaces/default/serviceaccounts";
        admin.post(account, "{\"metadata\":{\"name\":\"sudo\"}}");
        admin.post(
                RBAC + "/clusterrolebindings",
                binding("scopes", "ClusterRole", "scopes", "system:serviceaccount:default:sudo"));
        var token = admin.post(account + "/sudo/token", "{}").json().at("/status/token").asString();
        try (var sudo = Https.of(server.server.uri(), server.pki, null, token, Version.HTTP_2)) {
            assertThat(acting(sudo, "view").code()).isEqualTo(200);
            assertThat(acting(sudo, "edit").json().path("message").asString())
                    .isEqualTo(
                            "userextras.authentication.k8s.io \"edit\" is forbidden: User"
                                    + " \"system:serviceaccount:default:sudo\" cannot impersonate"
                                    + " resource \"userextras/scopes\" in API group"
                                    + " \"authentication.k8s.io\" at the cluster scope");
        }
    }

    private static Https.Reply acting(Https as, String scope) {
        return as.get("/apis", "Impersonate-User", "jane", "Impersonate-Extra-Scopes", scope);
    }

    /// Gives this user a role of his name with one rule.
    private void bind(String user, String rule) {
        var name = user.replace(':', '-');
        var role = "{\"metadata\":{\"name\":\"%s\"},\"rules\":[%s]}".formatted(name, rule);
        assertThat(admin.post(HERE + "/roles", role).code()).isEqualTo(201);
        var bound = binding(name, "Role", name, user);
        assertThat(admin.post(HERE + "/rolebindings", bound).code()).isEqualTo(201);
    }

    private static String binding(String name, String kind, String role, String user) {
        return "{\"metadata\":{\"name\":\"%s\"},\"subjects\":[{\"kind\":\"User\",\"name\":\"%s\"}],\"roleRef\":{\"kind\":\"%s\",\"name\":\"%s\"}}"
                .formatted(name, user, kind, role);
    }
}
