package dev.flotilla.bench;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.ClusterView;
import dev.flotilla.schedule.Placement;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// Pure placements a second of CPU of the one thread that places, all default plugins, each pod
/// counted on its node before the next is placed; by the number of nodes.
public final class PlacementBench {
    private static final int[] NODES = {100, 1_000, 5_000};
    private static final int ZONES = 3;
    private static final int APPS = 10;

    private PlacementBench() {}

    public static void main(String[] args) {
        System.out.printf("%-34s", "placements/s");
        for (int n : NODES) {
            System.out.printf("%,14d nodes", n);
        }
        System.out.println();
        row("plain pods of one app", 1, s -> s);
        row("plain pods of " + APPS + " apps in turn", APPS, s -> s);
        row("with selector and toleration", 1, PlacementBench::picky);
        row("spread over zones (hard)", 1, s -> spread(s, "zone", "DoNotSchedule"));
        row(
                "spread over nodes (hard)",
                1,
                s -> spread(s, "kubernetes.io/hostname", "DoNotSchedule"));
        row("spread over zones (soft)", 1, s -> spread(s, "zone", "ScheduleAnyway"));
        row("anti-affinity by node (preferred)", 1, PlacementBench::apart);
        row("affinity to its like by zone", 1, PlacementBench::together);
    }

    private static void row(String name, int apps, UnaryOperator<PodSpecBuilder> more) {
        System.out.printf("%-34s", name);
        for (int n : NODES) {
            run(n, apps, more);
            System.out.printf("%,20.0f", run(n, apps, more));
        }
        System.out.println();
    }

    /// Measured once some pods are there.
    private static double run(int nodes, int apps, UnaryOperator<PodSpecBuilder> more) {
        var shapes = IntStream.range(0, apps).mapToObj(a -> shape("app-" + a, more)).toList();
        var view = view(nodes);
        int pods = Math.min(nodes * 40, 20_000);
        var cpu = ManagementFactory.getThreadMXBean();
        place(view, shapes, 0, pods / 4);
        long began = cpu.getCurrentThreadCpuTime();
        place(view, shapes, pods / 4, pods);
        return (pods - pods / 4) / ((cpu.getCurrentThreadCpuTime() - began) / 1e9);
    }

    private static void place(ClusterView view, List<Shape> shapes, int from, int to) {
        for (int i = from; i < to; i++) {
            var pod = PodView.of(new ObjectKey("default", "p" + i), shapes.get(i % shapes.size()));
            switch (view.place(pod)) {
                case Placement.On(var node) -> view.put(pod, node, false);
                case Placement.Nowhere nowhere ->
                        throw new IllegalStateException(nowhere.message());
            }
        }
    }

    private static ClusterView view(int nodes) {
        var view = new ClusterView();
        for (int i = 0; i < nodes; i++) {
            view.put(node("n" + i, "z" + i % ZONES));
        }
        return view;
    }

    private static Node node(String name, String zone) {
        return new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("zone", zone)
                .addToLabels("disk", "ssd")
                .endMetadata()
                .withNewSpec()
                .addNewTaint()
                .withKey("team")
                .withValue("red")
                .withEffect("PreferNoSchedule")
                .endTaint()
                .endSpec()
                .withNewStatus()
                .addToAllocatable("cpu", new Quantity("16"))
                .addToAllocatable("memory", new Quantity("64Gi"))
                .addToAllocatable("pods", new Quantity("250"))
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build();
    }

    private static Shape shape(String app, UnaryOperator<PodSpecBuilder> more) {
        var spec =
                more.apply(
                        new PodSpecBuilder()
                                .addNewContainer()
                                .withName("main")
                                .withImage("registry.example/" + app + ":1")
                                .withNewResources()
                                .addToRequests("cpu", new Quantity("100m"))
                                .addToRequests("memory", new Quantity("128Mi"))
                                .endResources()
                                .endContainer());
        var meta = new ObjectMetaBuilder().withName(app).addToLabels("app", app).build();
        return Shape.of("default", meta, "uid-" + app, spec.build());
    }

    private static PodSpecBuilder picky(PodSpecBuilder spec) {
        return spec.addToNodeSelector("disk", "ssd")
                .addNewToleration()
                .withKey("team")
                .withOperator("Exists")
                .endToleration();
    }

    private static PodSpecBuilder spread(PodSpecBuilder spec, String key, String otherwise) {
        return spec.addNewTopologySpreadConstraint()
                .withMaxSkew(1)
                .withTopologyKey(key)
                .withWhenUnsatisfiable(otherwise)
                .withNewLabelSelector()
                .addToMatchLabels("app", "app-0")
                .endLabelSelector()
                .endTopologySpreadConstraint();
    }

    private static PodSpecBuilder apart(PodSpecBuilder spec) {
        return spec.withNewAffinity()
                .withNewPodAntiAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPodAffinityTerm()
                .withTopologyKey("kubernetes.io/hostname")
                .withNewLabelSelector()
                .addToMatchLabels("app", "app-0")
                .endLabelSelector()
                .endPodAffinityTerm()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endPodAntiAffinity()
                .endAffinity();
    }

    private static PodSpecBuilder together(PodSpecBuilder spec) {
        return spec.withNewAffinity()
                .withNewPodAffinity()
                .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                .withTopologyKey("zone")
                .withNewLabelSelector()
                .addToMatchLabels("app", "app-0")
                .endLabelSelector()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endPodAffinity()
                .endAffinity();
    }
}
