package dev.flotilla.controllers.replica;

import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.Marks;

import io.fabric8.kubernetes.api.model.HasMetadata;

import java.util.Optional;

/// The wish `NODE@N` of the mark [Marks#ADD_ON]: the pod that makes them N goes to NODE.
record AddOn(String node, int count) {

    /// Empty when there is none or it can't be read.
    static Optional<AddOn> of(HasMetadata object) {
        var text = Owners.notes(object).get(Marks.ADD_ON);
        if (text == null) {
            return Optional.empty();
        }
        int at = text.lastIndexOf('@');
        try {
            return at < 1
                    ? Optional.empty()
                    : Optional.of(
                            new AddOn(
                                    text.substring(0, at),
                                    Integer.parseInt(text.substring(at + 1))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
