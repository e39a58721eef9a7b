package dev.flotilla.ui.state;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// The one way to change the cluster from the window. Each intent runs off the FX thread, shows as
/// pending until the cluster confirms it, and leaves its inverse for undo. Belongs to the FX
/// thread.
public final class Actions {
    private static final int MOST_UNDOS = 50;
    private static final Duration LONGEST_PENDING = Duration.ofSeconds(10);

    private final Hands hands;
    private final FleetModel model;
    private final Executor work;
    private final Executor screen;
    private final InstantSource time;
    private final ObservableList<Pending> pending = FXCollections.observableArrayList();
    private final Map<Long, Instant> since = new HashMap<>();
    private final ReadOnlyObjectWrapper<@Nullable Notice> notice = new ReadOnlyObjectWrapper<>();
    private final Deque<Undo> undos = new ArrayDeque<>();
    private long ids;

    /// @param work runs what blocks: virtual threads; in a test `Runnable::run`
    /// @param screen runs on the thread that owns the scene: `Platform::runLater`
    public Actions(
            Hands hands, FleetModel model, Executor work, Executor screen, InstantSource time) {
        this.hands = hands;
        this.model = model;
        this.work = work;
        this.screen = screen;
        this.time = time;
        model.allProperty().addListener((_, _, now) -> settle(now));
    }

    /// Does what `intent` says, with a notice that offers undo.
    ///
    /// @return done, on the FX thread, when the API has answered; fails with [ActionFailure]
    public CompletionStage<Void> perform(Intent intent) {
        return perform(intent, true);
    }

    /// Takes back the last change that can be taken back.
    public void undo() {
        var last = undos.pollLast();
        if (last != null) {
            notice.set(new Notice.Undone(last.intent()));
            perform(last.inverse(), false).exceptionally(_ -> null);
        }
    }

    public boolean canUndo() {
        return !undos.isEmpty();
    }

    /// What is on its way, oldest first.
    public ObservableList<Pending> pending() {
        return pending;
    }

    /// What to tell the person last; null at first.
    public ReadOnlyObjectProperty<@Nullable Notice> noticeProperty() {
        return notice.getReadOnlyProperty();
    }

    /// Asks where something could run; answers on the FX thread, [Placement#UNKNOWN] when the
    /// cluster can't say.
    public CompletionStage<Placement> place(Placement.Question question) {
        var answer = new CompletableFuture<Placement>();
        work.execute(
                () -> {
                    Placement placement;
                    try {
                        placement = hands.place(question);
                    } catch (ActionFailure e) {
                        placement = Placement.UNKNOWN;
                    }
                    var known = placement;
                    screen.execute(() -> answer.complete(known));
                });
        return answer;
    }

    /// Asks what applying these manifests would do; answers on the FX thread, or fails there with
    /// [ActionFailure].
    public CompletionStage<List<ManifestLine>> preview(String yaml) {
        var answer = new CompletableFuture<List<ManifestLine>>();
        work.execute(
                () -> {
                    try {
                        var lines = hands.preview(yaml);
                        screen.execute(() -> answer.complete(lines));
                    } catch (ActionFailure e) {
                        screen.execute(() -> answer.completeExceptionally(e));
                    }
                });
        return answer;
    }

    private CompletionStage<Void> perform(Intent intent, boolean undoable) {
        var id = ++ids;
        since.put(id, time.instant());
        pending.add(new Pending(id, intent, model.allProperty().get(), false));
        var done = new CompletableFuture<Void>();
        work.execute(
                () -> {
                    try {
                        var inverse = hands.act(intent);
                        screen.execute(
                                () -> {
                                    answered(id);
                                    if (undoable) {
                                        inverse.ifPresent(i -> remember(new Undo(intent, i)));
                                        notice.set(new Notice.Done(intent, inverse.isPresent()));
                                    }
                                    done.complete(null);
                                });
                    } catch (ActionFailure e) {
                        screen.execute(
                                () -> {
                                    drop(id);
                                    notice.set(new Notice.Failed(intent, message(e)));
                                    done.completeExceptionally(e);
                                });
                    }
                });
        return done;
    }

    private static String message(ActionFailure e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private void remember(Undo undo) {
        undos.addLast(undo);
        if (undos.size() > MOST_UNDOS) {
            undos.removeFirst();
        }
    }

    private void answered(long id) {
        pending.replaceAll(p -> p.id() == id ? new Pending(id, p.intent(), p.before(), true) : p);
        settle(model.allProperty().get());
    }

    private void drop(long id) {
        pending.removeIf(p -> p.id() == id);
        since.remove(id);
    }

    private void settle(FleetState now) {
        if (pending.isEmpty()) {
            return;
        }
        var oldest = time.instant().minus(LONGEST_PENDING);
        pending.removeIf(p -> p.confirmedBy(now) || (p.answered() && begun(p).isBefore(oldest)));
        since.keySet().retainAll(pending.stream().map(Pending::id).toList());
    }

    private Instant begun(Pending p) {
        return since.getOrDefault(p.id(), Instant.MIN);
    }

    private record Undo(Intent intent, Intent inverse) {}

    /// What to tell the person.
    public sealed interface Notice {
        /// The API has accepted it.
        record Done(Intent intent, boolean undoable) implements Notice {}

        /// It was taken back.
        record Undone(Intent intent) implements Notice {}

        /// It did not come about.
        record Failed(Intent intent, String message) implements Notice {}
    }
}
