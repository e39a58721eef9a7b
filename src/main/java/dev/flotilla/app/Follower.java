package dev.flotilla.app;

import dev.flotilla.model.ErrandStatus;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.CountDownLatch;

/// Asks the master for work that ends, prints how far it comes, and calls it off when the command
/// is.
abstract class Follower<P, S extends ErrandStatus, T extends CustomResource<P, S>>
        implements Watcher<T> {
    private final Terminal terminal;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile @Nullable S last;
    private volatile String trouble = "";

    Follower(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Prints what is new. Called by one thread at a time.
    abstract void show(S status);

    /// @param wanted without a name
    /// @param prefix of its name
    /// @param after done at the end, also when it is called off
    /// @return the command's exit code
    final int follow(ApiOptions api, T wanted, String prefix, Runnable after)
            throws InterruptedException {
        wanted.setMetadata(new ObjectMetaBuilder().withGenerateName(prefix).build());
        try (var client = api.client()) {
            var errand = client.resource(wanted).create();
            var callOff =
                    Thread.ofPlatform()
                            .unstarted(
                                    () -> {
                                        callOff(client, errand);
                                        after.run();
                                    });
            Runtime.getRuntime().addShutdownHook(callOff);
            var since =
                    new ListOptionsBuilder()
                            .withResourceVersion(errand.getMetadata().getResourceVersion())
                            .build();
            try (var _ = client.resource(errand).watch(since, this)) {
                over.await();
            }
            var _ = Runtime.getRuntime().removeShutdownHook(callOff);
            return result();
        } catch (KubernetesClientException e) {
            throw new IllegalStateException(words(e, api), e);
        }
    }

    static String words(KubernetesClientException e, ApiOptions api) {
        var status = e.getStatus();
        return status != null && status.getMessage() != null
                ? status.getMessage()
                : "the master of %s does not answer: %s; is it running?"
                        .formatted(api.kubeconfig, e.getMessage());
    }

    private void callOff(KubernetesClient client, T errand) {
        client.resource(errand).delete();
        terminal.err().println("flotilla: called off");
    }

    @Override
    public final void eventReceived(Action action, T errand) {
        if (action == Action.DELETED) {
            trouble = "somebody called it off";
            over.countDown();
            return;
        }
        var status = errand.getStatus();
        if (status != null) {
            last = status;
            synchronized (this) {
                show(status);
            }
        }
        if (ErrandStatus.over(status)) {
            over.countDown();
        }
    }

    @Override
    public final void onClose(WatcherException cause) {
        trouble = "the connection to the master broke: " + cause.getMessage();
        over.countDown();
    }

    private int result() {
        var status = last;
        if (ErrandStatus.done(status)) {
            return 0;
        }
        var why = status != null && ErrandStatus.failed(status) ? status.message() : trouble;
        terminal.err().println("flotilla: " + why);
        return 1;
    }
}
