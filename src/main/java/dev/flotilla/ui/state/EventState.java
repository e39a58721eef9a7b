package dev.flotilla.ui.state;

import dev.flotilla.model.ObjectKey;

import java.time.Instant;

/// Something that happened, as an Event of the cluster tells it.
///
/// @param time when it was last seen
/// @param warning its type is not `Normal`
/// @param kind of the object it is about
/// @param node where it happened, empty when unknown
public record EventState(
        String uid,
        Instant time,
        boolean warning,
        String reason,
        String message,
        String kind,
        ObjectKey about,
        String node,
        int count) {}
