package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Tolerance;

import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;

import java.util.List;

/// A cordoned node takes only pods that tolerate the taint that a cordon stands for.
final class Unschedulable implements NodeFilter {
    private static final Taint CORDON =
            new TaintBuilder()
                    .withKey("node.kubernetes.io/unschedulable")
                    .withEffect("NoSchedule")
                    .build();
    private static final List<Refusal> WHY =
            List.of(
                    new Refusal(
                            "NodeUnschedulable", "node(s) were unschedulable", "cordoned", true));

    @Override
    public boolean admits(Shape pod, NodeView node) {
        return !node.known().unschedulable() || Tolerance.covered(pod.tolerations(), CORDON);
    }

    @Override
    public List<Refusal> refusals(Shape pod, NodeView node) {
        return WHY;
    }
}
