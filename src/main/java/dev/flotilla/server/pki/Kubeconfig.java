package dev.flotilla.server.pki;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Writes how to reach the server, and as whom, where kubectl looks for it.
public final class Kubeconfig {
    /// The name of the cluster, the user and the context.
    public static final String NAME = "flotilla";

    private static final YAMLMapper YAML =
            YAMLMapper.builder().disable(YAMLWriteFeature.WRITE_DOC_START_MARKER).build();

    private Kubeconfig() {}

    /// Writes the file with mode 0600. Other clusters that it holds already stay in it.
    ///
    /// @throws PkiFailure if it can't be written, or holds something else
    public static void write(Path file, URI server, Pki pki) {
        try {
            var config = Files.exists(file) && Files.size(file) > 0 ? read(file) : empty();
            put(config, "clusters", "cluster")
                    .put("certificate-authority-data", base64(pki.authority().certificatePem()))
                    .put("server", server.toString());
            put(config, "users", "user")
                    .put("client-certificate-data", base64(pki.admin().certificatePem()))
                    .put("client-key-data", base64(pki.admin().keyPem()))
                    .put("token", pki.token());
            put(config, "contexts", "context").put("cluster", NAME).put("user", NAME);
            config.put("current-context", NAME);
            PrivateFiles.write(file, YAML.writeValueAsString(config));
        } catch (IOException e) {
            throw new PkiFailure(
                    "Can't write the kubeconfig %s: %s. Choose another file with --kubeconfig."
                            .formatted(file, e),
                    e);
        }
    }

    private static ObjectNode empty() {
        return YAML.createObjectNode().put("apiVersion", "v1").put("kind", "Config");
    }

    private static ObjectNode read(Path file) throws IOException {
        try {
            if (YAML.readTree(Files.readString(file)) instanceof ObjectNode config
                    && config.path("kind").asString("").equals("Config")) {
                return config;
            }
        } catch (JacksonException e) {
            throw notOurs(file, e);
        }
        throw notOurs(file, null);
    }

    private static PkiFailure notOurs(Path file, @Nullable Exception e) {
        return new PkiFailure(
                "%s is there but is no kubeconfig, so it is left alone. Move it away, or choose another file with --kubeconfig."
                        .formatted(file),
                e);
    }

    /// Our entry of that list, empty, in the place of an older one.
    private static ObjectNode put(ObjectNode config, String list, String what) {
        var entries =
                config.get(list) instanceof ArrayNode present ? present : config.putArray(list);
        for (var i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).path("name").asString("").equals(NAME)) {
                entries.remove(i);
            }
        }
        return entries.addObject().put("name", NAME).putObject(what);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
