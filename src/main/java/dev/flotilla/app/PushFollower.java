package dev.flotilla.app;

import dev.flotilla.model.ImagePush;
import dev.flotilla.model.ImagePushSpec;
import dev.flotilla.model.ImagePushStatus;
import dev.flotilla.model.ImagePushStatus.OnNode;
import dev.flotilla.model.ImagePushStatus.Phase;

import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

import org.jspecify.annotations.Nullable;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// Asks for a push, prints how far it comes, and calls it off when the command is.
final class PushFollower implements Watcher<ImagePush> {
    private static final double MEGA = 1e6;

    private final PrintStream out;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, String> said = new HashMap<>();
    private volatile @Nullable ImagePushStatus last;
    private volatile String trouble = "";
    private String message = "";
    private long printed;

    private PushFollower(PrintStream out) {
        this.out = out;
    }

    /// @return the command's exit code
    static int run(ApiOptions api, ImagePushSpec spec, Terminal terminal)
            throws InterruptedException {
        return run(api, spec, terminal, () -> {});
    }

    /// @param after done at the end, also when it is called off
    static int run(ApiOptions api, ImagePushSpec spec, Terminal terminal, Runnable after)
            throws InterruptedException {
        try (var client = api.client()) {
            var follower = new PushFollower(terminal.out());
            var push = client.resource(wanted(spec)).create();
            var callOff =
                    Thread.ofPlatform()
                            .unstarted(
                                    () -> {
                                        callOff(client, push, terminal);
                                        after.run();
                                    });
            Runtime.getRuntime().addShutdownHook(callOff);
            try (var _ =
                    client.resources(ImagePush.class)
                            .withName(push.getMetadata().getName())
                            .watch(since(push), follower)) {
                follower.over.await();
            }
            var _ = Runtime.getRuntime().removeShutdownHook(callOff);
            return follower.result(terminal);
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(words(e, api), e);
        }
    }

    /// All that happens after it was made.
    private static ListOptions since(ImagePush push) {
        return new ListOptionsBuilder()
                .withResourceVersion(push.getMetadata().getResourceVersion())
                .build();
    }

    static String words(KubernetesClientException e, ApiOptions api) {
        var status = e.getStatus();
        return status != null && status.getMessage() != null
                ? status.getMessage()
                : "the master of %s does not answer: %s; is it running?"
                        .formatted(api.kubeconfig, e.getMessage());
    }

    private static ImagePush wanted(ImagePushSpec spec) {
        var push = new ImagePush();
        push.setMetadata(new ObjectMetaBuilder().withGenerateName("push-").build());
        push.setSpec(spec);
        return push;
    }

    private static void callOff(KubernetesClient client, ImagePush push, Terminal terminal) {
        client.resource(push).delete();
        terminal.err().println("flotilla: called off");
    }

    @Override
    public void eventReceived(Action action, ImagePush push) {
        if (action == Action.DELETED) {
            trouble = "somebody called it off";
            over.countDown();
            return;
        }
        var status = push.getStatus();
        if (status != null) {
            show(status);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        trouble = "the connection to the master broke: " + cause.getMessage();
        over.countDown();
    }

    private synchronized void show(ImagePushStatus status) {
        last = status;
        print(status);
        var words = Objects.requireNonNullElse(status.message(), "");
        boolean ended =
                Phase.Complete.name().equals(status.phase())
                        || Phase.Failed.name().equals(status.phase());
        if (!ended && !words.isEmpty() && !words.equals(message)) {
            out.println(words);
        }
        message = words;
        Objects.requireNonNullElse(status.nodes(), List.<OnNode>of()).forEach(this::show);
        if (ended) {
            over.countDown();
        }
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

    private int result(Terminal terminal) {
        var status = last;
        if (status != null && Phase.Complete.name().equals(status.phase())) {
            return 0;
        }
        var why =
                status != null && Phase.Failed.name().equals(status.phase())
                        ? status.message()
                        : trouble;
        terminal.err().println("flotilla: " + why);
        return 1;
    }
}
