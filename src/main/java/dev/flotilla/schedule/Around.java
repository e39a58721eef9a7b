package dev.flotilla.schedule;

import dev.flotilla.schedule.facts.Near.Liking;
import dev.flotilla.schedule.facts.Near.Term;
import dev.flotilla.schedule.facts.Refusal;
import dev.flotilla.schedule.facts.Shape;
import dev.flotilla.schedule.facts.SpreadRule;
import dev.flotilla.schedule.facts.Surroundings;
import dev.flotilla.schedule.filter.NearFilter;
import dev.flotilla.schedule.filter.Runtimes;
import dev.flotilla.schedule.filter.SpreadFilter;
import dev.flotilla.schedule.filter.Volumes;
import dev.flotilla.schedule.score.NearScore;
import dev.flotilla.schedule.score.SpreadScore;
import dev.flotilla.schedule.score.Weight;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// The rules and scores of a [Plan] that look beyond one node. Those that say nothing for this
/// shape are absent.
final class Around implements Surroundings.Counter {
    private final Shape pod;
    private final ClusterView view;
    private final boolean spreadsFirst;
    private @Nullable SpreadFilter spread;
    private @Nullable SpreadScore soft;
    private @Nullable NearFilter near;
    private @Nullable NearScore likes;
    private @Nullable Volumes volumes;
    private @Nullable Runtimes runtimes;
    private final Scale softScale = new Scale();
    private final Scale likesScale = new Scale();

    Around(Shape pod, ClusterView view) {
        this.pod = pod;
        this.view = view;
        this.spreadsFirst = pod.spread().isEmpty() && !likesItsLike();
    }

    /// Whether a pod came that cares who is near, and that nobody counted yet.
    boolean lacks() {
        return near == null && view.anyCares();
    }

    void rebuild() {
        spread =
                pod.spread().stream().anyMatch(SpreadRule::hard)
                        ? new SpreadFilter(pod, view)
                        : null;
        soft = SpreadScore.asked(pod) ? new SpreadScore(pod, view) : null;
        boolean cares = !pod.near().isEmpty();
        near = cares || view.anyCares() ? new NearFilter(pod, view) : null;
        likes = near == null ? null : new NearScore(pod, view);
        if (cares || !pod.spread().isEmpty()) {
            view.tellPods(this);
        } else if (near != null) {
            view.tellCaring(this);
        }
    }

    /// Looks at what is not kept change by change.
    void refresh() {
        volumes = pod.claims().isEmpty() ? null : new Volumes(pod, view.storage(), view::mounts);
        var handler = view.storage().handler(pod.runtimeClass());
        runtimes = handler == null ? null : new Runtimes(pod.runtimeClass(), handler);
    }

    @Override
    public void count(Shape other, int place, boolean leaving, int sign) {
        if (spread != null) {
            spread.count(other, place, leaving, sign);
        }
        if (soft != null) {
            soft.count(other, place, leaving, sign);
        }
        if (near != null) {
            near.count(other, place, leaving, sign);
        }
        if (likes != null) {
            likes.count(other, place, leaving, sign);
        }
    }

    @Nullable Refusal everywhere() {
        return volumes == null ? null : volumes.everywhere();
    }

    boolean refusesAll() {
        return everywhere() != null;
    }

    boolean admits(int place) {
        return (spread == null || spread.admits(place))
                && (near == null || near.admits(place))
                && (volumes == null || volumes.admits(view.node(place)))
                && (runtimes == null || runtimes.admits(view.node(place)));
    }

    List<Refusal> refusals(int place) {
        var first = runtimes == null ? List.<Refusal>of() : runtimes.refusals(view.node(place));
        if (first.isEmpty() && volumes != null) {
            first = volumes.refusals(view.node(place));
        }
        if (first.isEmpty() && spread != null) {
            first = spread.refusals(place);
        }
        return first.isEmpty() && near != null ? near.refusals(place) : first;
    }

    /// Whether pods of one owner are spread over the nodes before scores are asked: unless they say
    /// for themselves how they are to lie.
    boolean spreadsFirst() {
        return spreadsFirst;
    }

    /// Whether there are points to add to what each node has by itself.
    boolean ranks() {
        return !spreadsFirst || soft != null || (likes != null && !likes.silent());
    }

    /// Whether there are rules that may refuse a node.
    boolean refuses() {
        return spread != null || near != null || volumes != null || runtimes != null;
    }

    /// To be called before [#see] is for each node that will do; then [#points] can tell.
    void beginSeeing() {
        softScale.clear(soft == null ? 0 : view.places());
        likesScale.clear(likes == null ? 0 : view.places());
    }

    void see(int place) {
        if (soft != null) {
            softScale.see(place, soft.raw(place));
        }
        if (likes != null) {
            likesScale.see(place, likes.raw(place));
        }
    }

    /// What to add for a node, weighted.
    ///
    /// @param here how many pods of the same owner it has
    double points(int place, int here) {
        return (spreadsFirst ? 0 : Weight.APP_SPREAD.weight() * few(here))
                + (soft == null ? 0 : Weight.TOPOLOGY_SPREAD.weight() * softScale.of(place))
                + (likes == null || likes.silent()
                        ? 0
                        : Weight.POD_AFFINITY.weight() * likesScale.of(place));
    }

    /// Tells each by itself, 0 to 100.
    void tell(int place, int here, BiConsumer<Weight, Double> to) {
        if (!pod.owner().isEmpty()) {
            to.accept(Weight.APP_SPREAD, few(here));
        }
        if (soft != null) {
            to.accept(Weight.TOPOLOGY_SPREAD, softScale.of(place));
        }
        if (likes != null && !likes.silent()) {
            to.accept(Weight.POD_AFFINITY, likesScale.of(place));
        }
    }

    private static double few(int here) {
        return 100.0 / (1 + here);
    }

    private boolean likesItsLike() {
        return Stream.concat(
                        pod.near().must().stream(),
                        pod.near().likes().stream().filter(l -> l.weight() > 0).map(Liking::term))
                .map(Term::pods)
                .anyMatch(p -> p.has(pod.namespace(), pod.labels(), view::namespace));
    }

    /// Raw scores of the nodes that will do, and their range.
    private static final class Scale {
        private double[] raw = new double[0];
        private double least;
        private double most;

        private void clear(int places) {
            raw = raw.length == places ? raw : new double[places];
            least = Double.POSITIVE_INFINITY;
            most = Double.NEGATIVE_INFINITY;
        }

        private void see(int place, double score) {
            raw[place] = score;
            if (score != Double.NEGATIVE_INFINITY) {
                least = Math.min(least, score);
                most = Math.max(most, score);
            }
        }

        /// 0 for the least, 100 for the most; all alike have 0.
        private double of(int place) {
            return raw[place] <= least || most <= least
                    ? 0
                    : 100 * (raw[place] - least) / (most - least);
        }
    }
}
