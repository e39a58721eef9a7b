package dev.flotilla.schedule.score;

import dev.flotilla.schedule.facts.Domains;
import dev.flotilla.schedule.facts.Near.Term;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Surroundings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Preferred affinity and anti-affinity to other pods: the pod's own, and that of the pods that are
/// there towards it. A pod whose required affinity it meets counts as one that likes it a little.
/// Kept change by change.
public final class NearScore implements Surroundings.Counter {
    /// Kubernetes' default for a required affinity of a pod that is there.
    private static final int HARD = 1;

    private final Shape pod;
    private final Surroundings around;
    private final Map<String, Sums> sums = new HashMap<>();
    private final List<Sums> all = new ArrayList<>();

    public NearScore(Shape pod, Surroundings around) {
        this.pod = pod;
        this.around = around;
    }

    @Override
    public void count(Shape other, int place, boolean leaving, int sign) {
        for (var like : pod.near().likes()) {
            if (is(like.term(), other)) {
                add(like.term(), place, sign * like.weight());
            }
        }
        if (other.near().isEmpty()) {
            return;
        }
        for (var like : other.near().likes()) {
            if (is(like.term(), pod)) {
                add(like.term(), place, sign * like.weight());
            }
        }
        for (var term : other.near().must()) {
            if (is(term, pod)) {
                add(term, place, sign * HARD);
            }
        }
    }

    /// Whether nobody likes or dislikes anybody.
    public boolean silent() {
        return sums.isEmpty();
    }

    /// Any number; the more the better.
    public double raw(int place) {
        long sum = 0;
        for (int i = 0; i < all.size(); i++) {
            var one = all.get(i);
            int domain = one.domains.of(place);
            sum += domain < 0 ? 0 : one.of[domain];
        }
        return sum;
    }

    private void add(Term term, int place, int weight) {
        var one = sums.computeIfAbsent(term.topologyKey(), this::sums);
        int domain = one.domains.of(place);
        if (domain >= 0) {
            one.of[domain] += weight;
        }
    }

    private Sums sums(String topologyKey) {
        var one = new Sums(around.domains(topologyKey));
        all.add(one);
        return one;
    }

    private boolean is(Term term, Shape other) {
        return term.pods().has(other.namespace(), other.labels(), around::namespace);
    }

    private static final class Sums {
        private final Domains domains;
        private final long[] of;

        private Sums(Domains domains) {
            this.domains = domains;
            this.of = new long[domains.count()];
        }
    }
}
