package dev.flotilla.schedule.facts;

import java.util.Map;

/// The cluster as rules see it that look beyond one node. Nodes have numbered places.
public interface Surroundings {
    /// Every place is below this.
    int places();

    /// The node of a place; it may not exist.
    NodeView node(int place);

    Domains domains(String topologyKey);

    /// The labels of a namespace; none when it is not known.
    Map<String, String> namespace(String name);

    /// Tells all pods that stand on nodes.
    void tellPods(Counter counter);

    /// Tells those that care which other pods are near.
    void tellCaring(Counter counter);

    /// Follows pods that come and go.
    interface Counter {
        /// @param leaving whether it is about to go
        /// @param sign 1 when it came, -1 when it went
        void count(Shape pod, int place, boolean leaving, int sign);
    }
}
