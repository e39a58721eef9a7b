package dev.flotilla.server.call;

import dev.flotilla.registry.ResourceType;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Some of the API's kinds, and who answers for them.
public interface Resources {
    List<ResourceType> types();

    /// The parts of such an object that have a path of their own.
    List<Part> parts(ResourceType type);

    /// The version in which objects of that type are kept; empty where none are kept.
    default Optional<ResourceType> kept(ResourceType type) {
        return Optional.empty();
    }

    /// Answers one request about objects of that type.
    void serve(Call call, Route.Resource at, ResourceType type) throws IOException;

    /// A part of an object as discovery tells of it.
    ///
    /// @param name such as `scale`
    /// @param group of the body's kind, empty for the core
    record Part(String name, String group, String version, String kind, List<String> verbs) {}
}
