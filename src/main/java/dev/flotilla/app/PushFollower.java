package dev.flotilla.app;

import dev.flotilla.model.ErrandStatus;
import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus;
import dev.flotilla.model.ImagePushStatus.OnNode;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Tells of a push: what is at work, what a build prints, how far each node is.
final class PushFollower extends Follower<ImagePushSpec, ImagePushStatus, ImagePush> {
    private static final double MEGA = 1e6;

    private final PrintStream out;
    private final Map<String, String> said = new HashMap<>();
    private String message = "";
    private long printed;

    private PushFollower(Terminal terminal) {
        super(terminal);
        this.out = terminal.out();
    }

    /// @return the command's exit code
    static int run(ApiOptions api, ImagePushSpec spec, Terminal terminal)
            throws InterruptedException {
        return run(api, spec, terminal, () -> {});
    }

    /// @param after done at the end, also when it is called off
    static int run(ApiOptions api, ImagePushSpec spec, Terminal terminal, Runnable after)
            throws InterruptedException {
        var push = new ImagePush();
        push.setSpec(spec);
        return new PushFollower(terminal).follow(api, push, "push-", after);
    }

    @Override
    void show(ImagePushStatus status) {
        print(status);
        var words = Objects.requireNonNullElse(status.message(), "");
        if (!ErrandStatus.over(status) && !words.isEmpty() && !words.equals(message)) {
            out.println(words);
        }
        message = words;
        Objects.requireNonNullElse(status.nodes(), List.<OnNode>of()).forEach(this::show);
    }

    /// What a build printed since the last time.
    private void print(ImagePushStatus status) {
        var text = Objects.requireNonNullElse(status.output(), "");
        long start = Objects.requireNonNullElse(status.outputStart(), 0L);
        if (start > printed) {
            out.println("… " + (start - printed) + " characters are not shown …");
        }
        long end = start + text.length();
        if (end > printed) {
            out.print(text.substring((int) Math.max(0, printed - start)));
            out.flush();
            printed = end;
        }
    }

    private void show(OnNode node) {
        var words = words(node);
        if (!words.isEmpty() && !words.equals(said.put(node.name(), words))) {
            out.println(node.name() + ": " + words);
        }
    }

    private static String words(OnNode node) {
        long all = Objects.requireNonNullElse(node.bytes(), 0L);
        long sent = Objects.requireNonNullElse(node.sentBytes(), 0L);
        return switch (node.phase()) {
            case "Sending" -> sending(node.layers(), all, sent);
            case "Complete" ->
                    all == 0
                            ? "has it"
                            : String.format(Locale.ROOT, "has it; %.1f MB were sent", all / MEGA);
            case "Failed" -> Objects.requireNonNullElse(node.message(), "failed");
            default -> "";
        };
    }

    /// What is sent while it is read is as much as it will have been.
    private static String sending(@Nullable Integer layers, long all, long sent) {
        if (layers == null || (all == 0 && sent == 0)) {
            return "";
        }
        return all == 0
                ? String.format(Locale.ROOT, "%.1f MB, %d layers", sent / MEGA, layers)
                : String.format(
                        Locale.ROOT, "%.1f of %.1f MB, %d layers", sent / MEGA, all / MEGA, layers);
    }
}
