package dev.flotilla.node.plan;

import dev.flotilla.model.Ephemeral;
import dev.flotilla.node.ContainerSpec.Mount;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFiles.Folder;
import dev.flotilla.node.PodFiles.HostPath;
import dev.flotilla.node.PodFiles.Kept;
import dev.flotilla.node.PodFiles.Medium;
import dev.flotilla.node.PodFiles.Part;
import dev.flotilla.node.PodFiles.Tree;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.Shape;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HostPathVolumeSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The volumes of a pod: what has to lie on the node, and where containers see it.
public final class Volumes {
    private static final String API_ACCESS = "kube-api-access-";

    private final Pod pod;
    private final PodFolder folder;
    private final FileTrees trees;
    private final Lookup lookup;
    private final OptionalLong group;
    private final List<Folder> folders = new ArrayList<>();
    private final List<Tree> made = new ArrayList<>();
    private final List<HostPath> paths = new ArrayList<>();
    private final List<Kept> kept = new ArrayList<>();
    private final Map<String, Place> places = new HashMap<>();

    /// @param live whether its content changes under the container: then the link is followed
    private record Place(String path, boolean live, boolean readOnly) {}

    private Volumes(Pod pod, String cluster, FileTrees trees, Lookup lookup) {
        this.pod = pod;
        this.folder = new PodFolder(cluster, pod.getMetadata().getUid());
        this.trees = trees;
        this.lookup = lookup;
        var security = pod.getSpec().getSecurityContext();
        var asked = security == null ? null : security.getFsGroup();
        this.group = asked == null ? OptionalLong.empty() : OptionalLong.of(asked);
    }

    /// @throws Environment.Missing if what a volume refers to isn't there, said as Kubernetes does
    static Volumes of(Pod pod, String cluster, ContainerSpecs.Host host, Lookup lookup) {
        var volumes = new Volumes(pod, cluster, new FileTrees(pod, host, lookup), lookup);
        pod.getSpec().getVolumes().stream().filter(v -> isMounted(v, pod)).forEach(volumes::add);
        return volumes;
    }

    /// Whether the pod has any that its node must make ready.
    public static boolean any(Pod pod) {
        return pod.getSpec().getVolumes().stream().anyMatch(v -> isMounted(v, pod))
                || Shape.containers(pod).stream().anyMatch(Volumes::isNoted);
    }

    /// Whether somebody asked for any: what every pod gets it can do without on a node that gives
    /// nobody the rights of root.
    public static boolean asked(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(v -> isMounted(v, pod) && !v.getName().startsWith(API_ACCESS));
    }

    /// When a token of it is to be replaced; null if there is none.
    public @Nullable Instant renewal() {
        return trees.renewal();
    }

    public PodFiles files() {
        return new PodFiles(
                folder,
                List.copyOf(folders),
                List.copyOf(made),
                List.copyOf(paths),
                List.copyOf(kept),
                List.of(),
                Shape.containers(pod).stream()
                        .filter(Volumes::isNoted)
                        .map(c -> folder.note(c.getName()))
                        .toList());
    }

    /// The parts of volumes that the container alone needs; nothing if it sees them whole.
    public PodFiles parts(Container container, Map<String, String> environment) {
        var parts = new ArrayList<Part>();
        for (var mount : container.getVolumeMounts()) {
            var place = places.get(mount.getName());
            var part = place == null || place.live ? "" : part(mount, environment);
            if (place != null && !part.isEmpty()) {
                parts.add(new Part(place.path, part));
            }
        }
        return new PodFiles(folder, List.of(), List.of(), List.of(), List.of(), List.copyOf(parts));
    }

    /// Where the container sees them.
    ///
    /// @param environment of the container, for `subPathExpr`
    public List<Mount> mounts(Container container, Map<String, String> environment) {
        var mounts = new ArrayList<Mount>();
        for (var mount : container.getVolumeMounts()) {
            var place = places.get(mount.getName());
            if (place != null) {
                mounts.add(
                        new Mount(
                                source(place, mount, environment),
                                mount.getMountPath(),
                                place.readOnly || Boolean.TRUE.equals(mount.getReadOnly()),
                                propagation(mount)));
            }
        }
        if (isNoted(container)) {
            mounts.add(
                    new Mount(
                            folder.note(container.getName()),
                            container.getTerminationMessagePath(),
                            false,
                            ""));
        }
        return List.copyOf(mounts);
    }

