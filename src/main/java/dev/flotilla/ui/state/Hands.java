package dev.flotilla.ui.state;

import java.util.List;
import java.util.Optional;

/// The port through which [Actions] change the cluster. Blocks; called on virtual threads only.
public interface Hands {
    /// Does what the intent says.
    ///
    /// @return what would undo it; empty when nothing can
    /// @throws ActionFailure what failed, on what, and what was answered
    Optional<Intent> act(Intent intent);

    /// Asks where one more replica, or a pod, could run.
    Placement place(Placement.Question question);

    /// What applying these manifests would do, object by object; changes nothing.
    ///
    /// @throws ActionFailure if the text is no manifest, or nobody answers
    List<ManifestLine> preview(String yaml);
}
