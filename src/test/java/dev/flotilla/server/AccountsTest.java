package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.PodTokens;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Pod;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.time.Duration;

/// Service accounts: their tokens, what they may, and acting as one.
class AccountsTest {
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
    private static final String USER = "system:serviceaccount:default:robot";
    private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";

    @TempDir Path temp;
    private TestServer server;
    private Https admin;

    @BeforeEach
    void start() {
        server = new TestServer(temp);
        admin = server.https();
        admin.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
    }

    @AfterEach
    void stop() {
        admin.close();
        server.close();
    }

    @Test
    void aTokenMakesOneTheAccount() {
        try (var robot = with(token("{}"))) {
            var me =
                    robot.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}")
                            .json()
                            .at("/status/userInfo");
            assertThat(me.path("username").asString()).isEqualTo(USER);
            assertThat(me.path("uid").asString())
                    .isEqualTo(
                            admin.get(ACCOUNTS + "/robot").json().at("/metadata/uid").asString());
            assertThat(me.path("groups").toString())
                    .isEqualTo(
                            "[\"system:serviceaccounts\",\"system:serviceaccounts:default\",\"system:authenticated\"]");
            assertThat(robot.get("/apis").code()).isEqualTo(200);
            var refused = robot.get("/api/v1/namespaces/default/secrets");
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.json().path("message").asString())
                    .isEqualTo(
                            "secrets is forbidden: User \"%s\" cannot list resource \"secrets\" in API group \"\" in the namespace \"default\""
                                    .formatted(USER));
        }
    }

    @Test
    void aTokenIsWorthNothingWithoutItsAccount() {
        var token = token("{}");
        admin.delete(ACCOUNTS + "/robot");
        admin.post(ACCOUNTS, "{\"metadata\":{\"name\":\"robot\"}}");
        try (var robot = with(token)) {
            assertThat(robot.get("/apis").code()).isEqualTo(401);
        }
        assertThat(review(token, "").path("authenticated").asBoolean()).isFalse();
    }

    @Test
    void aBoundTokenGoesWithWhatItIsBoundTo() {
        admin.post("/api/v1/namespaces/default/secrets", "{\"metadata\":{\"name\":\"s\"}}");
        var token =
                token(
                        "{\"boundObjectRef\":{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"name\":\"s\"}}");
        assertThat(review(token, "").path("authenticated").asBoolean()).isTrue();
        admin.delete("/api/v1/namespaces/default/secrets/s");
        assertThat(review(token, "").path("authenticated").asBoolean()).isFalse();
    }

    @Test
    void aPodsTokenGoesWithThePod() {
        var made =
                admin.post(
                        "/api/v1/namespaces/default/pods",
                        "{\"metadata\":{\"name\":\"p\"},\"spec\":{\"serviceAccountName\":\"robot\","
                                + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}");
        assertThat(made.code()).isEqualTo(201);
        var key = new ObjectKey("default", "p");
        var pod = server.registry.cluster().get(Pod.class, key).orElseThrow();
        var answer = server.server.podTokens().issue(pod, null, Duration.ofHours(1));
        assertThat(answer).isInstanceOf(PodTokens.Issued.class);
        var token = ((PodTokens.Issued) answer).token().text();
        var holder = review(token, "");
        assertThat(holder.at("/user/username").asString()).isEqualTo(USER);
        assertThat(
                        holder.at("/user/extra")
                                .path("authentication.kubernetes.io/pod-name")
                                .toString())
                .isEqualTo("[\"p\"]");
        admin.delete("/api/v1/namespaces/default/pods/p?gracePeriodSeconds=0");
        assertThat(review(token, "").path("authenticated").asBoolean()).isFalse();
        admin.delete(ACCOUNTS + "/robot");
        assertThat(server.server.podTokens().issue(pod, null, Duration.ofHours(1)))
                .isEqualTo(new PodTokens.Refused("serviceaccounts \"robot\" not found"));
    }

    @Test
    void aTokenIsMeantForSomeone() {
        var token = token("{\"audiences\":[\"vault\",\"other\"],\"expirationSeconds\":600}");
        var there = review(token, ",\"audiences\":[\"vault\",\"bank\"]");
        assertThat(there.path("authenticated").asBoolean()).isTrue();
        assertThat(there.path("audiences").toString()).isEqualTo("[\"vault\"]");
        assertThat(there.at("/user/username").asString()).isEqualTo(USER);
        assertThat(there.at("/user/extra").toString())
                .startsWith("{\"authentication.kubernetes.io/credential-id\":[\"JTI=");
        assertThat(review(token, "").path("authenticated").asBoolean()).isFalse();
        try (var robot = with(token)) {
            assertThat(robot.get("/apis").code()).isEqualTo(401);
        }
    }

    @Test
    void aForgedTokenIsRefused() {
        var token = token("{}");
        int dot = token.lastIndexOf('.');
        var other = token.charAt(dot + 5) == 'A' ? 'B' : 'A';
        var forged = token.substring(0, dot + 5) + other + token.substring(dot + 6);
        assertThat(review(forged, "").path("authenticated").asBoolean()).isFalse();
        assertThat(review("a.b.c", "").path("authenticated").asBoolean()).isFalse();
    }

    @Test
    void whatCannotBeAskedForIsToldOf() {
        var brief = request("{\"expirationSeconds\":60}");
        assertThat(brief.code()).isEqualTo(422);
        assertThat(brief.json().path("message").asString())
                .isEqualTo(
                        "TokenRequest.authentication.k8s.io \"\" is invalid:"
                                + " spec.expirationSeconds: Invalid value: 60: may not specify a"
                                + " duration less than 10 minutes");
        var missing =
                "{\"boundObjectRef\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"name\":\"nope\"}}";
        assertThat(request(missing).code()).isEqualTo(404);
        assertThat(admin.post(ACCOUNTS + "/nobody/token", "{\"spec\":{}}").code()).isEqualTo(404);
        assertThat(admin.get(ACCOUNTS + "/robot/token").code()).isEqualTo(405);
    }

    @Test
    void administratorsActAsOthersAndReviewsAgreeWithWhatHappens() {
        var maps = "/api/v1/namespaces/default/configmaps";
        var asRobot = admin.get(maps, "Impersonate-User", USER);
        assertThat(asRobot.code()).isEqualTo(403);
        var review =
                admin.post(
                        "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                        "{\"spec\":{\"user\":\"%s\",\"groups\":[\"system:authenticated\"],\"resourceAttributes\":{\"verb\":\"list\",\"resource\":\"configmaps\",\"namespace\":\"default\"}}}"
                                .formatted(USER));
        assertThat(review.json().at("/status/allowed").asBoolean()).isFalse();
        assertThat(
                        admin.get(
                                        maps,
                                        "Impersonate-User",
                                        "someone",
                                        "Impersonate-Group",
                                        "system:masters")
                                .code())
                .isEqualTo(200);
        try (var robot = with(token("{}"))) {
            var refused = robot.get("/apis", "Impersonate-User", "someone");
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.json().path("message").asString())
                    .isEqualTo(
                            "users \"someone\" is forbidden: User \"%s\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"
                                    .formatted(USER));
        }
        assertThat(admin.get(maps, "Impersonate-Group", "x").code()).isEqualTo(400);
    }

    @Test
    void rolesBoundToAnAccountLetItDoWhatTheySay() {
        var rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/default";
        var secrets = "/api/v1/namespaces/default/secrets";
        admin.post(
                rbac + "/roles",
                "{\"metadata\":{\"name\":\"reader\"},\"rules\":[{\"apiGroups\":[\"\"],\"resources\":[\"secrets\"],\"verbs\":[\"get\",\"list\"]},"
                    + "{\"apiGroups\":[\"*\"],\"resources\":[\"*\"],\"verbs\":[\"create\"]}]}");
        try (var robot = with(token("{}"))) {
            assertThat(robot.get(secrets).code()).isEqualTo(403);
            var bound =
                    admin.post(
                            rbac + "/rolebindings",
                            "{\"metadata\":{\"name\":\"b\"},\"subjects\":[{\"kind\":\"ServiceAccount\",\"name\":\"robot\",\"namespace\":\"default\"}],"
                                + "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"Role\",\"name\":\"reader\"}}");
            assertThat(bound.code()).isEqualTo(201);
            assertThat(robot.get(secrets).code()).isEqualTo(200);
            assertThat(robot.get(secrets + "?watch=1").code()).isEqualTo(403);
            assertThat(robot.get("/api/v1/namespaces/kube-system/secrets").code()).isEqualTo(403);
            assertThat(robot.post(secrets, "{\"metadata\":{\"name\":\"s\"}}").code())
                    .isEqualTo(201);
            admin.delete(rbac + "/rolebindings/b");
            assertThat(robot.get(secrets).code()).isEqualTo(403);
        }
    }

    @Test
    void kubectlMakesTokensAndActsAsAnAccount() {
        Kubectl.require();
        var kubectl = new Kubectl(server.kubeconfig, temp);
        var token = kubectl.ok("create", "token", "robot", "--duration=10m").strip();
        assertThat(review(token, "").at("/user/username").asString()).isEqualTo(USER);
        assertThat(kubectl.ok("auth", "whoami", "--as=" + USER)).contains(USER);
    }

    @Test
    void othersCanCheckTokensToo() {
        var issuer = admin.get("/.well-known/openid-configuration").json();
        assertThat(issuer.path("jwks_uri").asString()).endsWith("/openid/v1/jwks");
        var keys = admin.get("/openid/v1/jwks");
        assertThat(keys.header("Content-Type")).isEqualTo("application/jwk-set+json");
        assertThat(keys.response().body()).contains("\"alg\":\"ES256\"").doesNotContain("\"d\"");
    }

    private Https with(String token) {
        return Https.of(server.server.uri(), server.pki, null, token, Version.HTTP_2);
    }

    private Https.Reply request(String spec) {
        return admin.post(ACCOUNTS + "/robot/token", "{\"spec\":" + spec + "}");
    }

    private String token(String spec) {
        var reply = request(spec);
        assertThat(reply.code()).isEqualTo(201);
        return reply.json().at("/status/token").asString();
    }

    private JsonNode review(String token, String more) {
        var body = "{\"spec\":{\"token\":\"%s\"%s}}".formatted(token, more);
        return admin.post(REVIEWS, body).json().path("status");
    }
}