    /// Whether a file of the node takes up what the container tells of its end.
    public static boolean isNoted(Container container) {
        var path = container.getTerminationMessagePath();
        return path != null
                && path.startsWith("/")
                && container.getVolumeMounts().stream()
                        .noneMatch(m -> m.getMountPath().equals(path));
    }

    private void add(Volume volume) {
        if (volume.getEmptyDir() != null) {
            empty(volume.getName(), volume.getEmptyDir());
        } else if (volume.getHostPath() != null) {
            hostPath(volume.getName(), volume.getHostPath());
        } else if (volume.getPersistentVolumeClaim() != null) {
            var source = volume.getPersistentVolumeClaim();
            claim(
                    volume.getName(),
                    source.getClaimName(),
                    false,
                    Boolean.TRUE.equals(source.getReadOnly()));
        } else if (volume.getEphemeral() != null) {
            var name = volume.getName();
            claim(name, Ephemeral.claim(pod, name), true, false);
        } else {
            trees.of(volume).ifPresent(tree -> tree(volume.getName(), tree));
        }
    }

    private void empty(String name, EmptyDirVolumeSource source) {
        var medium = "Memory".equals(source.getMedium()) ? Medium.MEMORY : Medium.DISK;
        var limit = source.getSizeLimit();
        long bytes = limit == null ? 0 : Quantity.getAmountInBytes(limit).longValue();
        folders.add(new Folder(name, medium, bytes, group));
        places.put(name, new Place(path(name, medium), false, false));
    }

    private void hostPath(String name, HostPathVolumeSource source) {
        var type = source.getType() == null ? "" : source.getType();
        paths.add(new HostPath(source.getPath(), type, OptionalLong.empty()));
        places.put(name, new Place(source.getPath(), false, false));
    }

    /// @param owned whether the claim has to be the pod's own
    private void claim(String name, String claim, boolean owned, boolean readOnly) {
        var volume =
                lookup.claimed(pod, claim, owned)
                        .orElseThrow(
                                () ->
                                        new Environment.Missing(
                                                "persistentvolumeclaim \"%s\" is not bound to a volume of this node"
                                                        .formatted(claim)));
        kept.add(new Kept(volume.path(), volume.ours() ? volume.name() : "", group));
        places.put(name, new Place(volume.path(), false, readOnly));
    }

    private void tree(String name, FileTrees.Made tree) {
        made.add(new Tree(name, tree.medium(), group, tree.files()));
        places.put(name, new Place(path(name, tree.medium()), true, true));
    }

    private String path(String name, Medium medium) {
        return folder.of(name, medium);
    }

    /// A part of a volume is mounted as it is when the container starts.
    private static String source(Place place, VolumeMount mount, Map<String, String> environment) {
        var part = part(mount, environment);
        return part.isEmpty() ? place.path : place.path + (place.live ? "/..data/" : "/") + part;
    }

    private static String part(VolumeMount mount, Map<String, String> environment) {
        var expression = mount.getSubPathExpr();
        if (expression != null && !expression.isEmpty()) {
            var part = Expansion.of(expression, environment);
            if (part.startsWith("/") || List.of(part.split("/", -1)).contains("..")) {
                throw new Environment.Missing(
                        "subPathExpr \""
                                + expression
                                + "\" becomes \""
                                + part
                                + "\", which leaves the volume");
            }
            return part;
        }
        return mount.getSubPath() == null ? "" : mount.getSubPath();
    }

    private static String propagation(VolumeMount mount) {
        return switch (mount.getMountPropagation() == null ? "" : mount.getMountPropagation()) {
            case "HostToContainer" -> "rslave";
            case "Bidirectional" -> "rshared";
            default -> "";
        };
    }

    private static boolean isMounted(Volume volume, Pod pod) {
        return Shape.containers(pod).stream()
                .flatMap(c -> c.getVolumeMounts().stream())
                .anyMatch(m -> m.getName().equals(volume.getName()));
    }

    /// The same as long as nothing of it changed.
    public String digest() {
        return Integer.toHexString(files().hashCode());
    }
}
