package dev.flotilla.registry.kind;

import dev.flotilla.registry.ResourceType;

import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.function.Function;

/// A group and version in which the objects of a kind are read and written.
///
/// An object is kept once, in its kind's own version; another version is a view of it. What the two
/// ways between them carry over is everything that either version knows.
public interface Version {
    ResourceType type();

    /// Whether objects are shown just as they are kept.
    default boolean verbatim() {
        return false;
    }

    /// @param kept may be changed in place
    /// @return the object as this version shows it
    ObjectNode shown(ObjectNode kept);

    /// @param shown may be changed in place
    /// @return the object as its kind keeps it
    ObjectNode kept(ObjectNode shown);

    /// As [Kind#selectable], of the object as it is kept.
    Map<String, Function<ObjectNode, String>> selectable();

    /// As [Kind#validate], of the object as it is kept.
    void validate(ObjectNode object, Problems problems);

    /// As [Kind#validateCreate], of the object as it is kept.
    void validateCreate(ObjectNode object, Problems problems);

    /// As [Kind#validateUpdate], of the objects as they are kept.
    void validateUpdate(ObjectNode before, ObjectNode after, Problems problems);

    /// The version in which a kind is kept.
    static Version own(Kind kind) {
        return new OwnVersion(kind);
    }
}
