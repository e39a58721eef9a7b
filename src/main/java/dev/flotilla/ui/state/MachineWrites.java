package dev.flotilla.ui.state;

import dev.flotilla.model.Machine;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Writes Machines and the Secrets they need.
final class MachineWrites {
    private final KubernetesClient client;

    MachineWrites(KubernetesClient client) {
        this.client = client;
    }

    Optional<Intent> add(Intent.AddMachine add) {
        var ssh = add.spec().ssh();
        if (ssh != null && ssh.secretName() != null && !add.secret().isEmpty()) {
            keep(ssh.secretName(), add.secret());
        }
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder().withName(add.name()).build());
        machine.setSpec(add.spec());
        client.resource(machine).create();
        return Optional.of(new Intent.RemoveMachine(add.name()));
    }

    Optional<Intent> trust(String machine, String hostKey) {
        client.resources(Machine.class)
                .withName(machine)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        client.getKubernetesSerialization()
                                .asJson(Map.of("spec", Map.of("ssh", Map.of("hostKey", hostKey)))));
        return Optional.empty();
    }

    private void keep(String name, Map<String, String> secret) {
        if (client.namespaces().withName(Marks.SYSTEM_NAMESPACE).get() == null) {
            client.resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName(Marks.SYSTEM_NAMESPACE)
                                    .endMetadata()
                                    .build())
                    .create();
        }
        var data =
                secret.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        e ->
                                                Base64.getEncoder()
                                                        .encodeToString(
                                                                e.getValue()
                                                                        .getBytes(
                                                                                StandardCharsets
                                                                                        .UTF_8))));
        client.resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .withNamespace(Marks.SYSTEM_NAMESPACE)
                                .endMetadata()
                                .withType("Opaque")
                                .withData(data)
                                .build())
                .createOr(existing -> existing.update());
    }
}
