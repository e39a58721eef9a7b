package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.Map;

/// What each namespace has comes back, and storage in use stays.
class UpkeepTest {
    private static final ObjectKey ACCOUNT = new ObjectKey("default", "default");
    private static final ObjectKey ROOT = new ObjectKey("default", "kube-root-ca.crt");

    private final World world = new World(1, 0);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theDefaultAccountComesBack() {
        world.calm();
        var first = get(ServiceAccount.class, ACCOUNT);
        world.truth.delete(first, Deletion.NOW);
        world.calm();
        var second = get(ServiceAccount.class, ACCOUNT);
        assertThat(second.getMetadata().getUid()).isNotEqualTo(first.getMetadata().getUid());
    }

    @Test
    void theAuthorityIsWrittenDownInEachNamespaceWhateverPeopleDoToIt() {
        world.calm();
        var right = Map.of("ca.crt", World.AUTHORITY);
        var first = get(ConfigMap.class, ROOT);
        assertThat(first.getData()).isEqualTo(right);
        world.edit(first, m -> new ConfigMapBuilder(m).withData(Map.of("ca.crt", "x")).build());
        world.calm();
        assertThat(get(ConfigMap.class, ROOT).getData()).isEqualTo(right);
        world.truth.delete(get(ConfigMap.class, ROOT), Deletion.NOW);
        world.calm();
        assertThat(get(ConfigMap.class, ROOT).getData()).isEqualTo(right);
    }

    @Test
    void aClaimStaysWhileAPodOnANodeUsesIt() {
        world.addNode("n1", 1000);
        var key = new ObjectKey("default", "data");
        world.truth.create(
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName("data")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build());
        var pod = new ObjectKey("default", "user");
        world.truth.create(
                new PodBuilder()
                        .withNewMetadata()
                        .withName("user")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("n1")
                        .addNewContainer()
                        .withName("c")
                        .withImage("nginx")
                        .endContainer()
                        .addNewVolume()
                        .withName("v")
                        .withNewPersistentVolumeClaim()
                        .withClaimName("data")
                        .endPersistentVolumeClaim()
                        .endVolume()
                        .endSpec()
                        .build());
        world.truth.delete(get(PersistentVolumeClaim.class, key), Deletion.NOW);
        world.calm();
        assertThat(get(PersistentVolumeClaim.class, key).getMetadata().getFinalizers())
                .containsExactly("kubernetes.io/pvc-protection");
        world.truth.delete(get(Pod.class, pod), Deletion.NOW);
        world.calm();
        assertThat(world.truth.get(PersistentVolumeClaim.class, key)).isEmpty();
    }

    @Test
    void aVolumeStaysWhileItIsBound() {
        var key = ObjectKey.of("disk");
        world.truth.create(
                new PersistentVolumeBuilder()
                        .withNewMetadata()
                        .withName("disk")
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .addToCapacity("storage", new Quantity("1Gi"))
                        .withNewHostPath()
                        .withPath("/srv")
                        .endHostPath()
                        .endSpec()
                        .build());
        var claim =
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("data")
                        .endMetadata()
                        .withNewSpec()
                        .withStorageClassName("")
                        .withAccessModes("ReadWriteOnce")
                        .withNewResources()
                        .addToRequests("storage", new Quantity("1Gi"))
                        .endResources()
                        .endSpec()
                        .build();
        assertThat(world.truth.create(claim).done()).isTrue();
        world.calm();
        world.truth.delete(get(PersistentVolume.class, key), Deletion.NOW);
        world.calm();
        assertThat(get(PersistentVolume.class, key).getMetadata().getDeletionTimestamp())
                .isNotNull();
        world.truth.delete(
                get(PersistentVolumeClaim.class, new ObjectKey("default", "data")),
                Deletion.GRACEFUL);
        world.calm();
        assertThat(world.truth.get(PersistentVolume.class, key)).isEmpty();
    }

    @Test
    void rolesGatherTheRulesOfThoseThatCarryTheirLabel() {
        world.calm();
        var view = get(ClusterRole.class, new ObjectKey("", "view")).getRules();
        assertThat(view).anyMatch(r -> r.getResources().contains("pods/log"));
        assertThat(view).noneMatch(r -> r.getResources().contains("secrets"));
        var more =
                new PolicyRuleBuilder()
                        .withApiGroups("stable.example.com")
                        .withResources("crontabs")
                        .withVerbs("get")
                        .build();
        world.truth.create(
                new ClusterRoleBuilder()
                        .withNewMetadata()
                        .withName("crontabs-view")
                        .addToLabels("rbac.authorization.k8s.io/aggregate-to-view", "true")
                        .endMetadata()
                        .withRules(more)
                        .build());
        world.calm();
        assertThat(get(ClusterRole.class, new ObjectKey("", "admin")).getRules())
                .containsAll(view)
                .contains(more);
        var mine = get(ClusterRole.class, new ObjectKey("", "crontabs-view"));
        world.truth.delete(mine, Deletion.NOW);
        world.calm();
        assertThat(get(ClusterRole.class, new ObjectKey("", "admin")).getRules())
                .containsAll(view)
                .doesNotContain(more);
    }

    private <T extends HasMetadata> T get(Class<T> kind, ObjectKey key) {
        return world.truth.get(kind, key).orElseThrow();
    }
}
