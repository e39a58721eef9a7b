package dev.flotilla.node;

import dev.flotilla.cluster.PodToken;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What must be on a node's disk before a pod's containers are made there.
///
/// @param folders that begin empty
/// @param trees of files that the cluster holds
/// @param paths of the node itself
/// @param kept folders that outlive the pod
/// @param parts of volumes that containers see instead of the whole
/// @param notes paths of files that begin empty, for anybody to write into
public record PodFiles(
        PodFolder folder,
        List<Folder> folders,
        List<Tree> trees,
        List<HostPath> paths,
        List<Kept> kept,
        List<Part> parts,
        List<String> notes) {
    public PodFiles(
            PodFolder folder,
            List<Folder> folders,
            List<Tree> trees,
            List<HostPath> paths,
            List<Kept> kept,
            List<Part> parts) {
        this(folder, folders, trees, paths, kept, parts, List.of());
    }

    public boolean isEmpty() {
        return folders.isEmpty()
                && trees.isEmpty()
                && paths.isEmpty()
                && kept.isEmpty()
                && parts.isEmpty()
                && notes.isEmpty();
    }

    /// What a volume is made of.
    public enum Medium {
        DISK,
        MEMORY
    }

    /// An emptyDir: made once, then the pod's own.
    ///
    /// @param sizeBytes of a memory's own, 0 for no bound
    /// @param group that owns it and all that is made in it
    public record Folder(String name, Medium medium, long sizeBytes, OptionalLong group) {}

    /// Files that change together: who reads sees either all old or all new ones.
    ///
    /// @param files by path below the volume, such as `tls/ca.crt`
    public record Tree(
            String name, Medium medium, OptionalLong group, Map<String, Content> files) {}

    /// @param known what it holds; empty for a token
    /// @param token that it holds, if it does
    /// @param base64 whether `known` says it so
    /// @param mode permission bits
    public record Content(String known, @Nullable PodToken token, boolean base64, int mode) {
        public Content(String text, boolean base64, int mode) {
            this(text, null, base64, mode);
        }

        public Content(PodToken token, int mode) {
            this("", token, false, mode);
        }

        /// What it holds.
        public String text() {
            return token == null ? known : token.text();
        }

        /// It may be secret.
        @Override
        public String toString() {
            return token == null
                    ? "%d characters, mode %o".formatted(known.length(), mode)
                    : "%s, mode %o".formatted(token, mode);
        }
    }

    /// A path of the node.
    ///
    /// @param type Kubernetes' word, such as `DirectoryOrCreate`; empty for no check
    public record HostPath(String path, String type, OptionalLong group) {}

    /// The folder of a PersistentVolume, made if it isn't there.
    ///
    /// @param volume its name; empty if it isn't ours to take away
    public record Kept(String path, String volume, OptionalLong group) {}

    /// Made as a folder if it isn't there; never outside the volume.
    ///
    /// @param volume where that lies
    public record Part(String volume, String path) {}
}
