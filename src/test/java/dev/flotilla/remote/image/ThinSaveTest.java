package dev.flotilla.remote.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.remote.link.NodeHost;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;

/// What is left out of an engine's archive: on the node by a script that a real Perl runs, and
/// here.
class ThinSaveTest {
    private static final String OLD = "a".repeat(64);
    private static final String KEPT = "b".repeat(64);
    private static final String BLOB = "blobs/sha256/" + "c".repeat(64);
    private static final Set<String> WITHOUT = Set.of(OLD + "/", BLOB);

    @TempDir Path folder;

    @Test
    void leavesOutWhatIsNamed() throws IOException {
        var big = new byte[3_000_000];
        new Random(1).nextBytes(big);
        var longName = "x".repeat(120);
        var archive = new LinkedHashMap<String, byte[]>();
        archive.put(OLD + "/", new byte[0]);
        archive.put(OLD + "/VERSION", text("1.0"));
        archive.put(OLD + "/layer.tar", big);
        archive.put(KEPT + "/", new byte[0]);
        archive.put(KEPT + "/VERSION", text("1.0"));
        archive.put(KEPT + "/json", text("{}"));
        archive.put(KEPT + "/layer.tar", big);
        archive.put(BLOB, big);
        archive.put(longName, text("long"));
        archive.put("empty", new byte[0]);
        archive.put("manifest.json", text("[]"));
        var kept = List.of(KEPT + "/", KEPT + "/layer.tar", longName, "empty", "manifest.json");
        var tar = tar(archive);

        var here = read(new LeanTar(new ByteArrayInputStream(tar), WITHOUT));
        assertThat(here).containsOnlyKeys(kept);
        kept.forEach(k -> assertThat(here.get(k)).as(k).isEqualTo(archive.get(k)));

        try (var engine = new FakeEngine(folder, tar);
                var there = open(engine)) {
            var same = read(there);
            assertThat(same).containsOnlyKeys(kept);
            kept.forEach(k -> assertThat(same.get(k)).as(k).isEqualTo(archive.get(k)));
            assertThat(engine.asked.getFirst()).startsWith("GET /images/web:1/get HTTP/1.0\r\n");
        }
    }

    @Test
    void anArchiveThatBreaksOffIsNoWholeOne() throws IOException {
        var whole = tar(Map.of("file", new byte[200_000]));
        var half = Arrays.copyOf(whole, 100_000);
        assertThatThrownBy(
                        () -> new LeanTar(new ByteArrayInputStream(half), WITHOUT).readAllBytes())
                .hasMessage("the engine's archive ended too early");
        try (var engine = new FakeEngine(folder, half);
                var there = open(engine)) {
            assertThatThrownBy(there::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the archive ended too early");
        }
    }

    @Test
    void anEngineThatStopsIsHeard() throws IOException {
        var start = tar(Map.of("file", new byte[1000]));
        var said = Arrays.copyOf(start, 512 + 1024 + 512);
        Arrays.fill(said, 512 + 1024, said.length, (byte) 0);
        var words = text("{\"message\":\"no space left on device\"}");
        System.arraycopy(words, 0, said, 512 + 1024, words.length);
        assertThatThrownBy(
                        () -> new LeanTar(new ByteArrayInputStream(said), WITHOUT).readAllBytes())
                .hasMessageContaining("no space left on device");
        try (var engine = new FakeEngine(folder, said);
                var there = open(engine)) {
            assertThatThrownBy(there::readAllBytes).hasMessageContaining("no space left on device");
        }
    }

    @Test
    void aSocketThatIsNotThereIsNamed() throws IOException {
        withPerl();
        assertThat(
                        ThinSave.open(
                                new NodeHost.Here(),
                                folder.resolve("nobody.sock").toString(),
                                "/images/web:1/get",
                                _ -> Set.of()))
                .hasValueSatisfying(
                        s ->
                                assertThatThrownBy(s::readAllBytes)
                                        .hasMessageContaining("nobody.sock: No such file"));
    }

    /// The script's frames as they come over a slow line.
    @Test
    void unpacksWhatWasPackedOnTheWay() throws IOException {
        var plain = "flotilla ".repeat(600_000).getBytes(StandardCharsets.US_ASCII);
        var packed = new Gzip(new ByteArrayInputStream(plain)).readAllBytes();
        assertThat(packed).hasSizeLessThan(plain.length / 10);
        var slowAsks = new AtomicInteger();
        try (var sent =
                Packed.of(new ByteArrayInputStream(plain), () -> slowAsks.incrementAndGet() > 0)) {
            assertThat(new GZIPInputStream(sent).readAllBytes()).isEqualTo(plain);
        }
        assertThat(slowAsks).hasValue(1);
        var noise = new byte[Packed.WORTH_IT + 1];
        new Random(2).nextBytes(noise);
        assertThat(Packed.of(new ByteArrayInputStream(noise), () -> true).readAllBytes())
                .isEqualTo(noise);
        assertThat(
                        Packed.of(
                                        new ByteArrayInputStream(text("short")),
                                        () -> {
                                            throw new AssertionError("not worth asking");
                                        })
                                .readAllBytes())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("short");
    }

    private static void withPerl() {
        Assumptions.assumeTrue(Files.exists(Path.of("/usr/bin/perl")), "skipped: no Perl here");
    }

    private static InputStream open(FakeEngine engine) throws IOException {
        withPerl();
        return ThinSave.open(
                        new NodeHost.Here(),
                        engine.socket.toString(),
                        "/images/web:1/get",
                        zone -> {
                            assertThat(zone)
                                    .isEqualTo(
                                            ZoneId.systemDefault()
                                                    .getRules()
                                                    .getOffset(Instant.EPOCH));
                            return WITHOUT;
                        })
                .orElseThrow();
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static Map<String, byte[]> read(InputStream stream) throws IOException {
        var found = new LinkedHashMap<String, byte[]>();
        try (var tar = new TarArchiveInputStream(stream)) {
            for (var e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
                found.put(Objects.requireNonNull(e).getName(), tar.readAllBytes());
            }
        }
        return found;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
