package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;

/// What a body says of its object, held against what the path says.
class BodyAndPathTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String LEASES = "/apis/coordination.k8s.io/v1/namespaces/default/leases";

    @TempDir Path temp;
    private TestServer server;
    private Https https;

    @BeforeEach
    void start() {
        server = new TestServer(temp);
        https = server.https();
    }

    @AfterEach
    void stop() {
        https.close();
        server.close();
    }

    @Test
    void anUpdateMustNameItsObject() {
        https.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        var nameless = https.put(MAPS + "/a", "{\"data\":{}}");
        assertThat(nameless.code()).isEqualTo(400);
        assertThat(message(nameless))
                .isEqualTo(
                        "the name of the object (a based on URL) was undeterminable: name must be"
                                + " provided");
        var unnamed =
                https.patch(MAPS + "/a", "merge-patch+json", "{\"metadata\":{\"name\":null}}");
        assertThat(unnamed.code()).isEqualTo(400);
    }

    @Test
    void anotherNameIsWrongWhetherTheObjectIsThereOrNot() {
        var other = https.put(MAPS + "/missing", "{\"metadata\":{\"name\":\"a\"}}");
        assertThat(other.code()).isEqualTo(400);
        assertThat(message(other))
                .isEqualTo(
                        "the name of the object (a) does not match the name on the URL (missing)");
    }

    @Test
    void whatIsNoLongerTheSameObjectIsAConflict() {
        https.post(MAPS, "{\"metadata\":{\"name\":\"a\"}}");
        var reply = https.put(MAPS + "/a", "{\"metadata\":{\"name\":\"a\",\"uid\":\"x\"}}");
        assertThat(reply.code()).isEqualTo(409);
        assertThat(message(reply))
                .startsWith(
                        "Operation cannot be fulfilled on configmaps \"a\": StorageError: invalid"
                                + " object, Code: 4, Key: /registry/configmaps/default/a,")
                .contains("Precondition failed: UID in precondition: x, UID in object meta: ");
    }

    @Test
    void someKindsAreMadeByAnUpdate() {
        var lease = "{\"metadata\":{\"name\":\"l\",\"resourceVersion\":\"7\"}}";
        assertThat(https.put(LEASES + "/l", lease).code()).isEqualTo(201);
        assertThat(https.put(LEASES + "/l", "{\"metadata\":{\"name\":\"l\"}}").code())
                .isEqualTo(422);
        var services = "/api/v1/namespaces/default/services";
        var service = "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"ports\":[{\"port\":80}]}}";
        assertThat(https.put(services + "/s", service).code()).isEqualTo(201);
        assertThat(https.put(services + "/s", service).code()).isEqualTo(200);
        assertThat(https.put(MAPS + "/m", "{\"metadata\":{\"name\":\"m\"}}").code()).isEqualTo(404);
    }

    @Test
    void aNamelessObjectHasNoNameInItsDetails() {
        var reply = https.post(MAPS, "{\"metadata\":{}}");
        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.json().path("details").has("name")).isFalse();
    }

    @Test
    void objectsOfAllNamespacesAreOnlyRead() {
        var reply = https.post("/api/v1/configmaps", "{\"metadata\":{\"name\":\"a\"}}");
        assertThat(reply.code()).isEqualTo(405);
        assertThat(reply.header("Allow")).isEqualTo("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1, pods, xPOwRZ+Yhw8=",
        "/apis/apps/v1, deployments, 8aSe+NMegvE=",
        "/apis/authorization.k8s.io/v1, subjectaccessreviews, ''"
    })
    void keptKindsTellOfTheirVersion(String path, String plural, String hash) {
        var found =
                https.get(path)
                        .json()
                        .path("resources")
                        .valueStream()
                        .filter(r -> r.path("name").asString("").equals(plural))
                        .map(r -> r.path("storageVersionHash").asString(""));
        assertThat(found).containsExactly(hash);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a in (;found '', expected: ',', ')' or identifier",
                "a in (b,;found '', expected: ',', or identifier",
                "a in (b;found '', expected: ',' or ')'",
                "a in b;found 'b', expected: '('"
            })
    void brokenSelectorsAreToldOf(String selector, String why) {
        var reply = https.get(MAPS + "?labelSelector=" + selector.replace(" ", "%20"));
        assertThat(reply.code()).isEqualTo(400);
        assertThat(message(reply)).isEqualTo("unable to parse requirement: " + why);
    }

    private static String message(Https.Reply reply) {
        return reply.json().path("message").asString("");
    }
}
