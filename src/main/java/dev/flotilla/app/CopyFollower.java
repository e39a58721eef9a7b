package dev.flotilla.app;

import dev.flotilla.model.VolumeCopy;
import dev.flotilla.model.VolumeCopySpec;
import dev.flotilla.model.VolumeCopyStatus;
import dev.flotilla.model.VolumeCopyStatus.Phase;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;

/// Asks for a copy of a volume, prints how far it comes, and calls it off when the command is.
final class CopyFollower implements Watcher<VolumeCopy> {
    private static final double MEGA = 1e6;

    private final Terminal terminal;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable VolumeCopyStatus last;
    private volatile String trouble = "";
    private String printed = "";

    private CopyFollower(Terminal terminal) {
        this.terminal = terminal;
    }

    /// @return the command's exit code
    static int run(ApiOptions api, VolumeCopySpec spec, Terminal terminal)
            throws InterruptedException {
        try (var client = api.client()) {
            var follower = new CopyFollower(terminal);
            var wanted = new VolumeCopy();
            wanted.setMetadata(new ObjectMetaBuilder().withGenerateName("copy-").build());
            wanted.setSpec(spec);
            var copy = client.resource(wanted).create();
            var callOff = Thread.ofPlatform().unstarted(() -> callOff(client, copy, terminal));
            Runtime.getRuntime().addShutdownHook(callOff);
            var since =
                    new ListOptionsBuilder()
                            .withResourceVersion(copy.getMetadata().getResourceVersion())
                            .build();
            try (var _ =
                    client.resources(VolumeCopy.class)
                            .withName(copy.getMetadata().getName())
                            .watch(since, follower)) {
                follower.over.await();
            }
            var _ = Runtime.getRuntime().removeShutdownHook(callOff);
            return follower.result();
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(PushFollower.words(e, api), e);
        }
    }

    private static void callOff(KubernetesClient client, VolumeCopy copy, Terminal terminal) {
        client.resource(copy).delete();
        terminal.err().println("flotilla: called off");
    }

    @Override
    public void eventReceived(Action action, VolumeCopy copy) {
        if (action == Action.DELETED) {
            trouble = "somebody called it off";
            over.countDown();
            return;
        }
        var status = copy.getStatus();
        if (status != null) {
            last = status;
            show(status);
        }
        if (Phase.Complete.isOf(status) || Phase.Failed.isOf(status)) {
            over.countDown();
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        trouble = "the connection to the master broke: " + cause.getMessage();
        over.countDown();
    }

    private synchronized void show(VolumeCopyStatus status) {
        var words = Phase.Failed.isOf(status) ? "" : words(status);
        if (!words.isEmpty() && !words.equals(printed)) {
            printed = words;
            terminal.out().println(words);
        }
    }

    private static String words(VolumeCopyStatus status) {
        long bytes = Objects.requireNonNullElse(status.bytes(), 0L);
        if (Phase.Complete.isOf(status) || bytes == 0) {
            return Objects.requireNonNullElse(status.message(), "");
        }
        var all = status.allBytes();
        return all == null
                ? String.format(Locale.ROOT, "%.1f MB", bytes / MEGA)
                : String.format(Locale.ROOT, "%.1f of %.1f MB", bytes / MEGA, all / MEGA);
    }

    private int result() {
        var status = last;
        if (Phase.Complete.isOf(status)) {
            return 0;
        }
        var why = status != null && Phase.Failed.isOf(status) ? status.message() : trouble;
        terminal.err().println("flotilla: " + why);
        return 1;
    }
}
