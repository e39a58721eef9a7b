package dev.flotilla.node.health;

/// What is said of a node in its condition Ready.
///
/// @param status `True`, `False` or `Unknown`
/// @param reason Kubernetes' word
public record Health(String status, String reason, String message) {
    /// It answers.
    public static final Health READY =
            new Health("True", "KubeletReady", "the container engine answers");

    /// It does not answer, or nobody asks it.
    ///
    /// @param message why, for people
    public static Health silent(String message) {
        return new Health("Unknown", "NodeStatusUnknown", message);
    }
}
