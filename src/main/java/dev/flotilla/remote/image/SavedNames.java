package dev.flotilla.remote.image;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

import dev.flotilla.node.image.Layers;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Under which names `docker save` writes layers. Engines from 25 on use the layer's digest. Older
/// ones use an id that is the digest of an almost empty configuration of long ago: of what differs
/// between layers there is only the chain below, and, by accident, the engine's time zone. The
/// highest layer's depends on more, and is not known here.
final class SavedNames {
    /// A configuration that says nothing, as Go writes it.
    private static final String NOTHING =
            "{\"Hostname\":\"\",\"Domainname\":\"\",\"User\":\"\",\"AttachStdin\":false,"
                    + "\"AttachStdout\":false,\"AttachStderr\":false,\"Tty\":false,"
                    + "\"OpenStdin\":false,\"StdinOnce\":false,\"Env\":null,\"Cmd\":null,"
                    + "\"Image\":\"\",\"Volumes\":null,\"WorkingDir\":\"\",\"Entrypoint\":null,"
                    + "\"OnBuild\":null,\"Labels\":null}";

    private SavedNames() {}

    /// Names of files, and of folders with a slash at the end, that the lowest `have` layers lie
    /// in. A layer that lies further above once more is not among them.
    ///
    /// @param layers diff ids, the lowest first
    /// @param zone the engine's, in 1970
    static Set<String> of(List<String> layers, int have, ZoneOffset zone) {
        var wanted = new HashSet<>(layers.subList(have, layers.size()));
        var chains = Layers.chains(layers);
        var created = ISO_OFFSET_DATE_TIME.format(Instant.EPOCH.atOffset(zone));
        var names = new HashSet<String>();
        var parent = "";
        for (int i = 0; i < have; i++) {
            var words =
                    "{\"container_config\":%s,\"created\":\"%s\",\"layer_id\":\"%s\"%s}"
                            .formatted(
                                    NOTHING,
                                    created,
                                    chains.get(i),
                                    parent.isEmpty()
                                            ? ""
                                            : ",\"parent\":\"sha256:" + parent + "\"");
            parent = sha256(words);
            if (!wanted.contains(layers.get(i))) {
                names.add(parent + "/");
                names.add("blobs/" + layers.get(i).replace(':', '/'));
            }
        }
        return names;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
