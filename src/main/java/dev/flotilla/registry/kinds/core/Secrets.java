package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Secret;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

final class Secrets implements Kind {
    private static final ResourceType TYPE = Types.of("v1", "secrets", Secret.class).build();

    /// By type, the keys that have to be there.
    private static final Map<String, List<String>> NEEDED =
            Map.of(
                    "kubernetes.io/tls", List.of("tls.crt", "tls.key"),
                    "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
                    "kubernetes.io/dockercfg", List.of(".dockercfg"),
                    "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"));

    private static final String ACCOUNT = "kubernetes.io/service-account.name";

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean sealed() {
        return true;
    }

    /// `stringData` is a way to write `data`; it is never read back.
    @Override
    public void defaults(ObjectNode object) {
        Tree.setDefault(object, "type", "Opaque");
        if (object.remove("stringData") instanceof ObjectNode plain) {
            var data = Tree.child(object, "data");
            plain.properties()
                    .forEach(f -> data.put(f.getKey(), base64(f.getValue().asString(""))));
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Data.checkKeys(object, "data", problems);
        Data.checkSize(Data.size(object, "data", true), "data", problems);
        var type = Tree.text(object, "type");
        for (var key : NEEDED.getOrDefault(type, List.of())) {
            var value = Tree.at(object, "data", key);
            if (value.isMissingNode()
                    || (type.equals("kubernetes.io/ssh-auth") && value.asString("").isEmpty())) {
                problems.required("data[" + key + "]", "");
            } else if (key.startsWith(".docker")) {
                json(key, value.asString(""), problems);
            }
        }
        switch (type) {
            case "kubernetes.io/service-account-token" -> {
                if (Tree.text(object, "metadata", "annotations", ACCOUNT).isEmpty()) {
                    problems.required("metadata.annotations[" + ACCOUNT + "]", "");
                }
            }
            case "kubernetes.io/basic-auth" -> {
                if (!Tree.has(object, "data", "username")
                        && !Tree.has(object, "data", "password")) {
                    problems.required("data[username]", "");
                    problems.required("data[password]", "");
                }
            }
            case String other -> {
                // Anything may be in it.
            }
        }
    }

    private static void json(String key, String encoded, Problems problems) {
        try {
            Tree.read(Base64.getDecoder().decode(encoded));
        } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
            problems.invalid(
                    "data[" + key + "]",
                    "<secret contents redacted>",
                    "invalid character in what should be a JSON object");
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        if (!Tree.text(before, "type").equals(Tree.text(after, "type"))) {
            problems.invalid("type", Tree.at(after, "type"), "field is immutable");
        }
        Data.checkImmutable(before, after, List.of("data"), problems);
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of("type", o -> Tree.text(o, "type"));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Type", "What it is for.", (o, _) -> Tree.text(o, "type")),
                Column.text("Data", "How many keys it has.", (o, _) -> Tree.at(o, "data").size()),
                Column.AGE);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
