package dev.flotilla.ui;

import dev.flotilla.ui.state.Hands;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.ManifestLine;
import dev.flotilla.ui.state.Placement;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands that do nothing and remember what they were asked.
public final class RecordingHands implements Hands {
    public final List<Intent> done = new CopyOnWriteArrayList<>();
    public final List<Placement.Question> asked = new CopyOnWriteArrayList<>();
    public volatile Placement answer = Placement.UNKNOWN;

    @Override
    public Optional<Intent> act(Intent intent) {
        done.add(intent);
        return switch (intent) {
            case Intent.AddReplica(var app, _) -> Optional.of(new Intent.Scale(app, 1));
            case Intent.Scale(var app, _) -> Optional.of(new Intent.Scale(app, 1));
            case Intent.Move(var pod, var uid, _) ->
                    Optional.of(new Intent.MoveBack(pod, uid, pod, "before"));
            case Intent.RemovePod(_, var app, var node) ->
                    app == null ? Optional.empty() : Optional.of(new Intent.AddReplica(app, node));
            default -> Optional.empty();
        };
    }

    @Override
    public Placement place(Placement.Question question) {
        asked.add(question);
        return answer;
    }

    public volatile List<ManifestLine> lines = List.of();

    @Override
    public List<ManifestLine> preview(String yaml) {
        return lines;
    }
}
