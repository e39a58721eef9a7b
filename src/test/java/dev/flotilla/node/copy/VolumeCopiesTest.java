package dev.flotilla.node.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Written;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ErrandStatus;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.VolumeCopy;
import dev.flotilla.model.VolumeCopySpec;
import dev.flotilla.model.VolumeCopyStatus;
import dev.flotilla.node.copy.FolderArchives.Filling;
import dev.flotilla.registry.Registry;
import dev.flotilla.store.Store;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;

/// What volumes hold, to files and back, with a node that the test plays.
class VolumeCopiesTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String FOLDER = "/srv/data";

    @TempDir Path folder;

    private final Clock clock = Clock.systemUTC();
    private final Store store = Store.inMemory(clock);
    private final Cluster cluster = new Registry(store, clock, new Random(1)).cluster();
    private final Informers informers = new Informers(cluster);
    private final Node node = new Node();
    private final VolumeCopies copies =
            new VolumeCopies(
                    cluster,
                    informers,
                    name -> name.equals("n1") ? Optional.of(node) : Optional.empty(),
                    clock,
                    work -> Thread.ofPlatform().daemon().start(work));
    private final Loop loop = new Loop("volumecopies", copies, informers, clock);

    /// Its folders hold archives.
    private static final class Node implements FolderArchives {
        private final Map<String, byte[]> folders = new ConcurrentHashMap<>();
        private final CountDownLatch reading = new CountDownLatch(1);
        private volatile boolean endless;
        private volatile boolean breaks;
        private volatile boolean unpacksNot;

        @Override
        public InputStream read(String path) {
            if (endless) {
                reading.countDown();
                return new Endless();
            }
            var all = new ByteArrayInputStream(folders.getOrDefault(path, new byte[0]));
            return breaks ? new Broken(all) : all;
        }

        @Override
        public Filling fill(String path) {
            var came = new ByteArrayOutputStream();
            return new Filling() {
                @Override
                public OutputStream out() {
                    return came;
                }

                @Override
                public void unpacked() throws IOException {
                    if (unpacksNot) {
                        throw new IOException("no space left on device");
                    }
                }

                @Override
                public void commit() {
                    folders.put(path, came.toByteArray());
                }

                @Override
                public void close() {}
            };
        }
    }

    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }
    }

    /// All of it comes, and then word that it is not all.
    private static final class Broken extends FilterInputStream {
        Broken(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            int n = super.read(buffer, from, most);
            if (n < 0) {
                throw new IOException("tar ended with 2");
            }
            return n;
        }
    }

    @BeforeEach
    void start() throws IOException {
        create(
                new NodeBuilder()
                        .withNewMetadata()
                        .withName("n1")
                        .addToLabels("kubernetes.io/hostname", "n1")
                        .endMetadata()
                        .build());
        create(
                Serialization.unmarshal(
                        """
                        metadata: {name: pv}
                        spec:
                          capacity: {storage: 1Gi}
                          accessModes: [ReadWriteOnce]
                          local: {path: /srv/data}
                          claimRef: {namespace: default, name: data}
                          nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [n1]}]}]}}
                        """,
                        PersistentVolume.class));
        claim("data", "pv");
        claim("none", "");
        node.folders.put(FOLDER, archive("hello"));
        copies.wake(loop);
        informers.start();
        loop.start(1);
    }

    @AfterEach
    void stop() {
        loop.close();
        copies.close();
        informers.close();
        store.close();
    }

    @Test
    void whatWasSavedIsRestored() throws IOException {
        var file = folder.resolve("data.tar.gz");
        var saved = over(save("data", file));
        assertThat(saved.phase()).as(saved.toString()).isEqualTo("Complete");
        assertThat(saved.message()).startsWith(file + " has 0.0 MB").doesNotContain("pods");
        assertThat(Files.readAllBytes(file)).isEqualTo(archive("hello"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        node.folders.put(FOLDER, archive("other"));
        var back = over(restore(file, "data"));
        assertThat(back.phase()).as(back.toString()).isEqualTo("Complete");
        assertThat(back.bytes()).isEqualTo(back.allBytes()).isEqualTo(Files.size(file));
        assertThat(node.folders.get(FOLDER)).isEqualTo(archive("hello"));
    }

    @Test
    void podsAreToldOfAndNotWrittenUnder() throws IOException {
        var file = Files.write(folder.resolve("old"), archive("old"));
        create(
                Serialization.unmarshal(
                        """
                        metadata: {name: db, namespace: default}
                        spec:
                          nodeName: n1
                          containers: [{name: c, image: i}]
                          volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
                        """,
                        Pod.class));
        assertThat(over(save("data", folder.resolve("new"))).message())
                .endsWith("so that its files may not be of one moment: db");
        assertThat(over(restore(file, "data")).message())
                .isEqualTo(
                        "these pods use the volume of default/data: db; end them first, as with"
                                + " 'kubectl scale --replicas=0'");
        assertThat(node.folders.get(FOLDER)).isEqualTo(archive("hello"));
    }

    @Test
    void halfAnArchiveIsNeverTakenForAWholeOne() throws IOException {
        node.breaks = true;
        var file = folder.resolve("data.tar.gz");
        assertThat(over(save("data", file)).message()).isEqualTo("tar ended with 2");
        assertThat(folder).isEmptyDirectory();
        var whole = archive("x");
        var half = Files.write(folder.resolve("half"), Arrays.copyOf(whole, whole.length / 2));
        assertThat(over(restore(half, "data")).message())
                .startsWith(half + " is not a whole archive: ");
        var changed = whole.clone();
        changed[changed.length - 6] ^= 1;
        var wrong = Files.write(folder.resolve("wrong"), changed);
        assertThat(over(restore(wrong, "data")).message())
                .startsWith(wrong + " is not a whole archive: ");
        var good = Files.write(folder.resolve("good"), whole);
        node.unpacksNot = true;
        assertThat(over(restore(good, "data")).message()).isEqualTo("no space left on device");
        assertThat(node.folders.get(FOLDER)).isEqualTo(archive("hello"));
    }

    @Test
    void whatCantBeIsSaid() throws IOException {
        assertThat(over(save("nobodys", folder.resolve("f"))).message())
                .isEqualTo("there is no PersistentVolumeClaim default/nobodys");
        assertThat(over(save("none", folder.resolve("f"))).message())
                .startsWith("the claim default/none has no volume yet");
        var there = Files.createFile(folder.resolve("there"));
        assertThat(over(save("data", there)).message())
                .isEqualTo(there + " is there already, and is not replaced: take another name");
        assertThat(over(save("data", folder.resolve("no/where"))).message())
                .contains("there is no such folder on the master's computer");
        assertThat(over(restore(folder.resolve("none"), "data")).message())
                .contains("no such file on the master's computer");
    }

    @Test
    void whoDeletesItCallsItOff() throws InterruptedException {
        node.endless = true;
        var copy = create(save("data", folder.resolve("endless")));
        node.reading.await();
        var _ = cluster.delete(copy, Deletion.NOW);
        Until.seen(
                "nothing is left of it",
                SOON,
                () -> folder.toFile().list(),
                names -> names != null && names.length == 0);
    }

    private static byte[] archive(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.write(new byte[10_240]);
        }
        return bytes.toByteArray();
    }

    private void claim(String name, String volume) {
        var claim =
                Serialization.unmarshal(
                        """
                        metadata: {name: %s, namespace: default}
                        spec:
                          accessModes: [ReadWriteOnce]
                          resources: {requests: {storage: 1Gi}}
                        """
                                .formatted(name),
                        PersistentVolumeClaim.class);
        if (!volume.isEmpty()) {
            claim.getSpec().setVolumeName(volume);
        }
        create(claim);
    }

    private static VolumeCopy save(String claim, Path file) {
        return copy(new VolumeCopySpec("default", claim, file.toString(), null));
    }

    private static VolumeCopy restore(Path file, String claim) {
        return copy(new VolumeCopySpec("default", claim, null, file.toString()));
    }

    private static VolumeCopy copy(VolumeCopySpec spec) {
        var copy = new VolumeCopy();
        copy.setMetadata(new ObjectMetaBuilder().withGenerateName("copy-").build());
        copy.setSpec(spec);
        return copy;
    }

    private VolumeCopyStatus over(VolumeCopy wanted) {
        var key = ObjectKey.of(create(wanted));
        return Until.seen(
                "the copy is over",
                SOON,
                () -> cluster.get(VolumeCopy.class, key).orElseThrow().getStatus(),
                ErrandStatus::over);
    }

    private <T extends HasMetadata> T create(T object) {
        if (cluster.create(object) instanceof Written.Done<T>(var made)) {
            return made;
        }
        throw new AssertionError("not created: " + object);
    }
}
