package dev.flotilla.registry.schema;

/// A value of another type than its field's.
public final class WrongType extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String inPatch;

    /// @param message as Kubernetes says it of a body that it decodes
    /// @param inPatch as it says it of a tree that it converts, which is what a strategic patch
    ///   leaves
    WrongType(String message, String inPatch) {
        super(message);
        this.inPatch = inPatch;
    }

    WrongType(String message) {
        this(message, message);
    }

    public String inPatch() {
        return inPatch;
    }
}
