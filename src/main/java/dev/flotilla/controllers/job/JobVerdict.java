package dev.flotilla.controllers.job;

import dev.flotilla.controllers.owner.PodState;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.SuccessPolicyRule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a Job is to end now, and why, in the words of Kubernetes.
///
/// @param active its pods that run or will
record JobVerdict(Job job, Wish wish, Tally tally, List<Pod> active, Instant now) {
    record Because(String reason, String message) {}

    Optional<Because> failure() {
        return tally.fatal()
                .map(message -> new Because("PodFailurePolicy", message))
                .or(() -> tooOften() ? Optional.of(backoffLimit()) : Optional.empty())
                .or(() -> late() ? Optional.of(deadline()) : Optional.empty())
                .or(this::indexes);
    }

    private static Because backoffLimit() {
        return new Because("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }

    private static Because deadline() {
        return new Because("DeadlineExceeded", "Job was active longer than specified deadline");
    }

    Optional<Because> success(int active) {
        var rule = matching();
        if (rule.isPresent()) {
            return Optional.of(
                    new Because("SuccessPolicy", "Matched rules at index " + rule.get()));
        }
        var completions = wish.completions();
        boolean done =
                completions == null
                        ? tally.succeeded() > 0 && active == 0
                        : tally.succeeded() >= completions;
        return done
                ? Optional.of(
                        new Because(
                                "CompletionsReached", "Reached expected number of succeeded pods"))
                : Optional.empty();
    }

    /// How long it may still run; empty when it may for ever.
    Optional<Duration> timeLeft() {
        var limit = job.getSpec().getActiveDeadlineSeconds();
        var status = job.getStatus();
        if (limit == null || wish.suspended() || status == null || status.getStartTime() == null) {
            return Optional.empty();
        }
        var end = Instant.parse(status.getStartTime()).plusSeconds(limit);
        var left = Duration.between(now, end);
        return Optional.of(left.isNegative() ? Duration.ZERO : left);
    }

    private boolean late() {
        return timeLeft().filter(Duration::isZero).isPresent();
    }

    private boolean tooOften() {
        if (tally.failed() > wish.backoffLimit()) {
            return true;
        }
        var policy = job.getSpec().getTemplate().getSpec().getRestartPolicy();
        if (!"OnFailure".equals(policy)) {
            return false;
        }
        int restarts =
                active.stream()
                        .filter(p -> p.getStatus() != null)
                        .filter(p -> !PodState.phase(p).equals("Unknown"))
                        .flatMap(
                                p ->
                                        Stream.concat(
                                                p.getStatus().getInitContainerStatuses().stream(),
                                                p.getStatus().getContainerStatuses().stream()))
                        .mapToInt(ContainerStatus::getRestartCount)
                        .sum();
        return wish.backoffLimit() == 0 ? restarts > 0 : restarts >= wish.backoffLimit();
    }

    private Optional<Because> indexes() {
        int bad = tally.failedIndexes().size();
        if (wish.perIndex() == null || bad == 0) {
            return Optional.empty();
        }
        var most = job.getSpec().getMaxFailedIndexes();
        if (most != null && bad > most) {
            return Optional.of(
                    new Because(
                            "MaxFailedIndexesExceeded",
                            "Job has exceeded the specified maximal number of failed indexes"));
        }
        return bad + tally.succeeded() >= wish.indexes()
                ? Optional.of(new Because("FailedIndexes", "Job has failed indexes"))
                : Optional.empty();
    }

    /// The number of the first rule of the success policy that is met.
    private Optional<Integer> matching() {
        var policy = job.getSpec().getSuccessPolicy();
        var rules = policy == null ? List.<SuccessPolicyRule>of() : policy.getRules();
        for (int i = 0; i < rules.size(); i++) {
            if (met(rules.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private boolean met(SuccessPolicyRule rule) {
        if (rule.getSucceededIndexes() == null) {
            int wanted = Objects.requireNonNullElse(rule.getSucceededCount(), Integer.MAX_VALUE);
            return tally.completed().size() >= wanted;
        }
        var among = IndexSet.parse(rule.getSucceededIndexes(), wish.indexes());
        int wanted = Objects.requireNonNullElse(rule.getSucceededCount(), among.size());
        return tally.completed().sizeWith(among) >= wanted;
    }
}
