package dev.flotilla.controllers.upkeep;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives a role that gathers others their rules, and no more than those.
final class RoleAggregation implements Reconciler {
    private final Cluster cluster;
    private final Informer<ClusterRole> roles;

    private RoleAggregation(Cluster cluster, Informers informers) {
        this.cluster = cluster;
        roles = informers.of(ClusterRole.class);
    }

    static Loop loop(Cluster cluster, Informers informers, InstantSource time) {
        var reconciler = new RoleAggregation(cluster, informers);
        var loop = new Loop("role-aggregation", reconciler, informers, time);
        reconciler.roles.listen(
                change -> {
                    loop.mark(ObjectKey.of(change.object()));
                    reconciler.roles.all().stream()
                            .filter(r -> r.getAggregationRule() != null)
                            .map(ObjectKey::of)
                            .forEach(loop::mark);
                });
        return loop;
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var found =
                roles.get(key).filter(r -> r.getAggregationRule() != null && !Upkeep.leaving(r));
        if (found.isEmpty()) {
            return Outcome.SETTLED;
        }
        var role = found.get();
        var rules = plan(role, roles.all());
        if (rules.equals(role.getRules())) {
            return Outcome.SETTLED;
        }
        return cluster.update(role, new ClusterRoleBuilder(role).withRules(rules).build()).done()
                ? Outcome.SETTLED
                : Outcome.again(Duration.ofMillis(100));
    }

    /// Selector by selector, and by name among the roles of one, as Kubernetes orders them.
    static List<PolicyRule> plan(ClusterRole role, Collection<ClusterRole> all) {
        var rules = new LinkedHashSet<PolicyRule>();
        for (var selector : role.getAggregationRule().getClusterRoleSelectors()) {
            all.stream()
                    .filter(r -> !ObjectKey.of(r).equals(ObjectKey.of(role)))
                    .filter(r -> selects(selector, labels(r)))
                    .sorted(Comparator.comparing(r -> r.getMetadata().getName()))
                    .forEach(r -> rules.addAll(r.getRules()));
        }
        return List.copyOf(rules);
    }

    private static Map<String, String> labels(ClusterRole role) {
        return Optional.ofNullable(role.getMetadata().getLabels()).orElse(Map.of());
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        var wanted =
                Optional.ofNullable(selector.getMatchLabels()).orElse(Map.<String, String>of());
        return labels.entrySet().containsAll(wanted.entrySet())
                && selector.getMatchExpressions().stream().allMatch(e -> holds(e, labels));
    }

    private static boolean holds(LabelSelectorRequirement e, Map<String, String> labels) {
        var value = labels.get(e.getKey());
        return switch (e.getOperator()) {
            case "In" -> value != null && e.getValues().contains(value);
            case "NotIn" -> value == null || !e.getValues().contains(value);
            case "Exists" -> value != null;
            default -> value == null;
        };
    }
}
