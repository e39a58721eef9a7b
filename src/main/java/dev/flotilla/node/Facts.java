package dev.flotilla.node;

import java.util.Map;
import java.util.Set;

/// What the kubelet remembers of a pod at one look.
///
/// @param tracks by container name
/// @param fetching containers whose image is being looked for or pulled
/// @param imageReady containers whose image was fetched, as their pull policy wants it
/// @param busy containers that are being made, started, stopped or removed now
record Facts(
        Map<String, Track> tracks, Set<String> fetching, Set<String> imageReady, Set<String> busy) {
    static final Facts NONE = new Facts(Map.of(), Set.of(), Set.of(), Set.of());

    Track track(String container) {
        return tracks.getOrDefault(container, Track.NEW);
    }
}
