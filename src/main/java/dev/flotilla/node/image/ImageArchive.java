package dev.flotilla.node.image;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// A file that `docker save` wrote, or an OCI image layout in a tar, packed with gzip or not. What
/// lies in it is found by reading its table, not its layers.
public final class ImageArchive implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST_LINKS = 8;

    /// A configuration or a manifest is a few kilobytes; what is larger is none.
    private static final int LARGEST_WORDS = 16 << 20;

    private final Path file;
    private final TarFile tar;
    private final @Nullable Path unpacked;
    private final Path plainTar;
    private final Map<String, TarArchiveEntry> entries = new HashMap<>();

    private ImageArchive(Path file, TarFile tar, @Nullable Path unpacked) {
        this.file = file;
        this.tar = tar;
        this.unpacked = unpacked;
        this.plainTar = unpacked == null ? file : unpacked;
        tar.getEntries().forEach(e -> entries.put(plain(e.getName()), e));
    }

    /// @param scratch a folder for what has to be unpacked first; taken away on [#close]
    /// @throws IOException if it can't be read, or is no tar
    public static ImageArchive open(Path file, Path scratch) throws IOException {
        if (!isGzip(file)) {
            return new ImageArchive(file, new TarFile(file), null);
        }
        var unpacked = Files.createTempFile(scratch, "image-", ".tar");
        try (var in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
            return new ImageArchive(file, new TarFile(unpacked), unpacked);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(unpacked);
            throw e;
        }
    }

    /// @throws IOException if it holds none, or not what it says
    public List<ArchivedImage> images() throws IOException {
        try {
            var all = new ArrayList<ArchivedImage>();
            if (entries.containsKey("manifest.json")) {
                for (var item : json("manifest.json")) {
                    var names = new ArrayList<String>();
                    item.path("RepoTags").forEach(t -> names.add(t.asString()));
                    var layers = new ArrayList<String>();
                    item.path("Layers").forEach(l -> layers.add(l.asString()));
                    all.add(image(item.path("Config").asString(), layers, names));
                }
            } else if (entries.containsKey("index.json")) {
                for (var item : json("index.json").path("manifests")) {
                    fromLayout(item, name(item), all);
                }
            }
            if (all.isEmpty()) {
                throw new IOException(
                        file
                                + " holds no image: neither a manifest.json as 'docker save' writes"
                                + " it nor an index.json with images of an OCI layout");
            }
            return all;
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
        if (unpacked != null) {
            Files.deleteIfExists(unpacked);
        }
    }

    /// An index may hold further indexes, one image for each architecture, and attestations, whose
    /// architecture is unknown.
    private void fromLayout(JsonNode item, String name, List<ArchivedImage> all)
            throws IOException {
        if (item.path("platform").path("architecture").asString("").equals("unknown")) {
            return;
        }
        var manifest = json(blob(item.path("digest").asString("")));
        for (var inner : manifest.path("manifests")) {
            fromLayout(inner, name.isEmpty() ? name(inner) : name, all);
        }
        if (manifest.has("config")) {
            var layers = new ArrayList<String>();
            manifest.path("layers").forEach(l -> layers.add(blob(l.path("digest").asString(""))));
            all.add(
                    image(
                            blob(manifest.path("config").path("digest").asString("")),
                            layers,
                            name.isEmpty() ? List.of() : List.of(name)));
        }
    }

    private static String name(JsonNode item) {
        var notes = item.path("annotations");
        var full = notes.path("io.containerd.image.name").asString("");
        var ref = notes.path("org.opencontainers.image.ref.name").asString("");
        return !full.isEmpty() ? full : ref.contains("/") || ref.contains(":") ? ref : "";
    }

    private ArchivedImage image(String configPath, List<String> layerPaths, List<String> names)
            throws IOException {
        var config = bytes(configPath);
        var said = JSON.readTree(config);
        var layers = new ArrayList<String>();
        said.path("rootfs").path("diff_ids").forEach(d -> layers.add(d.asString()));
        if (layers.size() != layerPaths.size()) {
            throw new IOException(
                    "%s is damaged: %s names %d layers, its manifest %d"
                            .formatted(file, configPath, layers.size(), layerPaths.size()));
        }
        var contents = new HashMap<String, Content>();
        for (int i = 0; i < layers.size(); i++) {
            var entry = find(layerPaths.get(i));
            if (entry != null) {
                contents.put(
                        layers.get(i),
                        FilePart.content(plainTar, entry.getDataOffset(), entry.getSize()));
            }
        }
        return new ArchivedImage(
                "sha256:" + sha256(config),
                Content.of(config),
                List.copyOf(names),
                said.path("architecture").asString(""),
                List.copyOf(layers),
                contents);
    }

    private JsonNode json(String path) throws IOException {
        return JSON.readTree(bytes(path));
    }

    private byte[] bytes(String path) throws IOException {
        var entry = find(path);
        if (entry == null || entry.getSize() > LARGEST_WORDS) {
            throw new IOException("%s is damaged: it lacks %s".formatted(file, path));
        }
        try (var in = tar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// `docker save` writes a layer that it wrote before as a link to it.
    private @Nullable TarArchiveEntry find(String path) {
        var name = plain(path);
        for (int i = 0; i < MOST_LINKS; i++) {
            var entry = entries.get(name);
            if (entry == null || !(entry.isSymbolicLink() || entry.isLink())) {
                return entry;
            }
            var folder = Objects.requireNonNullElse(Path.of(name).getParent(), Path.of(""));
            var target = Path.of(entry.getLinkName());
            name = plain((entry.isLink() ? target : folder.resolve(target)).normalize().toString());
        }
        return null;
    }

    private static String blob(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private static String plain(String path) {
        return path.replaceFirst("^(\\./)+", "");
    }

    private static boolean isGzip(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
