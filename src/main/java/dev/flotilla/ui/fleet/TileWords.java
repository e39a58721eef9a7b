package dev.flotilla.ui.fleet;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.PodState;

/// The second line of a tile.
record TileWords(String starting, String notReady, String stopping, String lost) {
    static TileWords of(Texts texts) {
        return new TileWords(
                texts.get("tile.starting"),
                texts.get("tile.not-ready"),
                texts.get("tile.stopping"),
                texts.get("tile.lost"));
    }

    String of(PodState pod) {
        return switch (pod.look()) {
            case READY -> pod.movingTo() == null ? pod.shortId() : "→ " + pod.movingTo();
            case STARTING -> pod.node() == null ? pod.status() : starting;
            case NOT_READY -> notReady;
            case TERMINATING -> stopping;
            case LOST -> lost;
            case SUCCEEDED, FAILED -> pod.status();
        };
    }
}
