package dev.flotilla.ui;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.ui.state.ActionFailure;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.ClusterHands;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.FleetSource;
import dev.flotilla.ui.state.Hands;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.Link;
import dev.flotilla.ui.state.ManifestLine;
import dev.flotilla.ui.state.Placement;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/// The window's model and actions, and the connection that feeds them once the API is there.
final class Session implements AutoCloseable {
    private final FleetModel model = new FleetModel();
    private final Actions actions;
    private final Executor work;
    private final Executor screen;
    private final InstantSource time;
    private volatile @Nullable Connected connected;

    Session(Executor work, Executor screen, InstantSource time) {
        this.work = work;
        this.screen = screen;
        this.time = time;
        actions = new Actions(new LateHands(), model, work, screen, time);
    }

    FleetModel model() {
        return model;
    }

    Actions actions() {
        return actions;
    }

    /// Takes the outcome of the start of the API.
    void connect(Desktop.@Nullable Connection to, @Nullable Throwable failure) {
        if (to == null) {
            fail(failure == null ? "no API" : said(failure));
            return;
        }
        work.execute(() -> follow(to));
    }

    @Override
    public void close() {
        var now = connected;
        if (now != null) {
            now.source().close();
            now.client().close();
        }
    }

    /// A stage wraps what went wrong, and puts the wrapped class's name before its words.
    private static String said(Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        var own = requireNonNullElse(cause, failure);
        return requireNonNullElse(own.getMessage(), "" + own);
    }

    private void follow(Desktop.Connection to) {
        try {
            var config = Config.fromKubeconfig(to.context(), to.kubeconfig().toFile());
            var context = config.getCurrentContext();
            screen.execute(
                    () -> {
                        model.clusterProperty().set(context == null ? "" : context.getName());
                        model.masterProperty().set(to.master());
                    });
            var client = new KubernetesClientBuilder().withConfig(config).build();
            var source = new FleetSource(client, model, screen, time);
            connected = new Connected(client, source, new ClusterHands(client));
            source.start();
        } catch (KubernetesClientException e) {
            fail(requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private void fail(String why) {
        screen.execute(() -> model.accept(new Link.Failed(why)));
    }

    private record Connected(KubernetesClient client, FleetSource source, Hands hands) {}

    /// The hands, as soon as there is something to lay them on.
    private final class LateHands implements Hands {
        @Override
        public Optional<Intent> act(Intent intent) {
            return hands().act(intent);
        }

        @Override
        public Placement place(Placement.Question question) {
            return hands().place(question);
        }

        @Override
        public List<ManifestLine> preview(String yaml) {
            return hands().preview(yaml);
        }

        private Hands hands() {
            var now = connected;
            if (now == null) {
                throw new ActionFailure("The window is not connected to a cluster yet.", null);
            }
            return now.hands();
        }
    }
}
