package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Tolerance;

import io.fabric8.kubernetes.api.model.Taint;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A node's taints with effect `NoSchedule` or `NoExecute` keep pods away that don't tolerate them.
final class Taints implements NodeFilter {
    @Override
    public boolean admits(Shape pod, NodeView node) {
        return untolerated(pod, node) == null;
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        var taint = untolerated(pod, node);
        if (taint == null) {
            throw new IllegalArgumentException("asked why not, but every taint is tolerated");
        }
        var value = Tolerance.value(taint.getValue());
        return List.of(
                new Refusal(
                        "TaintToleration",
                        "node(s) had untolerated taint {" + taint.getKey() + ": " + value + "}",
                        "taint " + taint.getKey() + (value.isEmpty() ? "" : "=" + value),
                        true));
    }

    private static @Nullable Taint untolerated(Shape pod, NodeView node) {
        var taints = node.known().taints();
        for (int i = 0; i < taints.size(); i++) {
            var taint = taints.get(i);
            if (!"PreferNoSchedule".equals(taint.getEffect())
                    && !Tolerance.covered(pod.tolerations(), taint)) {
                return taint;
            }
        }
        return null;
    }
}
