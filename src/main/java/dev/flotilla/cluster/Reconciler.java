package dev.flotilla.cluster;

import dev.flotilla.model.ObjectKey;

/// Brings one object a step closer to what its spec says.
///
/// Level-triggered: reads the state of now, never the event that woke it, so a call twice, late, or
/// after a crash is the same as one call.
@FunctionalInterface
public interface Reconciler {
    Outcome reconcile(ObjectKey key);
}
