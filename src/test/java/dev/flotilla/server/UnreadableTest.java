package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;

/// Bodies at the edge of what can be read, and what is said of those beyond it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String MACHINES = "/apis/flotilla.dev/v1alpha1/machines";
    private static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

    @TempDir static Path temp;
    private TestServer server;
    private Https admin;

    @BeforeAll
    void start() {
        server = new TestServer(temp);
        admin = server.https();
    }

    @AfterAll
    void stop() {
        admin.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^|unexpected end of JSON input (<empty>)",
                "{\"metadata\":|unexpected end of JSON input ({\"metadata\":)",
                "hello|invalid character 'h' looking for beginning of value (68656c6c6f)",
                "{\"a\":{\"b\":1},}|invalid character '}' looking for beginning of object key"
                        + " string ({\"a\":{\"b\":1},})",
                "{\"a\" 1}|invalid character '1' after object key ({\"a\" 1})",
                "{\"a\":tru}|invalid character '}' in literal true (expecting 'e') ({\"a\":tru})",
                "{\"a\":[1 2]}|invalid character '2' after array element ({\"a\":[1 2]})",
                "{\"a\":1}}|invalid character '}' after top-level value ({\"a\":1}})",
                "[]|json: cannot unmarshal array into Go value of type struct { APIVersion string"
                        + " \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
                        + " \"json:\\\"kind,omitempty\\\"\" } (5b5d)",
                "{\"metadata\":{\"name\":\"a-long-name\"|unexpected end of JSON input"
                        + " ({\"metadata\":{\"name\":\"a-long-na ...)",
            })
    void noJsonIsToldOfInKubernetesWords(String body, String why) {
        var reply = admin.post(MAPS, body);
        assertThat(reply.code()).isEqualTo(400);
        assertThat(reply.json().path("message").asString())
                .isEqualTo(
                        "the object provided is unrecognized (must be of type ConfigMap): couldn't"
                                + " get version/kind; json parse error: "
                                + why);
    }

    @Test
    void namesInYamlStandForWhatTheyName() {
        var reply =
                yaml(
                        """
                        x: &common {a: b, c: d}
                        metadata:
                          name: aliased
                          labels: *common
                          annotations:
                            <<: *common
                            c: mine
                        data: *common
                        """);
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.json().at("/metadata/labels").toString())
                .isEqualTo("{\"a\":\"b\",\"c\":\"d\"}");
        assertThat(reply.json().at("/metadata/annotations/a").asString()).isEqualTo("b");
        assertThat(reply.json().at("/metadata/annotations/c").asString()).isEqualTo("mine");
        assertThat(reply.json().at("/data/c").asString()).isEqualTo("d");
        assertThat(yaml("metadata: {name: *nobody}").code()).isEqualTo(400);
    }

    @Test
    void aSmallTextThatMeansAVastOneIsRefused() {
        var bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append(
                    "a%d: &a%d [%s*a%d]\n"
                            .formatted(i, i, "*a%d,".formatted(i - 1).repeat(8), i - 1));
        }
        var reply = yaml(bomb + "metadata: {name: bomb}\n");
        assertThat(reply.code()).isEqualTo(400);
        assertThat(reply.json().path("message").asString())
                .contains("document contains excessive aliasing");
    }

    @Test
    void aProtobufBodyThatNamesNoKindIsOfTheOneAskedFor() {
        byte[] body = {'k', '8', 's', 0, 0x12, 7, 0x0a, 5, 0x0a, 3, 'p', 'b', '1'};
        var reply =
                admin.send(
                        admin.request(MAPS)
                                .header("Content-Type", PROTOBUF)
                                .POST(BodyPublishers.ofByteArray(body)));
        assertThat(reply.code()).isEqualTo(201);
        assertThat(reply.json().at("/metadata/name").asString()).isEqualTo("pb1");
        assertThat(
                        admin.send(
                                        admin.request(MACHINES)
                                                .header("Content-Type", PROTOBUF)
                                                .POST(BodyPublishers.ofByteArray(body)))
                                .code())
                .isEqualTo(415);
        assertThat(admin.get(MACHINES, "Accept", PROTOBUF).code()).isEqualTo(406);
        assertThat(admin.get(MACHINES, "Accept", PROTOBUF + ",application/json").code())
                .isEqualTo(200);
    }

    @Test
    void theBeginningOfANameIsCheckedByItself() {
        var reply = admin.post(MAPS, "{\"metadata\":{\"generateName\":\"Bad_\"}}");
        assertThat(reply.code()).isEqualTo(422);
        assertThat(reply.json().at("/details/causes/0/field").asString())
                .isEqualTo("metadata.generateName");
        assertThat(admin.post(MAPS, "{\"metadata\":{\"generateName\":\"good-\"}}").code())
                .isEqualTo(201);
    }

    @Test
    void whoInsistsOnDependentsIsToldThatItIsNotYetDone() {
        admin.post(MAPS, "{\"metadata\":{\"name\":\"held\",\"finalizers\":[\"a.b/c\"]}}");
        admin.post(MAPS, "{\"metadata\":{\"name\":\"free\"}}");
        assertThat(admin.delete(MAPS + "/free?orphanDependents=false").code()).isEqualTo(200);
        assertThat(admin.delete(MAPS + "/held?orphanDependents=false").code()).isEqualTo(202);
        assertThat(admin.delete(MAPS + "/held").code()).isEqualTo(200);
    }

    @Test
    void aCheckThatIsNotThereCannotBeLeftOut() {
        assertThat(admin.get("/livez?verbose&exclude=nope").response().body())
                .endsWith(
                        """
                        warn: some health checks cannot be excluded: no matches for "nope"
                        livez check passed
                        """);
    }

    private Https.Reply yaml(String body) {
        return admin.send(
                admin.request(MAPS)
                        .header("Content-Type", "application/yaml")
                        .POST(BodyPublishers.ofString(body)));
    }
}
