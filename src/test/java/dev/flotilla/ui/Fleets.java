package dev.flotilla.ui;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.AppState;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.NodeState.Ready;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.state.PodState.Look;
import dev.flotilla.ui.state.Use;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Fleets made by hand: none, the picture's, and large ones.
public final class Fleets {
    public static final Instant NOW = Instant.parse("2026-03-01T14:02:40Z");
    private static final Resources FOUR_CORES = new Resources(4000, 8L << 30);

    private Fleets() {}

    /// The fleet of the design's picture: 4 nodes, 17 pods of 5 apps.
    public static FleetState picture() {
        var pods =
                List.of(
                        pod("web", "7c9f-a1", "pico-1", Look.READY, 0.5),
                        pod("web", "7c9f-k2", "pico-1", Look.READY, 0.3),
                        pod("api", "5d-x9", "pico-1", Look.READY, 0.6),
                        pod("worker", "w-0", "pico-1", Look.READY, 0.15),
                        pod("redis", "redis-0", "pico-1", Look.READY, 0.2),
                        pod("api", "5d-q4", "pico-1", Look.READY, 0.8),
                        pod("web", "7c9f-p7", "pico-2", Look.READY, 0.2),
                        pod("api", "5d-m2", "pico-2", Look.READY, 0.55),
                        pod("worker", "w-1", "pico-2", Look.READY, 0.2),
                        pod("worker", "w-2", "pico-2", Look.READY, 0.75),
                        pod("web", "7c9f-z3", "pico-3", Look.READY, 0.35),
                        pod("web", "7c9f-b8", "pico-3", Look.READY, 0.1),
                        pod("api", "5d-t5", "pico-3", Look.READY, 0.2),
                        pod("batch", "job-17", "pico-3", Look.READY, 0.65),
                        pod("web", "7c9f-r6", "pico-4", Look.READY, 0.6),
                        pod("api", "5d-c1", "pico-4", Look.READY, 0.15),
                        pod("worker", "w-3", "pico-4", Look.READY, 0.4));
        return state(
                List.of(
                        node("pico-1", 11, 0.62, 0.71),
                        node("pico-2", 12, 0.35, 0.44),
                        node("pico-3", 13, 0.48, 0.57),
                        node("pico-4", 14, 0.28, 0.39)),
                pods);
    }

    /// The picture's fleet while pico-3 is gone, with every look a pod can have.
    public static FleetState trouble() {
        var calm = picture();
        var pods = new ArrayList<PodState>();
        for (var p : calm.pods()) {
            pods.add("pico-3".equals(p.node()) ? with(p, p.node(), Look.LOST) : p);
        }
        pods.add(pod("web", "7c9f-n1", "pico-1", Look.STARTING, 0));
        pods.add(pod("web", "7c9f-n2", "pico-4", Look.STARTING, 0));
        pods.add(pod("api", "5d-n3", "pico-2", Look.NOT_READY, 0));
        pods.add(pod("batch", "job-18", "pico-4", Look.SUCCEEDED, 0));
        pods.add(pod("search", "8b2-aaaaa", "pico-4", Look.FAILED, 0));
        pods.add(pod("api", "5d-old", "pico-2", Look.TERMINATING, 0));
        pods.add(pod("gpu", "9f1-zzzzz", null, Look.STARTING, 0));
        pods.add(pod("gpu", "9f1-yyyyy", null, Look.STARTING, 0));
        var nodes = new ArrayList<>(calm.nodes());
        nodes.set(
                2,
                new NodeState(
                        "pico-3",
                        "10.0.0.13",
                        Ready.UNKNOWN,
                        "No answer for 2.1 s",
                        false,
                        FOUR_CORES,
                        Resources.NONE,
                        List.of(),
                        "docker-ssh",
                        NOW.minus(Duration.ofDays(3)),
                        null));
        nodes.set(3, node("pico-4", 14, 0.78, 0.95));
        return state(nodes, pods);
    }

