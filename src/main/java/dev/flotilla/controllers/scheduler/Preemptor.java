package dev.flotilla.controllers.scheduler;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.owner.PodState;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.schedule.facts.Labels;
import dev.flotilla.schedule.facts.PodView;
import dev.flotilla.schedule.preempt.Budget;
import dev.flotilla.schedule.preempt.Preemption.Outcome;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Makes room for pods of a higher priority: others are told why, and deleted with their grace.
final class Preemptor {
    private static final String TARGET = "DisruptionTarget";
    private static final int ATTEMPTS = 3;

    private final Cluster cluster;
    private final Informer<Pod> pods;
    private final Informer<PodDisruptionBudget> budgets;
    private final InstantSource time;
    private final EventRecorder events;
    private final Scheduling scheduling;

    Preemptor(
            Cluster cluster,
            Informers informers,
            InstantSource time,
            EventRecorder events,
            Scheduling scheduling) {
        this.cluster = cluster;
        this.pods = informers.of(Pod.class);
        this.budgets = informers.of(PodDisruptionBudget.class);
        this.time = time;
        this.events = events;
        this.scheduling = scheduling;
    }

    /// What comes of trying.
    ///
    /// @param nominated the node on which room is made; null for none
    /// @param message why none is, in Kubernetes' words; empty when some is
    record Attempt(@Nullable String nominated, String message) {}

    /// @param pod that found no node
    Attempt attempt(Pod pod, PodView wanted) {
        if (!wanted.shape().preempts()) {
            return new Attempt(
                    wanted.nominated(), "preemption: not eligible due to preemptionPolicy=Never.");
        }
        if (wanted.nominated() != null && scheduling.clears(wanted, wanted.nominated())) {
            return new Attempt(
                    wanted.nominated(),
                    "preemption: not eligible due to a terminating pod on the nominated node.");
        }
        return switch (scheduling.preempt(wanted, budgets())) {
            case Outcome.NoRoom(var message) -> new Attempt(null, "preemption: " + message);
            case Outcome.Room(var node, var victims) -> {
                scheduling.nominate(wanted, node).forEach(this::unnominate);
                victims.forEach(v -> evict(v, pod, node));
                yield new Attempt(node, "");
            }
        };
    }

    /// Its room was taken: it has to look for another.
    private void unnominate(ObjectKey key) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var pod = cluster.get(Pod.class, key);
            if (pod.isEmpty()
                    || pod.get().getStatus().getNominatedNodeName() == null
                    || cluster.updateStatus(pod.get(), nowhere(pod.get())).done()) {
                return;
            }
        }
    }

    private static Pod nowhere(Pod pod) {
        return new PodBuilder(pod).editStatus().withNominatedNodeName(null).endStatus().build();
    }

    private void evict(PodView view, Pod preemptor, String node) {
        var victim = pods.get(view.key());
        if (victim.isEmpty() || !node.equals(PodState.node(victim.get()))) {
            return;
        }
        tell(view.key(), preemptor);
        if (cluster.delete(victim.get(), Deletion.GRACEFUL).done()) {
            events.normal(
                    victim.get(),
                    "Preempted",
                    "Preempted by pod %s on node %s"
                            .formatted(preemptor.getMetadata().getUid(), node));
        }
    }

    /// Its status says why it goes; if others write it all the time, it goes without.
    private void tell(ObjectKey key, Pod preemptor) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var pod = cluster.get(Pod.class, key);
            if (pod.isEmpty()
                    || cluster.updateStatus(pod.get(), told(pod.get(), preemptor)).done()) {
                return;
            }
        }
    }

    private Pod told(Pod victim, Pod preemptor) {
        var scheduler =
                Objects.requireNonNullElse(
                        preemptor.getSpec().getSchedulerName(), "default-scheduler");
        var condition =
                new PodConditionBuilder()
                        .withType(TARGET)
                        .withStatus("True")
                        .withReason("PreemptionByScheduler")
                        .withMessage(
                                scheduler + ": preempting to accommodate a higher priority pod")
                        .withLastTransitionTime(
                                time.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                        .build();
        return Verdicts.with(victim, condition);
    }

    private List<Budget> budgets() {
        return budgets.all().stream().map(Preemptor::budget).toList();
    }

    private static Budget budget(PodDisruptionBudget budget) {
        var spec = budget.getSpec();
        var status = budget.getStatus();
        var gone = status == null ? null : status.getDisruptedPods();
        return new Budget(
                budget.getMetadata().getNamespace(),
                spec == null ? null : Labels.of(spec.getSelector()),
                status == null ? 0 : Objects.requireNonNullElse(status.getDisruptionsAllowed(), 0),
                gone == null ? Set.of() : gone.keySet());
    }
}
