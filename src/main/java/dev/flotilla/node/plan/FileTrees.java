package dev.flotilla.node.plan;

import dev.flotilla.node.PodFiles.Content;
import dev.flotilla.node.PodFiles.Medium;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.DownwardAPIVolumeFile;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Volumes whose files the cluster holds: ConfigMaps, Secrets, the downward API, and several of
/// them in one. What may be secret lies in memory.
final class FileTrees {
    private static final int USUAL_MODE = 0644;

    private final Pod pod;
    private final ContainerSpecs.Host host;
    private final Lookup lookup;
    private @Nullable Instant renewal;

    FileTrees(Pod pod, ContainerSpecs.Host host, Lookup lookup) {
        this.pod = pod;
        this.host = host;
        this.lookup = lookup;
    }

    /// When one of the tokens is to be replaced; null if there is none.
    @Nullable Instant renewal() {
        return renewal;
    }

    record Made(Medium medium, Map<String, Content> files) {}

    /// @return empty for a volume of another kind
    /// @throws Environment.Missing if something that is not optional isn't there
    Optional<Made> of(Volume volume) {
        var files = new TreeMap<String, Content>();
        if (volume.getConfigMap() != null) {
            var source = volume.getConfigMap();
            configMap(
                    source.getName(),
                    source.getItems(),
                    source.getOptional(),
                    mode(source.getDefaultMode(), USUAL_MODE),
                    files);
            return Optional.of(new Made(Medium.DISK, files));
        }
        if (volume.getSecret() != null) {
            var source = volume.getSecret();
            secret(
                    source.getSecretName(),
                    source.getItems(),
                    source.getOptional(),
                    mode(source.getDefaultMode(), USUAL_MODE),
                    files);
            return Optional.of(new Made(Medium.MEMORY, files));
        }
        if (volume.getDownwardAPI() != null) {
            int mode = mode(volume.getDownwardAPI().getDefaultMode(), USUAL_MODE);
            volume.getDownwardAPI().getItems().forEach(item -> downward(item, mode, files));
            return Optional.of(new Made(Medium.DISK, files));
        }
        if (volume.getProjected() != null) {
            boolean whole = projected(volume.getProjected(), files);
            return whole ? Optional.of(new Made(Medium.MEMORY, files)) : Optional.empty();
        }
        return Optional.empty();
    }

    /// @return false if it needs a token and none is given out
    private boolean projected(ProjectedVolumeSource source, SortedMap<String, Content> files) {
        int mode = mode(source.getDefaultMode(), USUAL_MODE);
        for (var part : source.getSources()) {
            var asked = part.getServiceAccountToken();
            if (asked != null) {
                var token = lookup.token(pod, asked.getAudience(), asked.getExpirationSeconds());
                if (token.isEmpty()) {
                    return false;
                }
                files.put(asked.getPath(), new Content(token.get().token(), mode));
                var due = token.get().renewal();
                renewal = renewal == null || due.isBefore(renewal) ? due : renewal;
            }
        }
        source.getSources().forEach(part -> part(part, mode, files));
        return true;
    }

    private void part(VolumeProjection part, int mode, SortedMap<String, Content> files) {
        if (part.getConfigMap() != null) {
            var map = part.getConfigMap();
            configMap(map.getName(), map.getItems(), map.getOptional(), mode, files);
        }
        if (part.getSecret() != null) {
            var secret = part.getSecret();
            secret(secret.getName(), secret.getItems(), secret.getOptional(), mode, files);
        }
        if (part.getDownwardAPI() != null) {
            part.getDownwardAPI().getItems().forEach(item -> downward(item, mode, files));
        }
    }

    private void configMap(
            String name,
            List<KeyToPath> items,
            @Nullable Boolean optional,
            int mode,
            SortedMap<String, Content> files) {
        var found = lookup.configMap(namespace(), name);
        if (found.isEmpty()) {
            absent(optional, "configmap \"" + name + "\" not found");
            return;
        }
        select(contents(found.get()), items, optional, mode, files, "configmap " + name);
    }

    private void secret(
            String name,
            List<KeyToPath> items,
            @Nullable Boolean optional,
            int mode,
            SortedMap<String, Content> files) {
        var found = lookup.secret(namespace(), name);
        if (found.isEmpty()) {
            absent(optional, "secret \"" + name + "\" not found");
            return;
        }
        select(contents(found.get()), items, optional, mode, files, "secret " + name);
    }

    private static Map<String, Content> contents(ConfigMap map) {
        var all = new HashMap<String, Content>();
        if (map.getData() != null) {
            map.getData().forEach((k, v) -> all.put(k, new Content(v, false, 0)));
        }
        if (map.getBinaryData() != null) {
            map.getBinaryData().forEach((k, v) -> all.put(k, new Content(v, true, 0)));
        }
        return all;
    }

    private static Map<String, Content> contents(Secret secret) {
        var all = new HashMap<String, Content>();
        if (secret.getData() != null) {
            secret.getData().forEach((k, v) -> all.put(k, new Content(v, true, 0)));
        }
        return all;
    }

    /// All keys, or those that are named, each by its path.
    private static void select(
            Map<String, Content> all,
            List<KeyToPath> items,
            @Nullable Boolean optional,
            int mode,
            SortedMap<String, Content> files,
            String where) {
        if (items.isEmpty()) {
            all.forEach((key, content) -> files.put(key, with(content, mode)));
        }
        for (var item : items) {
            var content = all.get(item.getKey());
            if (content != null) {
                files.put(item.getPath(), with(content, mode(item.getMode(), mode)));
            } else {
                absent(optional, "references non-existent key " + item.getKey() + " of " + where);
            }
        }
    }

    private void downward(DownwardAPIVolumeFile item, int mode, SortedMap<String, Content> files) {
        var text =
                item.getFieldRef() != null
                        ? Downward.field(item.getFieldRef().getFieldPath(), pod)
                        : Downward.resource(item.getResourceFieldRef(), new Container(), pod, host);
        files.put(item.getPath(), new Content(text, false, mode(item.getMode(), mode)));
    }

    private static Content with(Content content, int mode) {
        return new Content(content.text(), content.base64(), mode);
    }

    private static int mode(@Nullable Integer asked, int otherwise) {
        return asked == null ? otherwise : asked;
    }

    private static void absent(@Nullable Boolean optional, String sentence) {
        if (!Boolean.TRUE.equals(optional)) {
            throw new Environment.Missing(sentence);
        }
    }

    private String namespace() {
        return pod.getMetadata().getNamespace();
    }
}
