package dev.flotilla.node.probe;

/// How a container is, by its probes.
///
/// @param started whether it has come up
/// @param ready whether it can be sent work
/// @param condemned why it has to be ended and begun anew; empty if it need not
public record Vital(boolean started, boolean ready, String condemned) {
    /// Of a container without probes, or one that does not run: nothing speaks against it.
    public static final Vital WELL = new Vital(true, true, "");
}
