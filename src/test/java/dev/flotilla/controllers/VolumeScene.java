package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Two nodes, and what the tests of claims and volumes say about them.
abstract class VolumeScene {
    final World world = new World(1, 0);

    @BeforeEach
    void nodes() {
        world.addNode("n1", 1000);
        world.addNode("n2", 1000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    List<String> phases() {
        return world.all(PersistentVolume.class).stream()
                .map(v -> v.getStatus().getPhase())
                .toList();
    }

    void type(String name, String maker, String mode) {
        create(
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: %s}
                provisioner: %s
                volumeBindingMode: %s
                """
                        .formatted(name, maker, mode));
    }

    void volume(String name, String type, String size, String node) {
        create(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %s}
                spec:
                  storageClassName: %s
                  accessModes: [ReadWriteOnce]
                  capacity: {storage: %s}
                  local: {path: /disks/%s}
                  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: kubernetes.io/hostname, operator: In, values: [%s]}]}]}}
                """
                        .formatted(name, type, size, name, node));
    }

    void claim(String name, String type, String size) {
        create(claimText(name, type, size));
    }

    static String claimText(String name, String type, String size) {
        return """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, namespace: default}
        spec:
          %s
          accessModes: [ReadWriteOnce]
          resources: {requests: {storage: %s}}
        """
                .formatted(name, type.isEmpty() ? "" : "storageClassName: " + type, size);
    }

    void pod(String name, String first, String... more) {
        create(podText(name, first, more));
    }

    static String podText(String name, String first, String... more) {
        var volumes = new StringBuilder();
        for (var claim : Stream.concat(Stream.of(first), Arrays.stream(more)).toList()) {
            volumes.append(
                    "  - {name: %s, persistentVolumeClaim: {claimName: %s}}\n"
                            .formatted(claim, claim));
        }
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s, namespace: default}
        spec:
          containers: [{name: main, image: web:1, resources: {requests: {cpu: 100m}}}]
          volumes:
        %s\
        """
                .formatted(name, volumes);
    }

    void filler(String name, String node, int cpuMillis) {
        create(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: default}
                spec:
                  nodeName: %s
                  containers: [{name: main, image: web:1, resources: {requests: {cpu: %sm}}}]
                """
                        .formatted(name, node, cpuMillis));
    }

    void create(String text) {
        assertThat(world.truth.create(object(text)).done()).as(text).isTrue();
    }

    static HasMetadata object(String text) {
        return new KubernetesSerialization().unmarshal(text);
    }

    Pod pod(String name) {
        return world.truth.get(Pod.class, new ObjectKey("default", name)).orElseThrow();
    }

    String node(String pod) {
        return Objects.requireNonNull(PodState.node(pod(pod)));
    }

    PersistentVolumeClaim claim(String name) {
        return world.truth
                .get(PersistentVolumeClaim.class, new ObjectKey("default", name))
                .orElseThrow();
    }

    PersistentVolume volume(String name) {
        return world.truth.get(PersistentVolume.class, ObjectKey.of(name)).orElseThrow();
    }

    List<String> events(String reason) {
        return world.all(Event.class).stream()
                .filter(e -> e.getReason().equals(reason))
                .map(Event::getMessage)
                .toList();
    }
}
