package dev.flotilla.node.image;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What a `config.json` of Docker says of logins; a Secret of the kinds `dockerconfigjson` and
/// `dockercfg` holds the same.
///
/// @param logins with passwords in them
/// @param helpers programs that know the login of a registry, by registry
/// @param store a program that knows all others; empty if there is none
/// @param known registries that are named without a password: a program knows it
public record DockerConfig(
        List<RegistryLogin> logins, Map<String, String> helpers, String store, List<String> known) {
    private static final JsonMapper JSON = new JsonMapper();

    public static final DockerConfig EMPTY = new DockerConfig(List.of(), Map.of(), "", List.of());

    /// @throws IllegalArgumentException if the text is no such file; it says nothing of the content
    public static DockerConfig parse(String text) {
        var root = tree(text);
        var helpers = new TreeMap<String, String>();
        root.path("credHelpers")
                .properties()
                .forEach(e -> helpers.put(e.getKey(), e.getValue().asString("")));
        return of(root.path("auths"), helpers, root.path("credsStore").asString(""));
    }

    /// The older form: only the logins.
    ///
    /// @throws IllegalArgumentException if the text is no such file
    public static DockerConfig parseOld(String text) {
        return of(tree(text), Map.of(), "");
    }

    private static DockerConfig of(JsonNode auths, Map<String, String> helpers, String store) {
        var logins = new ArrayList<RegistryLogin>();
        var known = new ArrayList<String>();
        for (var entry : auths.properties()) {
            var login = login(entry.getKey(), entry.getValue());
            if (login.username().isEmpty() && login.identityToken().isEmpty()) {
                known.add(entry.getKey());
            } else {
                logins.add(login);
            }
        }
        return new DockerConfig(
                List.copyOf(logins), Map.copyOf(helpers), store, List.copyOf(known));
    }

    /// `auth` holds name and password, and counts more than both.
    private static RegistryLogin login(String server, JsonNode entry) {
        var name = entry.path("username").asString("");
        var password = entry.path("password").asString("");
        var both = entry.path("auth").asString("").strip();
        if (!both.isEmpty()) {
            try {
                var text = new String(Base64.getDecoder().decode(both), StandardCharsets.UTF_8);
                int colon = text.indexOf(':');
                if (colon >= 0) {
                    name = text.substring(0, colon);
                    password = text.substring(colon + 1).replaceAll("\0+$", "");
                }
            } catch (IllegalArgumentException _) {
                throw new IllegalArgumentException(
                        "the `auth` of " + server + " is not the Base64 of NAME:PASSWORD");
            }
        }
        return new RegistryLogin(server, name, password, entry.path("identitytoken").asString(""));
    }

    private static JsonNode tree(String text) {
        try {
            var root = JSON.readTree(text);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException _) {
            // Its words would show what is secret.
        }
        throw new IllegalArgumentException("it is no JSON object");
    }
}