    /// `pods` pods of 12 apps on `nodes` nodes.
    public static FleetState large(int nodes, int pods) {
        var random = new Random(nodes * 31L + pods);
        var apps = "web api worker redis batch search mail cron auth cart image log".split(" ");
        var all = new ArrayList<PodState>();
        for (int i = 0; i < pods; i++) {
            var app = apps[random.nextInt(apps.length)];
            int dice = random.nextInt(100);
            var look =
                    dice < 92
                            ? Look.READY
                            : dice < 95 ? Look.STARTING : dice < 97 ? Look.FAILED : Look.NOT_READY;
            all.add(
                    pod(
                            app,
                            "7c9-%05d".formatted(i),
                            "node-" + (i % nodes + 1),
                            look,
                            random.nextDouble()));
        }
        return state(
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(
                                i ->
                                        node(
                                                "node-" + i,
                                                10 + i % 240,
                                                random.nextDouble(),
                                                random.nextDouble()))
                        .toList(),
                all);
    }

    public static FleetState state(List<NodeState> nodes, List<PodState> pods) {
        var apps =
                pods.stream()
                        .map(PodState::app)
                        .distinct()
                        .sorted()
                        .map(
                                key -> {
                                    var own =
                                            pods.stream().filter(p -> p.app().equals(key)).toList();
                                    int counting =
                                            (int) own.stream().filter(PodState::counts).count();
                                    int ready =
                                            (int)
                                                    own.stream()
                                                            .filter(p -> p.look() == Look.READY)
                                                            .count();
                                    return new AppState(
                                            key,
                                            "Deployment",
                                            counting,
                                            ready,
                                            counting,
                                            counting,
                                            key.name() + ":1",
                                            false,
                                            NOW.minus(Duration.ofHours(5)),
                                            "");
                                })
                        .toList();
        return new FleetState(
                NOW,
                List.of("default", "flotilla-system", "shop"),
                nodes,
                pods,
                apps,
                List.of(),
                List.of());
    }

    public static NodeState node(String name, int address, double cpu, double memory) {
        return new NodeState(
                name,
                "10.0.0." + address,
                Ready.READY,
                "",
                false,
                FOUR_CORES,
                Resources.NONE,
                List.of(),
                "docker-ssh",
                NOW.minus(Duration.ofDays(3)),
                new Use(NOW, (long) (4000 * cpu), (long) (FOUR_CORES.memoryBytes() * memory)));
    }

    public static PodState pod(
            String app, String id, @Nullable String node, Look look, double load) {
        var key = new ObjectKey("shop", id.startsWith(app) ? id : app + "-" + id);
        return new PodState(
                "uid-" + key.name(),
                key,
                new ObjectKey("shop", app),
                "Deployment",
                id,
                node,
                look,
                switch (look) {
                    case READY, NOT_READY -> "Running";
                    case STARTING -> node == null ? "Pending" : "ContainerCreating";
                    case SUCCEEDED -> "Completed";
                    case FAILED -> "ImagePullBackOff";
                    case TERMINATING -> "Terminating";
                    case LOST -> "Unknown";
                },
                node == null ? "0/4 nodes are available: 4 Insufficient cpu" : "",
                0,
                new Resources(250, 128L << 20),
                Resources.NONE,
                app + ":1",
                "10.42.0.7",
                NOW.minus(Duration.ofMinutes(20)),
                null,
                null,
                look == Look.READY ? new Use(NOW, (long) (250 * load), 64L << 20) : null);
    }

    public static PodState with(PodState p, @Nullable String node, Look look) {
        return new PodState(
                p.uid(),
                p.key(),
                p.app(),
                p.appKind(),
                p.shortId(),
                node,
                look,
                p.status(),
                p.message(),
                p.restarts(),
                p.requests(),
                p.limits(),
                p.image(),
                p.ip(),
                p.created(),
                p.movingTo(),
                p.replaces(),
                p.use());
    }
}
