package dev.flotilla.ui.fleet;

import dev.flotilla.ui.kit.Amounts;
import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.PodState;

import java.util.ArrayList;
import java.util.Optional;

/// What hovering tells: names in full, numbers, and what is wrong.
final class MapTips {
    private final Texts texts;

    MapTips(Texts texts) {
        this.texts = texts;
    }

    Optional<String> of(Hit hit) {
        return switch (hit) {
            case Hit.OnPod(var pod, _) -> Optional.of(pod(pod));
            case Hit.OnCard(Card.Subject.OfNode(var node)) -> Optional.of(node(node));
            case Hit.OnCard(var subject) -> MapText.foot(subject);
            case Hit.Empty() -> Optional.empty();
        };
    }

    private String pod(PodState pod) {
        var lines = new ArrayList<String>();
        lines.add(pod.key().toString());
        lines.add(texts.get("tip.pod", pod.status(), pod.restarts(), pod.image()));
        var use = pod.use();
        if (use != null) {
            lines.add(
                    texts.get(
                            "tip.use",
                            Amounts.cpu(use.cpuMillis()),
                            Amounts.bytes(use.memoryBytes())));
        }
        if (!pod.message().isEmpty()) {
            lines.add(pod.message());
        }
        return String.join("\n", lines);
    }

    private String node(NodeState node) {
        var lines = new ArrayList<String>();
        lines.add(node.name() + "  " + node.address() + "  " + node.runtime());
        lines.add(
                texts.get(
                        "tip.node",
                        Amounts.cpu(node.requested().cpuMillis()),
                        Amounts.cpu(node.allocatable().cpuMillis()),
                        Amounts.bytes(node.requested().memoryBytes()),
                        Amounts.bytes(node.allocatable().memoryBytes())));
        if (!node.taints().isEmpty()) {
            lines.add(String.join(", ", node.taints()));
        }
        if (!node.message().isEmpty()) {
            lines.add(node.message());
        }
        return String.join("\n", lines);
    }
}
