package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Shape;

import java.util.LinkedHashMap;
import java.util.Map;

/// The plans of the shapes that were placed lately; the others are forgotten, so that all together
/// take no more than some tens of megabytes.
final class Plans {
    private static final int LEAST = 16;
    private static final int ENTRIES = 1 << 20;

    private final ClusterView view;
    private final Map<Shape, Plan> latest =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Shape, Plan> eldest) {
                    return size() > LEAST && (long) size() * view.places() > ENTRIES;
                }
            };

    Plans(ClusterView view) {
        this.view = view;
    }

    Plan of(Shape pod) {
        return latest.computeIfAbsent(pod, p -> new Plan(p, view));
    }
}
