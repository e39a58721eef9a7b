package dev.flotilla.server.proto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.Registry;
import dev.flotilla.server.proto.Field.Content;
import dev.flotilla.server.proto.Field.Layout;
import dev.flotilla.store.Store;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/// The table of messages, and kinds that no other encoder here knows.
class MessagesTest {
    private final Messages messages = new Messages();
    private final ProtobufBody body = new ProtobufBody();

    @Test
    void everyKindThatIsKeptCanBeSent() {
        try (var store = Store.inMemory(InstantSource.system())) {
            var registry = new Registry(store, InstantSource.system(), new Random(1));
            for (var type : registry.types()) {
                if (!type.group().equals("flotilla.dev") && type.verbs().contains("create")) {
                    var layout = messages.of(type.apiVersion(), type.kind());
                    assertThat(layout).as(type.apiVersion() + " " + type.kind()).isPresent();
                    reach(layout.orElseThrow(), new HashSet<>());
                }
            }
        }
    }

    /// Follows every field; a message that is named and not there throws.
    private void reach(Layout layout, Set<String> seen) {
        for (var field : layout.fields().values()) {
            if (field.type() instanceof Content.Nested(var name) && seen.add(name)) {
                reach(messages.named(name), seen);
            }
        }
    }

    @Test
    void aSliceKeepsTheEmptyNameOfItsPort() throws Exception {
        var port = new Bytes().text(1, "").text(2, "TCP").whole(3, 8080);
        var conditions = new Bytes().whole(1, 0).whole(2, 1);
        var endpoint =
                new Bytes()
                        .text(1, "10.1.2.3")
                        .nested(2, conditions)
                        .nested(8, new Bytes().nested(1, new Bytes().text(1, "a")));
        var slice =
                new Bytes()
                        .nested(1, new Bytes().text(1, "web-1").whole(7, 0))
                        .nested(2, endpoint)
                        .nested(3, port)
                        .text(4, "IPv4");
        assertRead(
                "discovery.k8s.io/v1",
                "EndpointSlice",
                slice,
                """
                {"metadata": {"name": "web-1"}, "addressType": "IPv4",
                 "endpoints": [{"addresses": ["10.1.2.3"],
                   "conditions": {"ready": false, "serving": true},
                   "hints": {"forZones": [{"name": "a"}]}}],
                 "ports": [{"name": "", "protocol": "TCP", "port": 8080}]}
                """);
    }

    @Test
    void aScalerOfTheSecondVersionKeepsAWindowOfZero() throws Exception {
        var target = new Bytes().text(1, "Utilization").whole(4, 80);
        var metric =
                new Bytes()
                        .text(1, "Resource")
                        .nested(4, new Bytes().text(1, "cpu").nested(2, target));
        var rules = new Bytes().whole(3, 0);
        var spec =
                new Bytes()
                        .nested(
                                1,
                                new Bytes().text(1, "Deployment").text(2, "web").text(3, "apps/v1"))
                        .whole(2, 0)
                        .whole(3, 5)
                        .nested(4, metric)
                        .nested(5, new Bytes().nested(2, rules));
        assertRead(
                "autoscaling/v2",
                "HorizontalPodAutoscaler",
                new Bytes().nested(2, spec),
                """
                {"spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web", "apiVersion": "apps/v1"},
                  "minReplicas": 0, "maxReplicas": 5,
                  "metrics": [{"type": "Resource", "resource": {"name": "cpu",
                    "target": {"type": "Utilization", "averageUtilization": 80}}}],
                  "behavior": {"scaleDown": {"stabilizationWindowSeconds": 0}}}}
                """);
    }

    @Test
    void aLeaseAnEventAndAnEviction() throws Exception {
        var micros = new Bytes().whole(1, 1767225600).whole(2, 5000);
        assertRead(
                "coordination.k8s.io/v1",
                "Lease",
                new Bytes().nested(2, new Bytes().text(1, "").whole(2, 15).nested(4, micros)),
                """
                {"spec": {"holderIdentity": "", "leaseDurationSeconds": 15,
                  "renewTime": "2026-01-01T00:00:00.000005Z"}}
                """);
        assertRead(
                "events.k8s.io/v1",
                "Event",
                new Bytes().nested(2, micros).text(6, "Killing").whole(15, 0),
                "{\"eventTime\": \"2026-01-01T00:00:00.000005Z\", \"action\": \"Killing\"}");
        var options = new Bytes().whole(1, 0).nested(2, new Bytes().text(1, "u"));
        assertRead(
                "policy/v1",
                "Eviction",
                new Bytes().nested(1, new Bytes().text(1, "p").text(3, "d")).nested(2, options),
                """
                {"metadata": {"name": "p", "namespace": "d"},
                 "deleteOptions": {"gracePeriodSeconds": 0, "preconditions": {"uid": "u"}}}
                """);
    }

    @Test
    void whatNewerClientsAddIsPassedOver() throws Exception {
        var spec = new Bytes().text(999, "new").whole(998, 7).text(10, "n1");
        assertRead("v1", "Pod", new Bytes().nested(2, spec), "{\"spec\": {\"nodeName\": \"n1\"}}");
    }

    private void assertRead(String apiVersion, String kind, Bytes message, String json)
            throws Exception {
        var type = new Bytes().text(1, apiVersion).text(2, kind);
        var envelope = new Bytes().nested(1, type).nested(2, message).out.toByteArray();
        var all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {'k', '8', 's', 0});
        all.writeBytes(envelope);
        var read = body.read(all.toByteArray(), "", "");
        assertThat(read.remove("apiVersion").asString()).isEqualTo(apiVersion);
        assertThat(read.remove("kind").asString()).isEqualTo(kind);
        assertThat(read).isEqualTo(JsonMapper.shared().readTree(json));
    }

    /// A message, field by field, by the numbers of the API's published `generated.proto`.
    private static final class Bytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Bytes whole(int number, long value) {
            varint((long) number << 3);
            varint(value);
            return this;
        }

        Bytes text(int number, String value) {
            return part(number, value.getBytes(StandardCharsets.UTF_8));
        }

        Bytes nested(int number, Bytes message) {
            return part(number, message.out.toByteArray());
        }

        private Bytes part(int number, byte[] bytes) {
            varint(((long) number << 3) | 2);
            varint(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        private void varint(long value) {
            for (; (value & ~0x7fL) != 0; value >>>= 7) {
                out.write((int) ((value & 0x7f) | 0x80));
            }
            out.write((int) value);
        }
    }
}
