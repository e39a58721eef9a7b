package dev.flotilla.node.memory;

import dev.flotilla.node.probe.Vital;

import java.util.Map;
import java.util.Set;

/// What the kubelet remembers of a pod at one look.
///
/// @param tracks by container name
/// @param fetching containers whose image is being looked for or pulled, with how far that has come
///   in words, empty at first
/// @param imageReady containers whose image was fetched, as their pull policy wants it
/// @param busy containers that are being made, started, stopped or removed now
/// @param vitals of containers with probes that run
/// @param placed digest of the volumes' content on the node, empty before the first
public record Facts(
        Map<String, Track> tracks,
        Map<String, String> fetching,
        Set<String> imageReady,
        Set<String> busy,
        Map<String, Vital> vitals,
        String placed) {
    /// Of a pod that was never looked at.
    public static final Facts NONE =
            new Facts(Map.of(), Map.of(), Set.of(), Set.of(), Map.of(), "");

    /// The same, with what probes say.
    public Facts with(Map<String, Vital> now) {
        return new Facts(tracks, fetching, imageReady, busy, now, placed);
    }

    /// How that container is by its probes.
    public Vital vital(String container) {
        return vitals.getOrDefault(container, Vital.WELL);
    }

    /// Of that container; a new one if nothing is remembered.
    public Track track(String container) {
        return tracks.getOrDefault(container, Track.NEW);
    }
}
