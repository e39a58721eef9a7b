package dev.flotilla.schedule.filter;

import dev.flotilla.schedule.facts.Domains;
import dev.flotilla.schedule.facts.Near.Term;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.Surroundings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Required affinity and anti-affinity to other pods, the pod's own and, against it, that of the
/// pods that are there. Kept change by change.
public final class NearFilter implements Surroundings.Counter {
    public static final String PLUGIN = "InterPodAffinity";

    private final Shape pod;
    private final Surroundings around;
    private final List<Tally> must = new ArrayList<>();
    private final List<Tally> mustNot = new ArrayList<>();
    private final boolean first;

    /// Pods in each domain that would not have this one beside them, by topology key.
    private final Map<String, Tally> unwilling = new HashMap<>();

    private final List<Tally> allUnwilling = new ArrayList<>();

    public NearFilter(Shape pod, Surroundings around) {
        this.pod = pod;
        this.around = around;
        pod.near().must().forEach(t -> must.add(new Tally(around.domains(t.topologyKey()))));
        pod.near().mustNot().forEach(t -> mustNot.add(new Tally(around.domains(t.topologyKey()))));
        first = isAllOf(pod.near().must(), pod);
    }

    @Override
    public void count(Shape other, int place, boolean leaving, int sign) {
        var near = pod.near();
        if (!must.isEmpty() && isAllOf(near.must(), other)) {
            must.forEach(t -> t.add(place, sign));
        }
        for (int i = 0; i < mustNot.size(); i++) {
            if (is(near.mustNot().get(i), other)) {
                mustNot.get(i).add(place, sign);
            }
        }
        for (var term : other.near().mustNot()) {
            if (is(term, pod)) {
                unwilling.computeIfAbsent(term.topologyKey(), this::unwilling).add(place, sign);
            }
        }
    }

    public boolean admits(int place) {
        return noneUnwilling(place) && mustHold(place) && mustNotHold(place);
    }

    public List<Refusal> refusals(int place) {
        if (!mustHold(place)) {
            return refusal(
                    "node(s) didn't match pod affinity rules",
                    "a pod that it must be near is not there",
                    true);
        }
        if (!mustNotHold(place)) {
            return refusal(
                    "node(s) didn't match pod anti-affinity rules",
                    "a pod that it must not be near is there",
                    false);
        }
        return noneUnwilling(place)
                ? List.of()
                : refusal(
                        "node(s) didn't satisfy existing pods anti-affinity rules",
                        "a pod is there that must not be near it",
                        false);
    }

    private Tally unwilling(String topologyKey) {
        var tally = new Tally(around.domains(topologyKey));
        allUnwilling.add(tally);
        return tally;
    }

    private boolean noneUnwilling(int place) {
        for (int i = 0; i < allUnwilling.size(); i++) {
            if (allUnwilling.get(i).at(place) > 0) {
                return false;
            }
        }
        return true;
    }

    /// The first of a group whose pods want to be near each other may go anywhere that has the
    /// labels.
    private boolean mustHold(int place) {
        boolean there = true;
        for (int i = 0; i < must.size(); i++) {
            int pods = must.get(i).at(place);
            if (pods < 0) {
                return false;
            }
            there &= pods > 0;
        }
        return there || (first && nobody());
    }

    private boolean nobody() {
        for (int i = 0; i < must.size(); i++) {
            if (must.get(i).all != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean mustNotHold(int place) {
        for (int i = 0; i < mustNot.size(); i++) {
            if (mustNot.get(i).at(place) > 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isAllOf(List<Term> terms, Shape other) {
        for (var term : terms) {
            if (!is(term, other)) {
                return false;
            }
        }
        return !terms.isEmpty();
    }

    private boolean is(Term term, Shape other) {
        return term.pods().has(other.namespace(), other.labels(), around::namespace);
    }

    private static List<Refusal> refusal(String reason, String sentence, boolean hopeless) {
        return List.of(new Refusal(PLUGIN, reason, sentence, hopeless));
    }

    /// Pods by domain.
    private static final class Tally {
        private final Domains domains;
        private final int[] counts;
        private int all;

        private Tally(Domains domains) {
            this.domains = domains;
            this.counts = new int[domains.count()];
        }

        private void add(int place, int sign) {
            int domain = domains.of(place);
            if (domain >= 0) {
                counts[domain] += sign;
                all += sign;
            }
        }

        /// -1 where there is no domain.
        private int at(int place) {
            int domain = domains.of(place);
            return domain < 0 ? -1 : counts[domain];
        }
    }
}
