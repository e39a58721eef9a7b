package dev.flotilla.node.memory;

import java.util.Map;
import java.util.Set;

/// What the kubelet remembers of a pod at one look.
///
/// @param tracks by container name
/// @param fetching containers whose image is being looked for or pulled
/// @param imageReady containers whose image was fetched, as their pull policy wants it
/// @param busy containers that are being made, started, stopped or removed now
public record Facts(
        Map<String, Track> tracks, Set<String> fetching, Set<String> imageReady, Set<String> busy) {
    /// Of a pod that was never looked at.
    public static final Facts NONE = new Facts(Map.of(), Set.of(), Set.of(), Set.of());

    /// Of that container; a new one if nothing is remembered.
    public Track track(String container) {
        return tracks.getOrDefault(container, Track.NEW);
    }
}
