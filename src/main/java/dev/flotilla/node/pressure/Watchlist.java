package dev.flotilla.node.pressure;

import dev.flotilla.node.Supply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which pressures a node is said to be under: those that are, and those that were within five
/// minutes, so that pods don't come and go with each breath.
///
/// @param seen when each was last seen
record Watchlist(Map<Pressure, Instant> seen) {
    static final Duration TRANSITION = Duration.ofMinutes(5);
    static final Watchlist EMPTY = new Watchlist(Map.of());

    /// One look.
    ///
    /// @param next to be asked at the next look
    /// @param told the pressures to tell of
    /// @param low what is too low now, the one to relieve first
    record Look(Watchlist next, Set<Pressure> told, List<Signal> low) {}

    /// @param thresholds that count on this node
    Look look(Supply supply, Thresholds thresholds, Instant now) {
        var low = new ArrayList<Signal>();
        var last = new EnumMap<Pressure, Instant>(Pressure.class);
        last.putAll(seen);
        for (var signal : Signal.values()) {
            if (thresholds.isLow(signal, supply)) {
                low.add(signal);
                last.put(signal.pressure(), now);
            }
        }
        last.values().removeIf(at -> !now.isBefore(at.plus(TRANSITION)));
        var told = EnumSet.noneOf(Pressure.class);
        told.addAll(last.keySet());
        return new Look(new Watchlist(Map.copyOf(last)), told, List.copyOf(low));
    }
}
