package dev.flotilla.registry.kind;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.table.Column;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/// Everything that is particular to one kind. What is not overridden is as for most kinds.
///
/// The trees given here have the types that the schema asks for; the methods may change `object`
/// and `after` in place, never `before`.
public interface Kind {
    ResourceType type();

    /// Other versions of it, after [#type] in the order of discovery.
    default List<Version> versions() {
        return List.of();
    }

    /// What a name must look like.
    default NameRule names() {
        return NameRule.SUBDOMAIN;
    }

    /// Whether `metadata.generation` counts the changes of what is wanted.
    default boolean generation() {
        return false;
    }

    /// Fills in what was left out, on each write.
    default void defaults(ObjectNode object) {}

    /// The last touch before validation of a new object: its first status, what the server sets.
    default void prepareCreate(ObjectNode object) {}

    /// The last touch before validation of a change.
    default void prepareUpdate(ObjectNode before, ObjectNode after) {}

    default void validate(ObjectNode object, Problems problems) {}

    /// What holds of new objects alone; [#validate] is called too.
    default void validateCreate(ObjectNode object, Problems problems) {}

    /// What may not change; [#validate] is called too.
    default void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {}

    /// What a change of a part that is neither the whole, the scale nor the status must not do;
    /// [#validate] is called too.
    default void validatePart(
            Subresource part, ObjectNode before, ObjectNode after, Problems problems) {
        validateUpdate(before, after, problems);
    }

    /// What a new status must not say; called in place of those above.
    default void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {}

    /// Whether a write counts as a change of what is wanted, beside one outside of `metadata` and
    /// `status`.
    default boolean wishesMore(ObjectNode before, ObjectNode after) {
        return false;
    }

    /// Whether an update may leave out which version of the object it is about.
    default boolean unconditionalUpdate() {
        return true;
    }

    /// Whether what the object owns stays when it is deleted and nothing else is asked for.
    default boolean orphans() {
        return false;
    }

    /// Whether objects of the kind may own others.
    default boolean mayOwn() {
        return true;
    }

    /// What a person should know who deletes the object without saying what becomes of what it
    /// owns.
    default Optional<String> deletionWarning() {
        return Optional.empty();
    }

    /// What `fieldSelector` may name, beside `metadata.name` and `metadata.namespace`.
    default Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of();
    }

    /// kubectl's columns, Name first.
    default List<Column> columns() {
        return List.of(Column.NAME, Column.AGE);
    }

    /// Whether its values are encrypted where they are kept.
    default boolean sealed() {
        return false;
    }

    /// Created requests are answered and not kept.
    default boolean virtual() {
        return false;
    }

    /// Whether a PUT may create the object.
    default boolean createOnUpdate() {
        return false;
    }

    /// How long the object stays after its deletion is asked for; empty: it goes at once.
    default OptionalLong grace(ObjectNode object, OptionalLong asked) {
        return OptionalLong.empty();
    }

    /// Whether the object, marked as deleted, is still held by something of its kind's own.
    default boolean held(ObjectNode object) {
        return false;
    }

    /// Whether a new object may bring its status along.
    default boolean statusAtBirth() {
        return false;
    }

    /// Why the object may not be deleted.
    default Optional<String> undeletable(ObjectNode object) {
        return Optional.empty();
    }

    /// Whether a deletion that ends at once answers the object and not a Status.
    default boolean answersDeleted() {
        return false;
    }

    /// What only one object may hold at a time, such as an address: `{what}/{which}`.
    default Set<String> claims(ObjectNode object) {
        return Set.of();
    }

    /// What comes into being together with a new object.
    default List<Companion> companions(ObjectNode object) {
        return List.of();
    }

    /// Called once when a deletion is asked for that does not end at once.
    default void terminating(ObjectNode object) {}
}
