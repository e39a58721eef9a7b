package dev.flotilla.simulate;

import dev.flotilla.node.Check;
import dev.flotilla.node.Check.Answer;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.NodeInfo;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.node.Sample;
import dev.flotilla.node.Supply;
import dev.flotilla.node.copy.FolderArchives;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.stream.ContainerStreams;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// A container engine in memory: takes its time as an engine does, restarts what crashes, makes
/// believable load, and fails when told to.
public final class SimulatedRuntime implements ContainerRuntime {
    private static final Duration ROUND_TRIP = Duration.ofMillis(1);
    private static final Duration CREATE = Duration.ofMillis(40);
    private static final Duration START = Duration.ofMillis(70);
    private static final Duration STOP = Duration.ofMillis(120);

    private final NodeInfo info;
    private final SimulatedTime time;
    private final RandomGenerator random;
    private final SimulatedImages images;
    private final SimulatedContainers containers;
    private final List<Consumer<Happening>> listeners = new CopyOnWriteArrayList<>();
    private final Map<PodFolder, PodFiles> placed = new ConcurrentHashMap<>();
    private final Set<String> kept = ConcurrentHashMap.newKeySet();
    private final Set<String> unwell = ConcurrentHashMap.newKeySet();
    private volatile boolean unreachable;
    private final Map<String, Long> full = new ConcurrentHashMap<>();
    private volatile @Nullable Supply supply;

    /// @param name the node's name; also makes its address
    /// @param random used by several threads
    public SimulatedRuntime(
            String name, int cpus, long memoryBytes, SimulatedTime time, RandomGenerator random) {
        this.time = time;
        this.random = random;
        int last = Math.floorMod(name.hashCode(), 65_000);
        this.info =
                new NodeInfo(
                        name,
                        "198.18." + last / 254 + "." + (1 + last % 254),
                        "Simulated Linux",
                        "6.12.0-simulated",
                        "amd64",
                        "simulated://1.0.0",
                        cpus,
                        memoryBytes,
                        "boot-" + Integer.toHexString(name.hashCode()),
                        Set.of(),
                        false);
        this.containers = new SimulatedContainers(time, this::random64, this::tell);
        this.images =
                new SimulatedImages(
                        () ->
                                containers.all().stream()
                                        .map(ContainerState::image)
                                        .collect(Collectors.toSet()));
    }

    /// From now on nothing answers and no event arrives, until it is called with false. What runs
    /// goes on.
    public void unreachable(boolean now) {
        unreachable = now;
        if (!now) {
            tell(new Happening(""));
        }
    }

    /// From now on the node has that much left, whatever its pods do; null: what they leave.
    public void supply(@Nullable Supply now) {
        supply = now;
    }

    /// Ends the process of a container as a fault of its own would.
    public void crash(String containerName) {
        containers.crash(containerName, 1, false);
    }

    /// Ends it as the kernel does when memory is short.
    public void runOutOfMemory(String containerName) {
        containers.crash(containerName, 137, true);
    }

    /// `docker kill`: Docker does not restart what was stopped by hand.
    public void kill(String containerName) {
        containers.stopByHand(containerName, 137);
    }

    /// `docker rm -f`.
    public void vanish(String containerName) {
        containers.vanish(containerName);
    }

    @Override
    public NodeInfo info() {
        answer("info", ROUND_TRIP);
        return info;
    }

    @Override
    public void ping() {
        answer("ping", ROUND_TRIP);
    }

    @Override
    public void ensureNetwork(PodNetwork network) {
        answer("create network " + network.cidr(), ROUND_TRIP);
    }

    @Override
    public List<ContainerState> containers() {
        answer("list containers", ROUND_TRIP);
        return containers.all();
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        answer("list containers of pod " + podUid, ROUND_TRIP);
        return containers.of(podUid);
    }

    @Override
    public String create(ContainerSpec spec) {
        answer("create " + spec.name(), takes(spec.image(), CREATE));
        if (!images.has(spec.image())) {
            throw new RefusedByEngine("No such image: " + spec.image());
        }
        return containers.create(spec);
    }

    @Override
    public void start(String id) {
        answer("start " + id, takes(containers.image(id), START));
        containers.start(id);
    }

    @Override
    public void stop(String id, Duration grace) {
        answer("stop " + id, grace.compareTo(STOP) < 0 ? grace : STOP);
        containers.stop(id);
    }

    @Override
    public void remove(String id) {
        answer("remove " + id, ROUND_TRIP);
        containers.remove(id);
    }

    @Override
    public boolean hasImage(String image) {
        answer("inspect image " + image, ROUND_TRIP);
        return images.has(image);
    }

