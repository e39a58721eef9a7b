package dev.flotilla.node.image;

import tools.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// An image in an archive.
///
/// @param id `sha256:…` of its configuration
/// @param config its configuration, as it is written there
/// @param names its tags in the archive
/// @param architecture such as `amd64`; empty if it isn't said
/// @param layers diff ids, the lowest first
/// @param contents of the layers by diff id, compressed or not; one that the archive lacks is
///   missing here too
public record ArchivedImage(
        String id,
        Content config,
        List<String> names,
        String architecture,
        List<String> layers,
        Map<String, Content> contents) {
    private static final JsonMapper JSON = new JsonMapper();

    /// An archive for `docker load` with those layers alone, and with other names.
    ///
    /// @param wanted diff ids
    /// @throws IllegalStateException if one of them is not in this archive
    public TarOut only(Set<String> wanted, List<String> names) {
        var hex = hex(id);
        var paths = layers.stream().map(d -> hex(d) + ".tar").toList();
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("Config", hex + ".json");
        manifest.put("RepoTags", names);
        manifest.put("Layers", paths);
        var tar = new TarOut();
        tar.add("manifest.json", Content.of(JSON.writeValueAsBytes(List.of(manifest))));
        tar.add(hex + ".json", config);
        for (var diff : new ArrayList<>(wanted)) {
            var content = contents.get(diff);
            if (content == null) {
                throw new IllegalStateException(
                        "the archive of image %s lacks its layer %s".formatted(id, diff));
            }
            tar.add(hex(diff) + ".tar", content);
        }
        return tar;
    }

    private static String hex(String digest) {
        return digest.substring(digest.indexOf(':') + 1);
    }

    @Override
    public String toString() {
        return "image " + id + " " + names;
    }
}
