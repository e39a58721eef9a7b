package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Near.Term;
import dev.flotilla.schedule.facts.NodeFacts;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.SpreadRule;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The rules that look beyond one node, as the documentation of Kubernetes says them: each asked
/// anew of all nodes and all pods, nothing kept.
record SlowModel(Map<String, NodeFacts> nodes, List<Standing> pods) {
    record Standing(PodView pod, String node, boolean leaving) {}

    boolean admits(Shape pod, String node) {
        return spreads(pod, node) && near(pod, node) && away(pod, node) && unopposed(pod, node);
    }

    private boolean spreads(Shape pod, String node) {
        var hard = pod.spread().stream().filter(SpreadRule::hard).toList();
        for (var rule : hard) {
            var own = label(node, rule.topologyKey());
            if (own == null) {
                return false;
            }
            var counts = new HashMap<String, Integer>();
            for (var other : nodes.entrySet()) {
                boolean labeled =
                        hard.stream().allMatch(r -> label(other.getKey(), r.topologyKey()) != null);
                if (labeled
                        && (!rule.byChoice()
                                || pod.choice()
                                        .admits(other.getKey(), other.getValue().labels()))) {
                    counts.merge(
                            other.getValue().labels().get(rule.topologyKey()),
                            matching(pod, rule, other.getKey()),
                            Integer::sum);
                }
            }
            int least = counts.values().stream().min(Integer::compare).orElse(1_000_000);
            least = counts.size() < rule.minDomains() ? 0 : least;
            int self = rule.counts(pod.labels()) ? 1 : 0;
            if (counts.getOrDefault(own, 0) + self - least > rule.maxSkew()) {
                return false;
            }
        }
        return true;
    }

    private int matching(Shape pod, SpreadRule rule, String node) {
        return (int)
                pods.stream()
                        .filter(p -> p.node().equals(node) && !p.leaving())
                        .filter(p -> p.pod().shape().namespace().equals(pod.namespace()))
                        .filter(p -> rule.counts(p.pod().shape().labels()))
                        .count();
    }

    private boolean near(Shape pod, String node) {
        var must = pod.near().must();
        if (must.stream().anyMatch(t -> label(node, t.topologyKey()) == null)) {
            return false;
        }
        var liked =
                pods.stream()
                        .filter(p -> must.stream().allMatch(t -> is(t, p.pod().shape())))
                        .toList();
        boolean there =
                must.stream()
                        .allMatch(
                                t ->
                                        liked.stream()
                                                .anyMatch(
                                                        p ->
                                                                same(
                                                                        p.node(),
                                                                        node,
                                                                        t.topologyKey())));
        boolean nowhere =
                liked.stream()
                        .noneMatch(
                                p ->
                                        must.stream()
                                                .anyMatch(
                                                        t ->
                                                                label(p.node(), t.topologyKey())
                                                                        != null));
        return there || (nowhere && must.stream().allMatch(t -> is(t, pod)));
    }

    private boolean away(Shape pod, String node) {
        return pod.near().mustNot().stream()
                .noneMatch(
                        t ->
                                pods.stream()
                                        .filter(p -> is(t, p.pod().shape()))
                                        .anyMatch(p -> same(p.node(), node, t.topologyKey())));
    }

    private boolean unopposed(Shape pod, String node) {
        return pods.stream()
                .noneMatch(
                        p ->
                                p.pod().shape().near().mustNot().stream()
                                        .filter(t -> is(t, pod))
                                        .anyMatch(t -> same(p.node(), node, t.topologyKey())));
    }

    private static boolean is(Term term, Shape pod) {
        return term.pods().has(pod.namespace(), pod.labels(), _ -> Map.of());
    }

    private boolean same(String a, String b, String topologyKey) {
        var value = label(a, topologyKey);
        return value != null && value.equals(label(b, topologyKey));
    }

    private @Nullable String label(String node, String key) {
        var facts = nodes.get(node);
        return facts == null ? null : facts.labels().get(key);
    }
}