    @Override
    public void pull(
            String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress) {
        answer("pull " + image, images.pullTime(image, random()));
        images.pulled(image, login != null, progress);
    }

    @Override
    public ImageStore images() {
        answer("look at images", ROUND_TRIP);
        return images;
    }

    @Override
    public String userOf(String image) {
        answer("inspect image " + image, ROUND_TRIP);
        return "";
    }

    @Override
    public void place(PodFiles files) {
        answer("make volumes of pod " + files.folder().podUid(), ROUND_TRIP);
        placed.merge(files.folder(), files, SimulatedRuntime::joined);
        files.kept().stream()
                .map(PodFiles.Kept::volume)
                .filter(v -> !v.isEmpty())
                .forEach(kept::add);
    }

    @Override
    public void clear(PodFolder folder) {
        answer("remove volumes of pod " + folder.podUid(), ROUND_TRIP);
        placed.remove(folder);
    }

    @Override
    public Placed placed(String cluster) {
        answer("list volumes", ROUND_TRIP);
        var pods =
                placed.keySet().stream()
                        .filter(f -> f.cluster().equals(cluster))
                        .map(PodFolder::podUid)
                        .collect(Collectors.toUnmodifiableSet());
        return new Placed(pods, Set.copyOf(kept));
    }

    /// How much the pods' volumes of that name hold from now on.
    public void fill(String volume, long bytes) {
        full.put(volume, bytes);
    }

    @Override
    public Map<String, Long> filled(Collection<String> folders) {
        var all = new HashMap<String, Long>();
        for (var folder : folders) {
            var bytes = full.get(folder.substring(folder.lastIndexOf('/') + 1));
            if (bytes != null) {
                all.put(folder, bytes);
            }
        }
        return all;
    }

    @Override
    public void drop(String cluster, String volume) {
        answer("remove volume " + volume, ROUND_TRIP);
        kept.remove(volume);
    }

    /// From now on every check of that container fails, or with true is well again.
    public void well(String containerName, boolean now) {
        if (now) {
            unwell.remove(containerName);
        } else {
            unwell.add(containerName);
        }
    }

    @Override
    public Answer check(Check check) {
        answer("check", check instanceof Check.Rest rest ? rest.timeout() : ROUND_TRIP);
        if (check instanceof Check.Exec exec && Script.of(exec.command(), List.of()).fails()) {
            return Answer.unwell("simulated to fail");
        }
        return containers.asked(check).filter(unwell::contains).isPresent()
                ? Answer.unwell("simulated to fail")
                : Answer.WELL;
    }

    @Override
    public String lastWords(Will will) {
        answer("take " + will.file(), ROUND_TRIP);
        return will.file().isEmpty() ? "" : containers.words(will.containerId());
    }

    /// What lies on the node for a pod; empty if nothing does.
    public Optional<PodFiles> filesOf(PodFolder folder) {
        return Optional.ofNullable(placed.get(folder));
    }

    /// Parts are asked for one by one, after the volumes.
    private static PodFiles joined(PodFiles before, PodFiles now) {
        if (now.parts().isEmpty()) {
            return now;
        }
        return new PodFiles(
                before.folder(),
                before.folders(),
                before.trees(),
                before.paths(),
                before.kept(),
                now.parts(),
                before.notes());
    }

    @Override
    public Sample sample() {
        answer("sample", ROUND_TRIP);
        return containers.sample(info.cpus(), info.memoryBytes(), supply);
    }

    @Override
    public FolderArchives folders() {
        throw new RefusedByEngine("the node is simulated: nothing lies in its folders");
    }

    @Override
    public ContainerStreams streams() {
        return new SimulatedStreams(containers, () -> fail("streams"));
    }

    @Override
    public Subscription onEvent(Consumer<Happening> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        listeners.clear();
    }

    private void tell(Happening happening) {
        if (!unreachable) {
            listeners.forEach(l -> l.accept(happening));
        }
    }

    private void answer(String what, Duration takes) {
        fail(what);
        time.pause(takes);
        fail(what);
    }

    private static Duration takes(String image, Duration usually) {
        return SimulatedImages.instant(image) ? ROUND_TRIP : usually;
    }

    private void fail(String what) {
        if (unreachable) {
            throw new RuntimeUnavailable(
                    info.hostName() + " (" + info.address() + ") does not answer: " + what);
        }
    }

    private double random() {
        synchronized (random) {
            return random.nextDouble();
        }
    }

    private String random64() {
        synchronized (random) {
            return "%016x%016x%016x%016x"
                    .formatted(
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong());
        }
    }
}
