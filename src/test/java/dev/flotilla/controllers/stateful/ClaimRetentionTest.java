package dev.flotilla.controllers.stateful;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.owner.Owners;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// With whom a claim goes, by Kubernetes' table of `persistentVolumeClaimRetentionPolicy`.
class ClaimRetentionTest {
    private static final Pod POD = Given.running("db-2", "n1");

    /// @param before whom the claim names as its owner
    @ParameterizedTest(name = "deleted {0}, scaled {1}, condemned {2}, was {3}: {4}")
    @CsvSource({
        "Retain, Retain, false, '', ''",
        "Retain, Retain, true, '', ''",
        "Retain, Retain, false, StatefulSet, ''",
        "Retain, Retain, true, Pod, ''",
        "Delete, Retain, false, '', StatefulSet",
        "Delete, Retain, true, '', StatefulSet",
        "Delete, Retain, true, Pod, StatefulSet",
        "Retain, Delete, false, '', ''",
        "Retain, Delete, true, '', Pod",
        "Retain, Delete, false, Pod, ''",
        "Delete, Delete, false, '', StatefulSet",
        "Delete, Delete, true, StatefulSet, Pod",
        "Delete, Delete, false, Pod, StatefulSet",
        "Delete, Delete, true, ConfigMap, ConfigMap Pod",
        "Retain, Retain, false, ConfigMap, ConfigMap",
    })
    void goesWith(
            String deleted, String scaled, boolean condemned, String before, String expected) {
        var set = set(deleted, scaled);
        var owned = ClaimRetention.of(set).owned(claim(before, set), set, condemned ? POD : null);
        assertThat(
                        String.join(
                                " ",
                                owned.getMetadata().getOwnerReferences().stream()
                                        .map(OwnerReference::getKind)
                                        .toList()))
                .isEqualTo(expected);
        assertThat(ClaimRetention.of(set).owned(owned, set, condemned ? POD : null))
                .as("again")
                .isSameAs(owned);
    }

    @Test
    void unsaidAllIsKept() {
        var set = new StatefulSetBuilder(set("Delete", "Delete")).editSpec();
        var plain = set.withPersistentVolumeClaimRetentionPolicy(null).endSpec().build();
        assertThat(ClaimRetention.of(plain)).isEqualTo(new ClaimRetention(false, false));
    }

    private static PersistentVolumeClaim claim(String owner, StatefulSet set) {
        var claim =
                new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("data-db-2")
                        .endMetadata();
        var reference = reference(owner, set);
        return reference == null
                ? claim.build()
                : claim.editMetadata().withOwnerReferences(reference).endMetadata().build();
    }

    private static @Nullable OwnerReference reference(String kind, StatefulSet set) {
        return switch (kind) {
            case "" -> null;
            case "StatefulSet" -> plain(Owners.controlledBy(set));
            case "Pod" -> plain(Owners.controlledBy(POD));
            default -> new OwnerReference("v1", null, null, kind, "other", "uid-other");
        };
    }

    private static OwnerReference plain(OwnerReference reference) {
        return new OwnerReferenceBuilder(reference)
                .withController(null)
                .withBlockOwnerDeletion(null)
                .build();
    }

    private static StatefulSet set(String deleted, String scaled) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("db")
                .withUid("uid-db")
                .endMetadata()
                .withNewSpec()
                .withNewPersistentVolumeClaimRetentionPolicy(deleted, scaled)
                .endSpec()
                .build();
    }
}
