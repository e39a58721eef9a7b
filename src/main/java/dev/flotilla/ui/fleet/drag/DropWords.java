package dev.flotilla.ui.fleet.drag;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.Placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/// What a person is told of the node that something is held over: why it can't take it, or how well
/// it would do beside the others.
public record DropWords(Texts texts, Refusals refusals) {
    private static final Set<String> KNOWN =
            Set.of(
                    "AppSpread",
                    "NodeResourcesFit",
                    "NodeResourcesBalancedAllocation",
                    "ImageLocality",
                    "NodeAffinity",
                    "InterPodAffinity",
                    "TaintToleration",
                    "PodTopologySpread",
                    "MeasuredLoad");

    /// What stands on a node's card while something is dragged.
    public sealed interface Mark {
        /// It is greyed out.
        record Refused(String why) implements Mark {}

        /// @param brief where there is little room
        record Offered(String line, String brief, boolean best) implements Mark {}
    }

    public Optional<Mark> mark(Drag drag, NodeState node) {
        var refusal = drag.refusal(node);
        return refusal.isPresent()
                ? Optional.of(new Mark.Refused(refusals.text(refusal.get())))
                : drag.offer(node)
                        .map(o -> new Mark.Offered(line(drag, o), "#" + o.rank(), o.rank() == 1));
    }

    /// As many lines as it takes; empty where there is nothing to tell.
    public Optional<String> of(Drag drag, FleetState fleet) {
        return drag.target() instanceof Drag.Target.OnNode(var name)
                ? fleet.node(name).flatMap(node -> of(drag, node))
                : Optional.empty();
    }

    private Optional<String> of(Drag drag, NodeState node) {
        var refusal = drag.refusal(node);
        if (refusal.isPresent()) {
            var why = refusals.text(refusal.get()).replace("; ", "\n");
            return Optional.of(texts.get("drop.refused", node.name()) + "\n" + why);
        }
        return drag.offer(node).map(offer -> told(drag, node, offer));
    }

    private String told(Drag drag, NodeState node, Placement.Offer offer) {
        var lines = new ArrayList<String>();
        lines.add(node.name() + ": " + line(drag, offer));
        offer.scores().stream()
                .sorted(
                        Comparator.comparingInt((Placement.Score s) -> s.of() * s.weight())
                                .reversed())
                .map(s -> texts.get("score", word(s.name()), s.of(), s.weight()))
                .forEach(lines::add);
        return String.join("\n", lines);
    }

    /// A master of another version may have scores that have no word here.
    private String word(String score) {
        return KNOWN.contains(score) ? texts.get("score." + score) : score;
    }

    /// Its place among the nodes that can take it, and its points, in one line.
    private String line(Drag drag, Placement.Offer offer) {
        int all = drag.placement().offers().size();
        return offer.rank() == 1
                ? texts.get("drop.best", all, offer.points())
                : texts.get("drop.rank", offer.rank(), all, offer.points());
    }
}
