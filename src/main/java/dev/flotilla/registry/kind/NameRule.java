package dev.flotilla.registry.kind;

import dev.flotilla.registry.tree.Names;

import java.util.List;

/// What the name of an object must look like.
public enum NameRule {
    SUBDOMAIN,
    LABEL,
    /// As a label, but it begins with a letter.
    SERVICE,
    /// Anything that can stand in a path.
    SEGMENT;

    /// All reasons why no name that begins so will do. A dash at its end is followed by more.
    public List<String> refusalsOfStart(String start) {
        return refusals(
                start.length() > 1 && start.endsWith("-")
                        ? start.substring(0, start.length() - 2) + "a"
                        : start);
    }

    /// All reasons why the name won't do.
    public List<String> refusals(String name) {
        return switch (this) {
            case SUBDOMAIN -> Names.subdomain(name);
            case LABEL -> Names.label(name);
            case SERVICE -> Names.serviceLabel(name);
            case SEGMENT -> Names.segment(name);
        };
    }
}
