package dev.flotilla.node.push;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus;
import dev.flotilla.model.ImagePushStatus.OnNode;
import dev.flotilla.model.ImagePushStatus.Phase;
import dev.flotilla.node.errand.StatusWriter;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What is known of one push while it goes on. It is written to the API when a phase begins, and
/// else when somebody says so and something is new. `state` guards what is known, `writing` keeps
/// writes in order.
final class PushBoard {
    /// Of what a build prints, this much at most is in the status.
    private static final int SHOWN = 16 << 10;

    /// When so much is new, it is written at once: who watches misses nothing.
    private static final int FULL = SHOWN / 2;

    private final ImagePush push;
    private final StatusWriter<ImagePushSpec, ImagePushStatus, ImagePush> writer;
    private final Object state = new Object();
    private final Object writing = new Object();
    private final Map<String, OnNode> nodes = new LinkedHashMap<>();
    private final StringBuilder output = new StringBuilder();
    private Phase phase = Phase.Pending;
    private @Nullable String message;
    private @Nullable String imageId;
    private @Nullable String ended;
    private long outputStart;
    private int unwritten;
    private boolean news;

    PushBoard(ImagePush push, Cluster cluster) {
        this.push = push;
        this.writer = new StatusWriter<>(ImagePush.class, ImagePush::new, cluster);
    }

    void targets(List<String> names) {
        synchronized (state) {
            names.forEach(n -> nodes.put(n, new OnNode(n, "Pending", null, null, null, null)));
        }
    }

    void begin(Phase now, @Nullable String words) {
        say(
                () -> {
                    phase = now;
                    message = words;
                });
        write();
    }

    void end(boolean well, String words, String at) {
        say(
                () -> {
                    phase = well ? Phase.Complete : Phase.Failed;
                    message = words;
                    ended = at;
                });
        write();
    }

    void message(String words) {
        say(() -> message = words);
    }

    void image(String id) {
        say(() -> imageId = id);
    }

    void node(String name, UnaryOperator<OnNode> change) {
        say(() -> nodes.computeIfPresent(name, (_, n) -> change.apply(n)));
    }

    List<OnNode> nodes() {
        synchronized (state) {
            return new ArrayList<>(nodes.values());
        }
    }

    void output(String text) {
        boolean full;
        synchronized (state) {
            output.append(text);
            unwritten += text.length();
            int over = output.length() - SHOWN;
            if (over > 0) {
                output.delete(0, over);
                outputStart += over;
            }
            news = true;
            full = unwritten >= FULL;
        }
        if (full) {
            write();
        }
    }

    /// Writes what is new, if anything is.
    void write() {
        synchronized (writing) {
            ImagePushStatus status;
            synchronized (state) {
                if (!news) {
                    return;
                }
                news = false;
                unwritten = 0;
                status = status();
            }
            writer.write(push, status);
        }
    }

    private void say(Runnable change) {
        synchronized (state) {
            change.run();
            news = true;
        }
    }

    private ImagePushStatus status() {
        return new ImagePushStatus(
                phase.name(),
                message,
                imageId,
                output.isEmpty() ? null : output.toString(),
                output.isEmpty() ? null : outputStart,
                ended,
                List.copyOf(nodes.values()));
    }
}
