package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.store.Store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/// A watch of one kind from one revision to the end marker, and what it must have seen by the
/// store's own log, event for event.
final class Follower {
    /// The last object of each kind that is made.
    static final String END = "the-end";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// @param path of the list, with a query
    /// @param prefix of the keys in the store
    /// @param selects whether an object is among those watched
    /// @param pieces whether the watch ends each second, and is taken up again where it was
    record Plan(
            String path,
            String accept,
            String prefix,
            Predicate<JsonNode> selects,
            boolean pieces) {}

    private final Plan plan;
    private final long since;
    private final List<String> seen = new ArrayList<>();

    Follower(Plan plan, long since) {
        this.plan = plan;
        this.since = since;
    }

    static List<Plan> plans() {
        var all = new ArrayList<Plan>();
        var json = "application/json";
        var as = "application/json;g=meta.k8s.io;v=v1;as=";
        for (var kind : List.of("configmaps", "pods", "secrets")) {
            var own = "/api/v1/namespaces/default/" + kind + "?watch=1";
            var prefix = "/core/" + kind + "/default/";
            all.add(new Plan(own, json, prefix, _ -> true, false));
            all.add(new Plan(own + "&timeoutSeconds=1", json, prefix, _ -> true, true));
            all.add(new Plan(own, as + "Table", prefix, _ -> true, false));
            all.add(new Plan(own, as + "PartialObjectMetadata", prefix, _ -> true, false));
            all.add(
                    new Plan(
                            own + "&fieldSelector=metadata.name!%3Db",
                            json,
                            prefix,
                            o -> !name(o).equals("b"),
                            false));
            all.add(
                    new Plan(
                            own + "&labelSelector=a!%3Db",
                            json,
                            prefix,
                            o -> !o.at("/metadata/labels/a").asString("").equals("b"),
                            true));
            all.add(
                    new Plan(
                            "/api/v1/" + kind + "?watch=true&allowWatchBookmarks=true",
                            json,
                            "/core/" + kind + "/",
                            _ -> true,
                            false));
        }
        return all;
    }

    /// Watches until the end marker.
    Follower run(Https https) throws IOException {
        var last = since;
        for (var ended = false; !ended; ) {
            var request =
                    https.request(plan.path + "&resourceVersion=" + last, "Accept", plan.accept);
            var response =
                    https.send(
                            request.GET().timeout(Duration.ofHours(1)),
                            BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                while (!ended) {
                    var line = lines.readLine();
                    if (line == null) {
                        break;
                    }
                    var event = JSON.readTree(line);
                    var type = event.path("type").asString();
                    var object = event.path("object");
                    var rows = object.path("rows");
                    var shown = rows.isEmpty() ? object : rows.path(0).path("object");
                    var revision = shown.at("/metadata/resourceVersion").asLong(-1);
                    assertThat(revision).as(line).isGreaterThanOrEqualTo(last);
                    last = revision;
                    if (!type.equals("BOOKMARK")) {
                        seen.add(told(type, revision, name(shown)));
                        ended = name(shown).equals(END);
                    }
                }
                assertThat(ended || plan.pieces).as("the watch ended by itself").isTrue();
            }
        }
        return this;
    }

    /// What the store's log has for it.
    void check(Store store) {
        var expected = new ArrayList<String>();
        var in = new HashSet<String>();
        try (var log = store.watch(plan.prefix, 0)) {
            for (var some = log.poll(1000); !some.isEmpty(); some = log.poll(1000)) {
                for (var entry : some) {
                    var object = JSON.readTree(entry.body());
                    var was = in.contains(entry.key());
                    var is = !entry.deleted() && plan.selects.test(object);
                    if (is) {
                        in.add(entry.key());
                    } else {
                        in.remove(entry.key());
                    }
                    if ((was || is) && entry.revision() > since) {
                        var type = !is ? "DELETED" : was ? "MODIFIED" : "ADDED";
                        expected.add(told(type, entry.revision(), name(object)));
                    }
                }
            }
        }
        assertThat(seen).as("%s since %d", plan, since).isEqualTo(expected);
    }

    private static String told(String type, long revision, String name) {
        return type + " " + revision + " " + name;
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asString("");
    }
}
