package dev.flotilla.schedule;

import dev.flotilla.schedule.NodeView.Facts;

import io.fabric8.kubernetes.api.model.TaintBuilder;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/// The rules, in the order in which a node's first refusal is told.
final class Filters {
    private static final String CORDONED = "node.kubernetes.io/unschedulable";

    static final Filter READY =
            rule(
                    (_, facts, _) -> facts.ready(),
                    (_, _) -> new Refusal("node(s) were not ready", "not ready"));

    static final Filter SCHEDULABLE =
            rule(
                    (pod, facts, _) -> !facts.unschedulable() || toleratesCordon(pod),
                    (_, _) -> new Refusal("node(s) were unschedulable", "cordoned"));

    static final Filter TAINTS =
            rule(
                    (pod, facts, _) ->
                            Tolerance.untolerated(pod.tolerations(), facts.taints()) == null,
                    Filters::untolerated);

    static final Filter CHOICE =
            rule(
                    (pod, facts, node) -> pod.choice().admits(node.name(), facts.labels()),
                    (pod, _) ->
                            new Refusal(
                                    "node(s) didn't match Pod's node affinity/selector",
                                    "needs a node with " + pod.choice()));

    static final Filter FITS =
            new Filter() {
                @Override
                public boolean admits(PodView pod, Facts facts, NodeView node) {
                    return lacksNothing(facts.cpuMillis() - node.usedCpuMillis(), pod.cpuMillis())
                            && lacksNothing(
                                    facts.memoryBytes() - node.usedMemoryBytes(), pod.memoryBytes())
                            && node.pods() < facts.podLimit();
                }

                @Override
                public List<Refusal> refusals(PodView pod, Facts facts, NodeView node) {
                    return shortages(pod, facts, node);
                }
            };

    static final List<Filter> ALL = List.of(READY, SCHEDULABLE, TAINTS, CHOICE, FITS);

    private Filters() {}

    /// A pod that asks for none of a resource fits where that resource is overcommitted.
    private static boolean lacksNothing(long free, long need) {
        return need == 0 || need <= free;
    }

    private static List<Refusal> shortages(PodView pod, Facts facts, NodeView node) {
        var all = new ArrayList<Refusal>();
        if (node.pods() >= facts.podLimit()) {
            all.add(new Refusal("Too many pods", "holds its " + facts.podLimit() + " pods"));
        }
        long cpu = facts.cpuMillis() - node.usedCpuMillis();
        if (!lacksNothing(cpu, pod.cpuMillis())) {
            all.add(
                    new Refusal(
                            "Insufficient cpu",
                            "needs %s CPU, %s free".formatted(cores(pod.cpuMillis()), cores(cpu))));
        }
        long memory = facts.memoryBytes() - node.usedMemoryBytes();
        if (!lacksNothing(memory, pod.memoryBytes())) {
            all.add(
                    new Refusal(
                            "Insufficient memory",
                            "needs %s memory, %s free"
                                    .formatted(bytes(pod.memoryBytes()), bytes(memory))));
        }
        return all;
    }

    private static Refusal untolerated(PodView pod, Facts facts) {
        var taint = Tolerance.untolerated(pod.tolerations(), facts.taints());
        if (taint == null) {
            throw new IllegalArgumentException("asked why not, but every taint is tolerated");
        }
        var value = Tolerance.value(taint.getValue());
        return new Refusal(
                "node(s) had untolerated taint {" + taint.getKey() + ": " + value + "}",
                "taint " + taint.getKey() + (value.isEmpty() ? "" : "=" + value));
    }

    private static boolean toleratesCordon(PodView pod) {
        return Tolerance.covered(
                pod.tolerations(),
                new TaintBuilder().withKey(CORDONED).withEffect("NoSchedule").build());
    }

    static String cores(long millis) {
        var text = String.format(Locale.ROOT, "%.2f", Math.max(0, millis) / 1000.0);
        return text.replaceFirst("\\.?0+$", "");
    }

    static String bytes(long bytes) {
        double mebi = Math.max(0, bytes) / (1024.0 * 1024);
        return mebi < 1024
                ? String.format(Locale.ROOT, "%.0f MiB", mebi)
                : String.format(Locale.ROOT, "%.1f GiB", mebi / 1024);
    }

    private interface Test {
        boolean holds(PodView pod, Facts facts, NodeView node);
    }

    private static Filter rule(Test test, BiFunction<PodView, Facts, Refusal> why) {
        return new Filter() {
            @Override
            public boolean admits(PodView pod, Facts facts, NodeView node) {
                return test.holds(pod, facts, node);
            }

            @Override
            public List<Refusal> refusals(PodView pod, Facts facts, NodeView node) {
                return List.of(why.apply(pod, facts));
            }
        };
    }
}
