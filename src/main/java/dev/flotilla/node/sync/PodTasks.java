package dev.flotilla.node.sync;

import dev.flotilla.cluster.Loop;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.node.memory.Observed;
import dev.flotilla.node.memory.PodMemory;
import dev.flotilla.node.plan.Action;

import io.fabric8.kubernetes.api.model.Pod;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// Runs actions beside the loop, one at a time for each container, and has the loop look at the pod
/// again when one is done. What an unavailable engine left undone is planned again a second later.
///
/// @param loop given late, because the loop needs a reconciler that needs this
public record PodTasks(
        Executor executor, Supplier<Loop> loop, Observed observed, Supplier<PodActions> to) {
    private static final Logger LOG = LoggerFactory.getLogger(PodTasks.class);
    static final Duration LATER = Duration.ofSeconds(1);

    void launch(Pod pod, PodMemory memory, Action action) {
        var key = ObjectKey.of(pod);
        var name = action.container();
        var uid = pod.getMetadata().getUid();
        if (action instanceof Action.Fetch) {
            if (memory.beginFetch(name)) {
                run(key, () -> to.get().act(pod, memory, action), () -> memory.endFetch(name));
            }
        } else if (action instanceof Action.Greet) {
            if (memory.beginHook(name)) {
                run(key, () -> to.get().act(pod, memory, action), () -> observed.stale(uid));
            }
        } else if (memory.begin(name)) {
            run(
                    key,
                    () -> to.get().act(pod, memory, action),
                    () -> {
                        memory.end(name);
                        if (!(action instanceof Action.Prepare)) {
                            observed.stale(uid);
                        }
                    });
        }
    }

    void launchRemoval(ObjectKey key, String uid, PodMemory memory, Action action) {
        var name = action.container();
        if (action instanceof Action.Remove removal && memory.begin(name)) {
            run(
                    key,
                    () -> to.get().remove(removal),
                    () -> {
                        memory.end(name);
                        observed.stale(uid);
                    });
        }
    }

    private void run(ObjectKey key, Runnable work, Runnable after) {
        executor.execute(
                () -> {
                    var again = Duration.ZERO;
                    try {
                        work.run();
                    } catch (RuntimeUnavailable e) {
                        again = LATER;
                    } catch (RuntimeException e) {
                        again = LATER;
                        LOG.warn("pod {}: an action failed and is tried again", key, e);
                    } finally {
                        after.run();
                        loop.get().markAfter(key, again);
                    }
                });
    }
}
