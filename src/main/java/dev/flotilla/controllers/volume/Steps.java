package dev.flotilla.controllers.volume;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.EventRecorder;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.volume.Step.Word;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// Takes the steps that a plan asks for.
record Steps(Cluster cluster, EventRecorder events) {
    Outcome take(HasMetadata about, Step step) {
        return switch (step) {
            case Step.Put<?> put -> told(about, put(put), put.word());
            case Step.PutStatus<?> put -> told(about, putStatus(put), put.word());
            case Step.Make(var object, var word) -> told(about, cluster.create(object), word);
            case Step.Remove(var object) ->
                    told(about, cluster.delete(object, Deletion.GRACEFUL), null);
            case Step.Say(var word) -> {
                say(about, word);
                yield Outcome.SETTLED;
            }
            case Step.Nothing() -> Outcome.SETTLED;
        };
    }

    private <T extends HasMetadata> Written<T> put(Step.Put<T> put) {
        return cluster.update(put.before(), put.after());
    }

    private <T extends HasMetadata> Written<T> putStatus(Step.PutStatus<T> put) {
        return cluster.updateStatus(put.before(), put.after());
    }

    private Outcome told(HasMetadata about, Written<?> written, @Nullable Word word) {
        return switch (written) {
            case Written.Done<?> _ -> {
                if (word != null) {
                    say(about, word);
                }
                yield Outcome.again(Duration.ZERO);
            }
            case Written.Conflict<?> _ -> Outcome.again(Duration.ZERO);
            case Written.Refused<?> _ -> Outcome.REFUSED;
        };
    }

    private void say(HasMetadata about, Word word) {
        if (word.warning()) {
            events.warning(about, word.reason(), word.message());
        } else {
            events.normal(about, word.reason(), word.message());
        }
    }
}
