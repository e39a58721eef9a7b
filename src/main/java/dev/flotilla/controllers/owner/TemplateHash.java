package dev.flotilla.controllers.owner;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What tells one pod template from another.
///
/// The hash is FNV-1a over the template's JSON with sorted names, written as Kubernetes writes its
/// own: digits mapped to letters that make no words.
public final class TemplateHash {
    /// The label that keeps the pods of one template apart from those of another.
    public static final String LABEL = "pod-template-hash";

    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int FNV_OFFSET = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;
    private static final KubernetesSerialization JSON = new KubernetesSerialization();
    private static final JsonMapper TREES = JsonMapper.shared();

    private TemplateHash() {}

    /// Whether both say the same, apart from the label.
    public static boolean same(PodTemplateSpec a, PodTemplateSpec b) {
        return equal(a, b) || tree(a).equals(tree(b));
    }

    /// The quick look: finds most templates that say the same, not those that differ only in what
    /// is empty or absent.
    public static boolean equal(PodTemplateSpec a, PodTemplateSpec b) {
        return Objects.equals(a.getSpec(), b.getSpec())
                && labels(a).equals(labels(b))
                && Objects.equals(notes(a), notes(b));
    }

    private static Map<String, String> labels(PodTemplateSpec template) {
        var meta = template.getMetadata();
        var labels = new HashMap<String, String>();
        if (meta != null && meta.getLabels() != null) {
            labels.putAll(meta.getLabels());
        }
        labels.remove(LABEL);
        return labels;
    }

    /// @param collisions how often the name that the hash makes was taken by another template
    public static String of(PodTemplateSpec template, int collisions) {
        var text = sorted(tree(template)) + (collisions == 0 ? "" : "#" + collisions);
        int hash = FNV_OFFSET;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        var name = new StringBuilder();
        Integer.toUnsignedString(hash)
                .chars()
                .forEach(digit -> name.append(ALPHABET.charAt(digit % ALPHABET.length())));
        return name.toString();
    }

    private static @Nullable Map<String, String> notes(PodTemplateSpec template) {
        return template.getMetadata() == null ? null : template.getMetadata().getAnnotations();
    }

    private static JsonNode tree(PodTemplateSpec template) {
        return TREES.readTree(JSON.asJson(unlabeled(template)));
    }

    private static PodTemplateSpec unlabeled(PodTemplateSpec template) {
        return new PodTemplateSpecBuilder(template)
                .editOrNewMetadata()
                .removeFromLabels(LABEL)
                .endMetadata()
                .build();
    }

    private static String sorted(JsonNode node) {
        if (node.isObject()) {
            var fields = new TreeMap<String, String>();
            node.properties().forEach(e -> fields.put(e.getKey(), sorted(e.getValue())));
            return fields.toString();
        }
        if (node.isArray()) {
            var all = new StringBuilder("[");
            node.forEach(item -> all.append(sorted(item)).append(','));
            return all.append(']').toString();
        }
        return node.toString();
    }
}
