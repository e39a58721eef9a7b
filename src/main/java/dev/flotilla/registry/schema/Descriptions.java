package dev.flotilla.registry.schema;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/// What Kubernetes says of its types and fields. The texts are not ours: the build takes them out
/// of `io.kubernetes:client-java-api`; where it did not, nothing is said.
final class Descriptions {
    static final Descriptions NONE = new Descriptions(Map.of());

    private final Map<String, Said> types;

    private Descriptions(Map<String, Said> types) {
        this.types = types;
    }

    private record Said(String ofType, Map<String, String> ofFields) {}

    static Descriptions read() {
        try (var packed = Descriptions.class.getResourceAsStream("descriptions.gz")) {
            if (packed == null) {
                return NONE;
            }
            var types = new HashMap<String, Said>();
            var said = new Said("", new HashMap<>());
            var in = new InputStreamReader(new GZIPInputStream(packed), StandardCharsets.UTF_8);
            try (var lines = new BufferedReader(in)) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var parts = line.split("\t", -1);
                    if (parts.length == 2) {
                        said = new Said(text(parts[1]), new HashMap<>());
                        types.put(parts[0], said);
                    } else {
                        said.ofFields.put(parts[1], text(parts[2]));
                    }
                }
            }
            return new Descriptions(types);
        } catch (IOException e) {
            throw new UncheckedIOException("descriptions.gz could not be read", e);
        }
    }

    private static String text(String line) {
        return line.replace("\\n", "\n");
    }

    /// @param component such as `io.k8s.api.apps.v1.Deployment`
    /// @return empty if nothing is said
    String of(String component) {
        var said = said(component);
        return said == null ? "" : said.ofType;
    }

    /// @return empty if nothing is said
    String of(String component, String field) {
        var said = said(component);
        return said == null ? "" : said.ofFields.getOrDefault(field, "");
    }

    /// By the names of that library: `V1Pod`, or `CoreV1Event` where several have a name.
    private @Nullable Said said(String component) {
        var parts = List.of(component.split("\\."));
        if (parts.size() < 3 || !component.startsWith("io.k8s.")) {
            return null;
        }
        var name = parts.getLast();
        var version = upper(parts.get(parts.size() - 2));
        var group = upper(parts.get(parts.size() - 3));
        var special = types.get(group + version + name);
        return special == null ? types.get(version + name) : special;
    }

    private static String upper(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
