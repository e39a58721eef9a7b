package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.Domains;
import dev.flotilla.schedule.facts.NodeView;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.SpreadRule;
import dev.flotilla.schedule.facts.Surroundings;
import dev.flotilla.schedule.facts.Tolerance;

import io.fabric8.kubernetes.api.model.Taint;

import java.util.List;

/// How many pods of one spread rule each domain holds, kept change by change. Leaving pods, and
/// nodes that the rule leaves out, don't count.
public final class SpreadCount implements Surroundings.Counter {
    private final SpreadRule rule;
    private final String namespace;
    private final Domains domains;
    private final boolean[] eligible;
    private final boolean[] present;
    private final int[] counts;
    private final int known;
    private int least;
    private boolean stale = true;

    /// @param among all rules of the pod that refuse, or all that rank: a node counts only if it
    ///   has the labels of them all
    public SpreadCount(Shape pod, SpreadRule rule, List<SpreadRule> among, Surroundings around) {
        this.rule = rule;
        this.namespace = pod.namespace();
        this.domains = around.domains(rule.topologyKey());
        this.eligible = new boolean[around.places()];
        this.present = new boolean[domains.count()];
        this.counts = new int[domains.count()];
        var others = among.stream().map(r -> around.domains(r.topologyKey())).toList();
        int seen = 0;
        for (int i = 0; i < eligible.length; i++) {
            int place = i;
            eligible[i] =
                    domains.of(i) >= 0
                            && others.stream().allMatch(d -> d.of(place) >= 0)
                            && counted(pod, around.node(i));
            if (eligible[i] && !present[domains.of(i)]) {
                present[domains.of(i)] = true;
                seen++;
            }
        }
        this.known = seen;
    }

    @Override
    public void count(Shape pod, int place, boolean leaving, int sign) {
        if (!leaving
                && place < eligible.length
                && eligible[place]
                && pod.namespace().equals(namespace)
                && rule.counts(pod.labels())) {
            int domain = domains.of(place);
            stale |= sign < 0 || counts[domain] == least;
            counts[domain] += sign;
        }
    }

    public SpreadRule rule() {
        return rule;
    }

    /// The domain of a place; -1 for none.
    public int domain(int place) {
        return domains.of(place);
    }

    /// How many pods are in the domain of the place, which must have one.
    public int at(int place) {
        return counts[domains.of(place)];
    }

    /// The fewest pods that a domain holds; 0 when there are fewer domains than the rule wants.
    public int least() {
        if (stale) {
            least = Integer.MAX_VALUE;
            for (int i = 0; i < counts.length; i++) {
                if (present[i] && counts[i] < least) {
                    least = counts[i];
                }
            }
            stale = false;
        }
        return known < rule.minDomains() ? 0 : least;
    }

    /// What a pod of a domain counts for beside those of other rules: more where there are more
    /// domains, as Kubernetes has it.
    public double share() {
        return Math.log(known + 2.0);
    }

    private boolean counted(Shape pod, NodeView node) {
        var facts = node.known();
        return (!rule.byChoice() || pod.choice().admits(node.name(), facts.labels()))
                && (!rule.byTaints()
                        || Tolerance.untolerated(pod.tolerations(), hard(facts.taints())) == null);
    }

    private static List<Taint> hard(List<Taint> taints) {
        return taints.stream().filter(t -> !"PreferNoSchedule".equals(t.getEffect())).toList();
    }
}
