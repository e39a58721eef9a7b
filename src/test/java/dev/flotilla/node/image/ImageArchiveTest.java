package dev.flotilla.node.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

class ImageArchiveTest {
    private static final String LOW = "low".repeat(10_000);
    private static final String TOP = "top";
    private static final String D1 = "sha256:" + Layers.sha256(LOW);
    private static final String D2 = "sha256:" + Layers.sha256(TOP);
    private static final String CONFIG =
            "{\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\",\"%s\"]}}"
                    .formatted(D1, D2);
    private static final String ID = "sha256:" + Layers.sha256(CONFIG);

    @TempDir Path folder;

    @Test
    void readsWhatDockerSaveWrites() throws IOException {
        var file = write(saved().open());
        try (var archive = ImageArchive.open(file, folder)) {
            isTheImage(archive.images().getFirst(), List.of("web:1"));
        }
    }

    @Test
    void readsItPackedAndCleansUp() throws IOException {
        var plain = saved().open().readAllBytes();
        var file = folder.resolve("packed.tar.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(plain);
        }
        try (var archive = ImageArchive.open(file, folder)) {
            isTheImage(archive.images().getFirst(), List.of("web:1"));
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void readsAnOciLayoutWithAnIndexInItsIndex() throws IOException {
        var manifest =
                "{\"config\":{\"digest\":\"%s\"},\"layers\":[{\"digest\":\"%s\"},{\"digest\":\"%s\"}]}"
                        .formatted(ID, D1, D2);
        var inner =
                "{\"manifests\":[{\"digest\":\"sha256:%s\"},{\"digest\":\"sha256:none\",\"platform\":{\"architecture\":\"unknown\"}}]}"
                        .formatted(Layers.sha256(manifest));
        var tar = new TarOut();
        add(
                tar,
                "index.json",
                "{\"manifests\":[{\"digest\":\"sha256:%s\",\"annotations\":{\"io.containerd.image.name\":\"reg.io/web:1\"}}]}"
                        .formatted(Layers.sha256(inner)));
        for (var blob : List.of(manifest, inner, CONFIG, LOW, TOP)) {
            add(tar, "blobs/sha256/" + Layers.sha256(blob), blob);
        }
        try (var archive = ImageArchive.open(write(tar.open()), folder)) {
            isTheImage(archive.images().getFirst(), List.of("reg.io/web:1"));
        }
    }

    @Test
    void followsALayerThatIsALink() throws IOException {
        var tar = new TarOut();
        manifest(tar, "one/layer.tar", "two/layer.tar");
        add(tar, "one/layer.tar", LOW);
        var link = new TarArchiveEntry("two/layer.tar", TarConstants.LF_SYMLINK);
        link.setLinkName("../one/layer.tar");
        tar.add(link, Content.of(new byte[0]));
        try (var archive = ImageArchive.open(write(tar.open()), folder)) {
            assertThat(text(archive.images().getFirst(), D2)).isEqualTo(LOW);
        }
    }

    @Test
    void writesOnlyTheLayersThatAreWanted() throws IOException {
        try (var archive = ImageArchive.open(write(saved().open()), folder)) {
            var tar = archive.images().getFirst().only(Set.of(D2), List.of("other:2"));
            var bytes = tar.open().readAllBytes();
            assertThat((long) bytes.length).isEqualTo(tar.bytes()).isLessThan(LOW.length());
            var entries = entries(bytes);
            var hex1 = D1.substring(7);
            var hex2 = D2.substring(7);
            assertThat(entries.keySet())
                    .containsExactly("manifest.json", ID.substring(7) + ".json", hex2 + ".tar");
            assertThat(entries.get("manifest.json"))
                    .isEqualTo(
                            "[{\"Config\":\"%s.json\",\"RepoTags\":[\"other:2\"],\"Layers\":[\"%s.tar\",\"%s.tar\"]}]"
                                    .formatted(ID.substring(7), hex1, hex2));
            assertThat(entries.get(hex2 + ".tar")).isEqualTo(TOP);
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        var empty = new TarOut();
        add(empty, "readme", "hello");
        try (var archive = ImageArchive.open(write(empty.open()), folder)) {
            assertThatThrownBy(archive::images)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("holds no image");
        }
        var half = new TarOut();
        add(half, "manifest.json", "[{\"Config\":\"gone.json\",\"Layers\":[]}]");
        try (var archive = ImageArchive.open(write(half.open()), folder)) {
            assertThatThrownBy(archive::images).hasMessageContaining("lacks gone.json");
        }
    }

    @Test
    void aFolderIsPackedAsTheBuildWantsIt() throws IOException {
        var build = Files.createDirectories(folder.resolve("build/deep/er"));
        var root = folder.resolve("build");
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch\n");
        Files.writeString(root.resolve(".dockerignore"), "secret\n*.md\nDockerfile\n");
        Files.writeString(root.resolve("secret"), "hush");
        Files.writeString(root.resolve("a.md"), "words");
        Files.writeString(build.resolve("x".repeat(150)), "long name");
        Files.createSymbolicLink(root.resolve("link"), Path.of("deep/er"));
        var entries = entries(BuildFolder.tar(root, "Dockerfile").open().readAllBytes());
        assertThat(entries.keySet())
                .containsExactlyInAnyOrder(
                        "Dockerfile",
                        ".dockerignore",
                        "deep/",
                        "deep/er/",
                        "deep/er/" + "x".repeat(150),
                        "link");
        assertThatThrownBy(() -> BuildFolder.tar(root, "Other"))
                .hasMessageContaining("has no Other");
    }

    private static void isTheImage(ArchivedImage image, List<String> names) throws IOException {
        assertThat(image.id()).isEqualTo(ID);
        assertThat(image.names()).isEqualTo(names);
        assertThat(image.architecture()).isEqualTo("amd64");
        assertThat(image.layers()).containsExactly(D1, D2);
        assertThat(text(image, D1)).isEqualTo(LOW);
        assertThat(text(image, D2)).isEqualTo(TOP);
    }

    private static TarOut saved() {
        var tar = new TarOut();
        manifest(tar, "one/layer.tar", "two/layer.tar");
        add(tar, "one/layer.tar", LOW);
        add(tar, "two/layer.tar", TOP);
        return tar;
    }

    private static void manifest(TarOut tar, String low, String top) {
        add(tar, "config.json", CONFIG);
        add(
                tar,
                "manifest.json",
                "[{\"Config\":\"config.json\",\"RepoTags\":[\"web:1\"],\"Layers\":[\"%s\",\"%s\"]}]"
                        .formatted(low, top));
    }

    private static void add(TarOut tar, String name, String text) {
        tar.add(name, Content.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private Path write(java.io.InputStream in) throws IOException {
        var file = folder.resolve("image.tar");
        Files.write(file, in.readAllBytes());
        return file;
    }

    private static String text(ArchivedImage image, String layer) throws IOException {
        var content = Objects.requireNonNull(image.contents().get(layer));
        try (var in = content.opened().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Map<String, String> entries(byte[] tar) throws IOException {
        var entries = new LinkedHashMap<String, String>();
        var names = new ArrayList<String>();
        try (var in = new TarArchiveInputStream(new java.io.ByteArrayInputStream(tar))) {
            for (var e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                names.add(e.getName());
                entries.put(e.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(names).doesNotHaveDuplicates();
        return entries;
    }
}
