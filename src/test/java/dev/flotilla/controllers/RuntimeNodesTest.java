package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;

import org.junit.jupiter.api.Test;

/// Pods with a RuntimeClass go where its handler is.
class RuntimeNodesTest extends VolumeScene {
    @Test
    void aNodeWithoutTheHandlerIsLeftOut() {
        create(
                """
                apiVersion: node.k8s.io/v1
                kind: RuntimeClass
                metadata: {name: micro}
                handler: kata
                """);
        offer("n1", "runc");
        offer("n2", "runc");
        create(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, namespace: default}
                spec: {runtimeClassName: micro, containers: [{name: main, image: "web:1"}]}
                """);
        world.calm();
        assertThat(events("FailedScheduling"))
                .anyMatch(
                        e ->
                                e.contains(
                                        "2 node(s) didn't have the runtime handler of the pod's"
                                                + " RuntimeClass"));
        offer("n2", "kata");
        world.calm();
        assertThat(node("p")).isEqualTo("n2");
    }

    private void offer(String node, String handler) {
        var before = world.truth.get(Node.class, ObjectKey.of(node)).orElseThrow();
        world.truth.updateStatus(
                before,
                new NodeBuilder(before)
                        .editOrNewStatus()
                        .addNewRuntimeHandler()
                        .withName(handler)
                        .endRuntimeHandler()
                        .endStatus()
                        .build());
    }
}
