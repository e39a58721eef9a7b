package dev.flotilla.controllers.volume;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.controllers.volume.Step.Word;
import dev.flotilla.model.Marks;
import dev.flotilla.schedule.facts.ClaimView;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;

import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A volume for a claim that found none: ours is made here, anyone else's by whoever its class
/// names.
record Provision(PersistentVolumeClaim claim, StorageClass type, ClaimWorld world) {
    private static final String FAILED = "ProvisioningFailed";
    private static final String KUBERNETES = "kubernetes.io/";
    private static final String MAKER = "volume.kubernetes.io/storage-provisioner";
    private static final String OLD_MAKER = "volume.beta.kubernetes.io/storage-provisioner";

    Step next() {
        var maker = type.getProvisioner();
        if (maker.equals(Marks.LOCAL_PROVISIONER)) {
            return local();
        }
        if (maker.startsWith(KUBERNETES)) {
            return new Step.Say(
                    Word.warning(FAILED, "no volume plugin matched name: %s".formatted(maker)));
        }
        return maker.equals(Owners.notes(claim).get(MAKER)) ? waiting(maker) : asking(maker);
    }

    private Step asking(String maker) {
        var asked =
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .addToAnnotations(MAKER, maker)
                        .addToAnnotations(OLD_MAKER, maker)
                        .endMetadata()
                        .build();
        return new Step.Put<>(claim, asked, null);
    }

    private static Step waiting(String maker) {
        return new Step.Say(
                Word.normal(
                        "ExternalProvisioning",
                        "Waiting for a volume to be created either by the external provisioner '%s'"
                                        .formatted(maker)
                                + " or manually by the system administrator. If volume creation is"
                                + " delayed, please verify that the provisioner is running and"
                                + " correctly registered."));
    }

    private Step local() {
        var volume = new LocalVolume(claim, type);
        var name = volume.name();
        if (world.volume(name).isPresent()) {
            return new Step.Nothing();
        }
        if (claim.getSpec().getSelector() != null) {
            return failed("claim.Spec.Selector is not supported");
        }
        if ("Block".equals(claim.getSpec().getVolumeMode())) {
            return failed("a folder of a node is no block device");
        }
        var chosen = ClaimView.of(claim).node();
        if (chosen == null) {
            return anywhere()
                    .map(n -> made(volume, n))
                    .orElseGet(() -> failed("no node is ready to hold it"));
        }
        return world.node(chosen).map(n -> made(volume, n)).orElseGet(() -> elsewhere(chosen));
    }

    private static Step made(LocalVolume volume, Node node) {
        return new Step.Make(
                volume.on(node),
                Word.normal(
                        "ProvisioningSucceeded",
                        "Successfully provisioned volume %s using %s"
                                .formatted(volume.name(), Marks.LOCAL_PROVISIONER)));
    }

    private Step failed(String why) {
        return new Step.Say(Word.warning(FAILED, because(why)));
    }

    private String because(String why) {
        return "failed to provision volume with StorageClass \"%s\": %s"
                .formatted(type.getMetadata().getName(), why);
    }

    /// The node that was chosen is gone: the scheduler is to choose again.
    private Step elsewhere(String node) {
        var open =
                new PersistentVolumeClaimBuilder(claim)
                        .editMetadata()
                        .removeFromAnnotations(ClaimView.SELECTED_NODE)
                        .endMetadata()
                        .build();
        var why = because("node \"%s\" not found".formatted(node));
        return new Step.Put<>(claim, open, Word.warning(FAILED, why));
    }

    /// The class waits for no pod: the ready node that holds the fewest volumes of ours.
    private Optional<Node> anywhere() {
        Map<String, Long> held =
                world.volumes().stream()
                        .filter(LocalVolume::ours)
                        .map(v -> LocalVolume.place(v))
                        .filter(Objects::nonNull)
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return world.nodes().stream()
                .filter(Provision::takes)
                .min(
                        Comparator.<Node>comparingLong(
                                        n -> held.getOrDefault(LocalVolume.place(n), 0L))
                                .thenComparing(n -> n.getMetadata().getName()));
    }

    static boolean takes(Node node) {
        return !Boolean.TRUE.equals(node.getSpec().getUnschedulable())
                && node.getStatus() != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }
}
