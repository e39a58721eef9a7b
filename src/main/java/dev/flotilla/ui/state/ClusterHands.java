package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.Machine;
import dev.flotilla.model.Marks;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

import org.jspecify.annotations.Nullable;

import java.net.HttpURLConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// Changes a cluster through its API.
public final class ClusterHands implements Hands {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final int TRIES = 5;

    private final KubernetesClient client;

    public ClusterHands(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Optional<Intent> act(Intent intent) {
        try {
            return switch (intent) {
                case Intent.Move move -> move(move);
                case Intent.MoveBack back -> moveBack(back);
                case Intent.AddReplica(var app, var node) -> grow(app, node);
                case Intent.Scale(var app, var replicas) -> {
                    int before = scale(app, _ -> replicas, _ -> null);
                    yield Optional.of(new Intent.Scale(app, before));
                }
                case Intent.RemovePod remove -> remove(remove);
                case Intent.RestartPod(var pod) -> {
                    pods(pod).delete();
                    yield Optional.empty();
                }
                case Intent.Cordon(var node, var cordoned) -> {
                    client.nodes()
                            .withName(node)
                            .patch(MERGE, "{\"spec\":{\"unschedulable\":" + cordoned + "}}");
                    yield Optional.of(new Intent.Cordon(node, !cordoned));
                }
                case Intent.Apply(var yaml) -> new Manifests(client).apply(yaml);
                case Intent.DeleteApp(var app) -> {
                    deployment(app).delete();
                    yield Optional.empty();
                }
                case Intent.AddMachine add -> new MachineWrites(client).add(add);
                case Intent.TrustHostKey(var name, var key) ->
                        new MachineWrites(client).trust(name, key);
                case Intent.RemoveMachine(var name) -> {
                    client.resources(Machine.class).withName(name).delete();
                    yield Optional.empty();
                }
            };
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    @Override
    public Placement place(Placement.Question question) {
        try {
            return PlacementQuestions.ask(client, question);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Placement.UNKNOWN;
            }
            throw failure(e);
        }
    }

    @Override
    public List<ManifestLine> preview(String yaml) {
        try {
            return new Manifests(client).preview(yaml);
        } catch (KubernetesClientException e) {
            throw failure(e);
        }
    }

    private Optional<Intent> move(Intent.Move move) {
        var pod = pods(move.pod()).get();
        if (pod == null || !move.uid().equals(pod.getMetadata().getUid())) {
            throw new ActionFailure(
                    "Pod " + move.pod() + " is gone: it was deleted or replaced meanwhile.", null);
        }
        annotate(move.pod(), Marks.MOVE_TO, move.node());
        var from = pod.getSpec().getNodeName();
        return from == null
                ? Optional.empty()
                : Optional.of(new Intent.MoveBack(move.pod(), move.uid(), move.pod(), from));
    }

    private Optional<Intent> moveBack(Intent.MoveBack back) {
        var old = pods(back.pod()).get();
        var replacement =
                client.pods().inNamespace(back.pod().namespace()).list().getItems().stream()
                        .filter(p -> back.uid().equals(notes(p).get(Marks.REPLACES)))
                        .findFirst();
        if (old != null
                && back.uid().equals(old.getMetadata().getUid())
                && old.getMetadata().getDeletionTimestamp() == null) {
            annotate(back.pod(), Marks.MOVE_TO, null);
        } else {
            var there =
                    replacement.orElseThrow(
                            () ->
                                    new ActionFailure(
                                            "Can't move "
                                                    + back.pod()
                                                    + " back: its replacement is gone.",
                                            null));
            annotate(ObjectKey.of(there), Marks.MOVE_TO, back.node());
        }
        return Optional.empty();
    }

    private Optional<Intent> grow(ObjectKey app, @Nullable String node) {
        int before =
                scale(app, n -> n + 1, replicas -> node == null ? null : node + "@" + replicas);
        return Optional.of(new Intent.Scale(app, before));
    }

    private Optional<Intent> remove(Intent.RemovePod remove) {
        var app = remove.app();
        if (app == null) {
            pods(remove.pod()).delete();
            return Optional.empty();
        }
        annotate(remove.pod(), Marks.DELETION_COST, String.valueOf(Integer.MIN_VALUE));
        scale(app, n -> Math.max(0, n - 1), _ -> null);
        return Optional.of(new Intent.AddReplica(app, remove.node()));
    }

    /// @param note what [Marks#ADD_ON] becomes for that number of replicas; null to take it off
    /// @return how many replicas were wanted before
    private int scale(ObjectKey app, IntUnaryOperator change, IntFunction<@Nullable String> note) {
        for (int attempt = 1; ; attempt++) {
            var now = deployment(app).get();
            if (now == null) {
                throw new ActionFailure("Deployment " + app + " is gone.", null);
            }
            int before = requireNonNullElse(now.getSpec().getReplicas(), 1);
            int wanted = change.applyAsInt(before);
            var patch =
                    Json.object(
                            "metadata",
                            Json.object(
                                    "resourceVersion",
                                    now.getMetadata().getResourceVersion(),
                                    "annotations",
                                    Json.object(Marks.ADD_ON, note.apply(wanted))),
                            "spec",
                            Json.object("replicas", wanted));
            try {
                deployment(app).patch(MERGE, client.getKubernetesSerialization().asJson(patch));
                return before;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private void annotate(ObjectKey pod, String name, @Nullable String value) {
        var patch = Json.object("metadata", Json.object("annotations", Json.object(name, value)));
        pods(pod).patch(MERGE, client.getKubernetesSerialization().asJson(patch));
    }

    private PodResource pods(ObjectKey key) {
        return client.pods().inNamespace(key.namespace()).withName(key.name());
    }

    private RollableScalableResource<Deployment> deployment(ObjectKey key) {
        return client.apps().deployments().inNamespace(key.namespace()).withName(key.name());
    }

    private static Map<String, String> notes(Pod pod) {
        ObjectMeta meta = pod.getMetadata();
        return requireNonNullElse(meta.getAnnotations(), Map.of());
    }

    private ActionFailure failure(KubernetesClientException e) {
        var status = e.getStatus();
        var answered =
                status != null && status.getMessage() != null
                        ? status.getMessage()
                        : requireNonNullElse(
                                e.getCause() == null ? e.getMessage() : e.getCause().getMessage(),
                                e.toString());
        var code = e.getCode() > 0 ? " (" + e.getCode() + ")" : "";
        return new ActionFailure(client.getMasterUrl() + code + ": " + answered, e);
    }

    /// JSON as maps, in order.
    static final class Json {
        private Json() {}

        static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
            var map = new LinkedHashMap<String, @Nullable Object>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                map.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
            return map;
        }
    }
}
