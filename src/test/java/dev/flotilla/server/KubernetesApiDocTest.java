package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `src/docs/kubernetes-api.md` says what discovery says. With `-Ddocs.write=true` the test writes
/// the table anew.
class KubernetesApiDocTest {
    private static final Path PAGE = Path.of("src/docs/kubernetes-api.md");
    private static final String BEGIN = "<!-- kinds: generated -->\n";
    private static final String END = "<!-- end of kinds -->\n";

    @TempDir Path temp;

    @Test
    void thePageIsWhatDiscoverySays() throws IOException {
        var page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        int to = page.indexOf(END);
        assertThat(to).as("both marks are in " + PAGE).isGreaterThanOrEqualTo(from);
        var table = table();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, page.substring(0, from) + table + page.substring(to));
            return;
        }
        assertThat(page.substring(from, to))
                .as("run this test with -Ddocs.write=true to write it anew")
                .isEqualTo(table);
    }

    private String table() {
        var lines = new ArrayList<String>();
        lines.add("| group and version | kind | resource, short names | scope | verbs | parts |");
        lines.add("|---|---|---|---|---|---|");
        try (var server = new TestServer(temp);
                var https = server.https()) {
            var aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
            for (var path : List.of("/api", "/apis")) {
                for (var group : https.get(path, "Accept", aggregated).json().path("items")) {
                    var name = group.at("/metadata/name").asString("");
                    for (var version : group.path("versions")) {
                        var api =
                                (name.isEmpty() ? "" : name + "/")
                                        + version.path("version").asString();
                        version.path("resources").forEach(r -> lines.add(line(api, r)));
                    }
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(String api, JsonNode resource) {
        var names = new ArrayList<String>();
        names.add(resource.path("resource").asString());
        resource.path("shortNames").forEach(n -> names.add(n.asString()));
        var parts =
                resource.path("subresources")
                        .valueStream()
                        .map(p -> p.path("subresource").asString())
                        .sorted()
                        .collect(Collectors.joining(", "));
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        api,
                        resource.at("/responseKind/kind").asString(),
                        String.join(", ", names),
                        resource.path("scope").asString().equals("Namespaced")
                                ? "namespace"
                                : "cluster",
                        verbs(resource.path("verbs")),
                        parts);
    }

    private static String verbs(JsonNode verbs) {
        var all = verbs.valueStream().map(JsonNode::asString).sorted().toList();
        return all.size() == 8 ? "all" : String.join(", ", all);
    }
}
