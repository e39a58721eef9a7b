package dev.flotilla.node.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.flotilla.node.ContainerSpec.Mount;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFiles.Content;
import dev.flotilla.node.PodFiles.Folder;
import dev.flotilla.node.PodFiles.HostPath;
import dev.flotilla.node.PodFiles.Medium;
import dev.flotilla.node.Pods;
import dev.flotilla.node.plan.ContainerSpecs.Host;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A pod's volumes, as they lie on its node and as its containers see them.
class VolumesTest {
    private Container container = new Container();

    private static final String DISK = "/var/lib/flotilla/c/pods/uid-1/";
    private static final String MEMORY = "/run/flotilla/c/pods/uid-1/";

    @Test
    void putsSecretsInMemoryAndTheRestOnTheDisk() {
        var volumes =
                volumes(
                        """
                        securityContext: {fsGroup: 2000}
                        volumes:
                        - {name: scratch, emptyDir: {}}
                        - {name: fast, emptyDir: {medium: Memory, sizeLimit: 16Mi}}
                        - {name: conf, configMap: {name: colours, defaultMode: 256}}
                        - name: keys
                          secret: {secretName: keys, items: [{key: door, path: front/door, mode: 288}]}
                        - {name: logs, hostPath: {path: /var/log, type: Directory}}
                        - {name: data, persistentVolumeClaim: {claimName: data}}
                        - {name: unused, emptyDir: {}}
                        """,
                        "scratch:/a, fast:/b, conf:/c, keys:/d, logs:/e, data:/f");
        var group = OptionalLong.of(2000);
        var files = volumes.files();
        assertThat(files.folders())
                .containsExactly(
                        new Folder("scratch", Medium.DISK, 0, group),
                        new Folder("fast", Medium.MEMORY, 16 << 20, group));
        assertThat(files.paths())
                .containsExactly(new HostPath("/var/log", "Directory", OptionalLong.empty()));
        assertThat(files.kept()).containsExactly(new PodFiles.Kept("/srv/data", "pv-1", group));
        assertThat(files.trees())
                .extracting(PodFiles.Tree::name, PodFiles.Tree::medium, PodFiles.Tree::files)
                .containsExactly(
                        tuple(
                                "conf",
                                Medium.DISK,
                                Map.of(
                                        "sky", new Content("blue", false, 0400),
                                        "logo", new Content("AAE=", true, 0400))),
                        tuple(
                                "keys",
                                Medium.MEMORY,
                                Map.of("front/door", new Content("b3Blbg==", true, 0440))));
        assertThat(mounts(volumes))
                .containsExactly(
                        new Mount(DISK + "scratch", "/a", false, ""),
                        new Mount(MEMORY + "fast", "/b", false, ""),
                        new Mount(DISK + "conf", "/c", true, ""),
                        new Mount(MEMORY + "keys", "/d", true, ""),
                        new Mount("/var/log", "/e", false, ""),
                        new Mount("/srv/data", "/f", false, ""));
        assertThat(files.toString()).doesNotContain("b3Blbg==");
    }

    @Test
    void projectsSeveralSourcesIntoOne() {
        var volumes =
                volumes(
                        """
                        volumes:
                        - name: all
                          projected:
                            sources:
                            - configMap: {name: colours, items: [{key: sky, path: sky}]}
                            - secret: {name: keys}
                            - secret: {name: none, optional: true}
                            - downwardAPI:
                                items: [{path: who, fieldRef: {fieldPath: metadata.name}}]
                            - serviceAccountToken: {path: token}
                        """,
                        "all:/all");
        var tree = volumes.files().trees().getFirst();
        assertThat(tree.medium()).isEqualTo(Medium.MEMORY);
        assertThat(tree.files().keySet()).containsExactly("door", "sky", "token", "who");
        assertThat(tree.files().get("who")).isEqualTo(new Content("web", false, 0644));
    }

    @Test
    void doesWithoutATokenThatNobodyGivesOut() {
        var volumes =
                volumes(
                        """
                        volumes:
                        - name: all
                          projected:
                            sources: [{serviceAccountToken: {path: token, audience: none}}]
                        """,
                        "all:/all");
        assertThat(volumes.files().isEmpty()).isTrue();
        assertThat(mounts(volumes)).isEmpty();
    }

    @Test
    void mountsPartsOfVolumes() {
        var volumes =
                volumes(
                        """
                        volumes:
                        - {name: scratch, emptyDir: {}}
                        - {name: conf, configMap: {name: colours}}
                        """,
                        "scratch:/a:sub/$(WHO), conf:/c:sky");
        assertThat(mounts(volumes))
                .containsExactly(
                        new Mount(DISK + "scratch/sub/me", "/a", false, ""),
                        new Mount(DISK + "conf/..data/sky", "/c", true, ""));
        assertThat(volumes.parts(container, Map.of("WHO", "me")).parts())
                .containsExactly(new PodFiles.Part(DISK + "scratch", "sub/me"));
        assertThatThrownBy(() -> volumes.mounts(container, Map.of("WHO", "../../etc")))
                .isInstanceOf(Environment.Missing.class)
                .hasMessageContaining("leaves the volume");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "configMap: {name: none} | configmap \"none\" not found",
                "secret: {secretName: none} | secret \"none\" not found",
                "'configMap: {name: colours, items: [{key: sea, path: x}]}' | references"
                        + " non-existent key sea of configmap colours",
                "persistentVolumeClaim: {claimName: none} | persistentvolumeclaim \"none\" is not"
                        + " bound to a volume of this node"
            })
    void saysWhatIsMissing(String source, String sentence) {
        assertThatThrownBy(() -> volumes("volumes: [{name: v, %s}]".formatted(source), "v:/v"))
                .isInstanceOf(Environment.Missing.class)
                .hasMessage(sentence);
    }

    @Test
    void tellsByItsDigestWhetherAnythingChanged() {
        var one = "volumes: [{name: v, configMap: {name: colours}}]";
        var other = "volumes: [{name: v, configMap: {name: colours, defaultMode: 256}}]";
        assertThat(volumes(one, "v:/v").digest()).isEqualTo(volumes(one, "v:/v").digest());
        assertThat(volumes(one, "v:/v").digest()).isNotEqualTo(volumes(other, "v:/v").digest());
    }

    private List<Mount> mounts(Volumes volumes) {
        return volumes.mounts(container, Map.of("WHO", "me"));
    }

    /// @param mounts `volume:path` or `volume:path:subPathExpr`, with commas
    private Volumes volumes(String spec, String mounts) {
        Pod pod =
                new PodBuilder(Pods.pod("Always", "web"))
                        .withSpec(Serialization.unmarshal(spec, PodSpec.class))
                        .build();
        container = Pods.container("web");
        for (var mount : List.of(mounts.split(", "))) {
            var words = List.of(mount.split(":"));
            var made = new VolumeMount();
            made.setName(words.get(0));
            made.setMountPath(words.get(1));
            made.setSubPathExpr(words.size() > 2 ? words.get(2) : null);
            container.getVolumeMounts().add(made);
        }
        pod.getSpec().setContainers(List.of(container));
        return Volumes.of(
                pod, "c", new Host("192.0.2.1", 4_000, 8L << 30, false, 0), new Lookups());
    }
}
