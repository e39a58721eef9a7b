package dev.flotilla.registry.admission;

/// One question asked of a write. Refuses by an [dev.flotilla.registry.ApiFailure].
public interface Step {
    /// Fills in what was left out. Runs before the object is checked by its kind's rules.
    default void fill(Attempt attempt, Surroundings around) {}

    /// Looks at the object as it would be stored.
    default void check(Attempt attempt, Surroundings around) {}
}
