package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Tolerance;

/// 100 for a node without taints `PreferNoSchedule` that the pod does not tolerate, 50 with one, 33
/// with two.
final class FewTaints implements NodeScore {
    @Override
    public double of(Shape pod, NodeView node) {
        int count = 0;
        for (var taint : node.known().taints()) {
            if ("PreferNoSchedule".equals(taint.getEffect())
                    && !Tolerance.covered(pod.tolerations(), taint)) {
                count++;
            }
        }
        return 100.0 / (1 + count);
    }
}
