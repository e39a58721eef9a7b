package dev.flotilla.node;

import dev.flotilla.node.copy.FolderArchives;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.stream.ContainerStreams;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// What the kubelet needs of a container engine on one node. Three implement it: Docker over SSH,
/// Docker on this computer, and simulation.
///
/// Every call may block for as long as the engine takes and throws [RuntimeUnavailable] when the
/// node or its engine does not answer. All calls may be made at the same time from several threads.
public interface ContainerRuntime extends AutoCloseable {
    /// What the node is; also proves that the engine answers.
    NodeInfo info();

    /// A round trip to the engine, as cheap as can be: the heartbeat.
    void ping();

    /// Makes the network that pods attach to, if it is not there as asked.
    void ensureNetwork(PodNetwork network);

    /// Every container that carries Flotilla's labels, running or not.
    List<ContainerState> containers();

    /// The containers whose label [PodLabels#UID] is `podUid`, the same way but cheaper.
    List<ContainerState> containers(String podUid);

    /// Creates a container, not started, and gives its id. A container with the same name that
    /// carries the same pod uid is taken as it is.
    ///
    /// @throws RefusedByEngine if the engine says no, with its words
    String create(ContainerSpec spec);

    /// Starts a container that does not run. The engine's count of its restarts begins anew, as
    /// Docker's does. Running already is no error.
    ///
    /// @throws RefusedByEngine if the engine says no, with its words
    void start(String id);

    /// Asks the container to stop and kills it after `grace`. Gone or stopped already is no error.
    void stop(String id, Duration grace);

    /// Removes the container, killing it if it runs. Gone already is no error.
    void remove(String id);

    boolean hasImage(String image);

    /// Whom the image's process runs as: a uid or a name, with a group behind a colon or without;
    /// empty is root, or an image that isn't there.
    String userOf(String image);

    /// Puts on the node's disk what a pod needs; what is there already stays.
    ///
    /// @throws RefusedByEngine if the node can't, such as a path of it that is no folder
    void place(PodFiles files);

    /// Takes away all that was placed for a pod, and what it wrote there.
    void clear(PodFolder folder);

    /// What was placed for a cluster and neither cleared nor dropped.
    Placed placed(String cluster);

    /// Bytes that lie in folders of the node, by folder; of one that isn't there nothing is told.
    /// Slow: every file is looked at. A runtime that keeps no files tells of none.
    default Map<String, Long> filled(Collection<String> folders) {
        return Map.of();
    }

    /// Takes a PersistentVolume of a cluster away, with all that it holds.
    void drop(String cluster, String volume);

    /// Pulls an image; returns when it is there.
    ///
    /// @param login null to pull as nobody
    /// @param progress told often, from the thread that calls
    /// @throws RefusedByEngine if it can't be had, with the engine's words
    void pull(String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress);

    /// Its images.
    ImageStore images();

    /// Asks a container something; no answer within the check's time is an answer that is not well.
    Check.Answer check(Check check);

    /// What a container that ended left to be told; empty if nothing.
    String lastWords(Will will);

    /// The use of node and containers now; counters are absolute, see [Sample].
    Sample sample();

    /// What the node's folders hold, as archives.
    FolderArchives folders();

    /// What flows to and from containers.
    ContainerStreams streams();

    /// Tells `listener` soon after anything happened to a container of ours, and when the stream of
    /// events broke and was opened again: it then may have missed some and reads [#containers].
    Subscription onEvent(Consumer<Happening> listener);

    @Override
    void close();

    /// @param pods their uids
    /// @param volumes names of PersistentVolumes
    record Placed(Set<String> pods, Set<String> volumes) {}

    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /// Something changed.
    ///
    /// @param podUid of the container it happened to; empty when the stream was opened anew
    /// @param death set if a container ended: an engine that restarts it at once soon forgets how
    ///   it ended
    record Happening(String podUid, @Nullable Death death) {
        public Happening(String podUid) {
            this(podUid, null);
        }
    }

    /// A container ended.
    ///
    /// @param outOfMemory whether the kernel ended it
    record Death(String containerId, int exitCode, boolean outOfMemory, Instant at) {
        public Death(String containerId, int exitCode, Instant at) {
            this(containerId, exitCode, false, at);
        }
    }

    /// Where a container that ended left what is to be told of it.
    ///
    /// @param file on the node, empty if there is none; emptied when it was read, for the next run
    /// @param fileBytes at most so many, the last ones
    /// @param logBytes of the log's end instead if the file says nothing; 0 for none
    /// @param logLines at most so many
    record Will(String containerId, String file, int fileBytes, int logBytes, int logLines) {}

    /// The engine answered, and the answer is no.
    final class RefusedByEngine extends RuntimeException {
        private static final long serialVersionUID = 1;

        public RefusedByEngine(String message) {
            super(message);
        }
    }

    /// The node or its engine did not answer; what was asked may or may not have happened.
    final class RuntimeUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public RuntimeUnavailable(String message) {
            super(message);
        }

        public RuntimeUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
