package dev.flotilla.registry.admission;

import dev.flotilla.registry.kind.Block;

import java.util.List;

/// All steps, in the order in which Kubernetes takes them.
public final class Admission {
    private final List<Step> steps;

    private Admission(List<Step> steps) {
        this.steps = steps;
    }

    /// @param services the addresses that services get
    public static Admission of(Block services) {
        return new Admission(
                List.of(
                        new LiveNamespace(),
                        new Limits(),
                        new Accounts(),
                        new Priorities(),
                        new RuntimeClasses(),
                        new OneDefaultPriority(),
                        new DefaultClasses(),
                        new ClaimGrowth(),
                        new ServiceAddresses(services),
                        new NodePorts()));
    }

    public void fill(Attempt attempt, Surroundings around) {
        steps.forEach(s -> s.fill(attempt, around));
    }

    public void check(Attempt attempt, Surroundings around) {
        steps.forEach(s -> s.check(attempt, around));
    }
}
