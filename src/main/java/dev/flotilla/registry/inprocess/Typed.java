package dev.flotilla.registry.inprocess;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Entry;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Objects;

/// Between trees and the typed model, which is read without `metadata.managedFields`.
final class Typed {
    /// Who owns which field concerns no loop, and would take the most of a cache's memory.
    private static final ObjectMapper JSON =
            JsonMapper.builder().addMixIn(ObjectMeta.class, WithoutManagedFields.class).build();

    private static final ObjectReader HEAD =
            JSON.readerFor(ObjectMeta.class)
                    .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final ObjectMapper STATUSES =
            JSON.rebuild().addMixIn(HasMetadata.class, OnlyStatus.class).build();
    private static final ObjectMapper WISHES =
            JSON.rebuild().addMixIn(HasMetadata.class, WithoutStatus.class).build();

    @JsonIgnoreProperties("managedFields")
    private interface WithoutManagedFields {}

    @JsonIncludeProperties("status")
    private interface OnlyStatus {}

    @JsonIgnoreProperties("status")
    private interface WithoutStatus {}

    /// A way to read what is kept: whole, or its head.
    @FunctionalInterface
    interface Reader {
        <T extends HasMetadata> T read(Class<T> kind, Entry entry);
    }

    private Typed() {}

    static <T> T read(Class<T> kind, Entry entry) {
        return JSON.readValue(entry.body(), kind);
    }

    /// Only `metadata` of it. Reads no further than that, and it stands at the beginning.
    static <T extends HasMetadata> T head(Class<T> kind, Entry entry) {
        try (var in = JSON.createParser(entry.body())) {
            in.nextToken();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean found = in.currentName().equals("metadata");
                in.nextToken();
                if (found) {
                    var object = kind.getConstructor().newInstance();
                    object.setMetadata(HEAD.readValue(in));
                    return object;
                }
                in.skipChildren();
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(kind + " can't be made", e);
        }
        throw new IllegalStateException(entry.key() + " has no metadata");
    }

    static <T> T of(Class<T> kind, ObjectNode object) {
        return JSON.treeToValue(object, kind);
    }

    /// The merge patch from one to the other, of all but the status.
    static ObjectNode difference(HasMetadata before, HasMetadata after) {
        return MergePatch.between(WISHES.valueToTree(before), WISHES.valueToTree(after));
    }

    /// The merge patch from one to the other, of the status and of annotations.
    static ObjectNode report(HasMetadata before, HasMetadata after) {
        var patch =
                MergePatch.between(STATUSES.valueToTree(before), STATUSES.valueToTree(after))
                        .retain("status");
        var was = before.getMetadata().getAnnotations();
        var is = after.getMetadata().getAnnotations();
        if (!Objects.equals(was, is)) {
            var notes = MergePatch.between(notes(was), notes(is));
            Tree.child(patch, "metadata").set("annotations", notes);
        }
        return patch;
    }

    private static ObjectNode notes(@Nullable Map<String, String> annotations) {
        return annotations == null ? Tree.empty() : tree(annotations);
    }

    static ObjectNode tree(Object object) {
        return JSON.valueToTree(object);
    }
}
