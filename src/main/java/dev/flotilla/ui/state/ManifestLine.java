package dev.flotilla.ui.state;

/// What applying one object of a manifest would do.
///
/// @param object `Deployment shop/web`
/// @param message why it is refused, as the API says; empty otherwise
public record ManifestLine(String object, Verdict verdict, String message) {
    /// What would come of it.
    public enum Verdict {
        CREATE,
        CHANGE,
        UNCHANGED,
        REFUSED
    }
}
