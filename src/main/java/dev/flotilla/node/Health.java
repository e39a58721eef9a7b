package dev.flotilla.node;

/// What is said of a node in its condition Ready.
///
/// @param status `True`, `False` or `Unknown`
/// @param reason Kubernetes' word
record Health(String status, String reason, String message) {
    static final Health READY = new Health("True", "KubeletReady", "the container engine answers");

    static Health silent(String message) {
        return new Health("Unknown", "NodeStatusUnknown", message);
    }
}
