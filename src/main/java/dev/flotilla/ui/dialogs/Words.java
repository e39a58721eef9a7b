package dev.flotilla.ui.dialogs;

/// A failure in words.
final class Words {
    private Words() {}

    /// What the failure, or what lies inside its wrapping, says.
    static String of(Throwable failure) {
        var cause = failure.getCause() == null ? failure : failure.getCause();
        var said = failure.getMessage();
        return said != null && !said.contains("Exception")
                ? said
                : String.valueOf(cause.getMessage());
    }
}
