package dev.flotilla.remote;

import dev.flotilla.node.Check;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.NodeInfo;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.node.Sample;
import dev.flotilla.node.copy.FolderArchives;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.stream.ContainerStreams;
import dev.flotilla.remote.check.DockerChecks;
import dev.flotilla.remote.container.DockerContainers;
import dev.flotilla.remote.container.PodBridge;
import dev.flotilla.remote.disk.FolderTars;
import dev.flotilla.remote.disk.PodDisk;
import dev.flotilla.remote.disk.SeccompFiles;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.engine.DockerVersion;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.image.DockerImages;
import dev.flotilla.remote.link.NodeHost;
import dev.flotilla.remote.link.SshLink;
import dev.flotilla.remote.proxy.DockerProxy;
import dev.flotilla.remote.sample.DockerFigures;
import dev.flotilla.remote.stream.DockerStreams;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A real Docker Engine, over SSH or on this computer: the same code on another socket.
public final class DockerRuntime implements ContainerRuntime {
    private final Engine engine;
    private final NodeHost host;
    private final DockerContainers containers;
    private final DockerChecks checks;
    private final PodDisk disk;
    private final DockerImages images;
    private final DockerFigures figures;
    private final DockerStreams streams;
    private final @Nullable SshLink link;
    private volatile Set<String> running = Set.of();

    private DockerRuntime(
            DockerSocket socket, NodeHost host, @Nullable SshLink link, InstantSource time) {
        this.engine = new Engine(socket);
        this.host = host;
        this.link = link;
        this.containers = new DockerContainers(engine);
        this.checks = new DockerChecks(engine, host::dial);
        this.disk = new PodDisk(engine.where(), host, time);
        this.images = new DockerImages(engine, socket);
        this.figures = new DockerFigures(engine, host, time);
        this.streams = new DockerStreams(engine, host);
    }

    /// The engine of a machine. Closing the runtime closes the link.
    public static DockerRuntime over(SshLink link, InstantSource time) {
        return new DockerRuntime(
                new DockerSocket.OverSsh(link, DockerSocket.USUAL_PATH),
                new NodeHost.Far(link),
                link,
                time);
    }

    /// The engine of this computer.
    public static DockerRuntime at(Path socket, InstantSource time) {
        return new DockerRuntime(new DockerSocket.Local(socket), new NodeHost.Here(), null, time);
    }

    @Override
    public NodeInfo info() {
        var info = engine.ask("describe itself", c -> c.infoCmd().exec());
        var cpus = info.getNCPU();
        var memory = info.getMemTotal();
        return new NodeInfo(
                orEmpty(info.getName()),
                host.address(),
                orEmpty(info.getOperatingSystem()),
                orEmpty(info.getKernelVersion()),
                architecture(orEmpty(info.getArchitecture())),
                "docker://" + orEmpty(info.getServerVersion()),
                cpus == null ? 1 : cpus,
                memory == null ? 0 : memory,
                host.bootId(),
                info.getRuntimes() == null ? Set.of() : Set.copyOf(info.getRuntimes().keySet()),
                info.getSecurityOptions() != null
                        && info.getSecurityOptions().stream()
                                .anyMatch(o -> o.contains("name=apparmor")));
    }

    /// Services on it.
    public DockerProxy services() {
        return new DockerProxy(engine, images, host);
    }

    /// The engine's version.
    public DockerVersion version() {
        return DockerVersion.parse(
                orEmpty(engine.ask("tell its version", c -> c.versionCmd().exec().getVersion())));
    }

    @Override
    public void ping() {
        engine.tell("answer a ping", c -> c.pingCmd().exec());
    }

    @Override
    public void ensureNetwork(PodNetwork network) {
        PodBridge.ensure(engine, network);
    }

    @Override
    public List<ContainerState> containers() {
        var all = containers.all();
        running =
                all.stream()
                        .filter(c -> c.phase() instanceof ContainerState.Phase.Running)
                        .map(ContainerState::id)
                        .collect(Collectors.toUnmodifiableSet());
        return all;
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        return containers.of(podUid);
    }

    @Override
    public String create(ContainerSpec spec) {
        var files = new SeccompFiles(host, engine.where());
        return containers.create(spec.with(files.read(spec.security())));
    }

    @Override
    public void start(String id) {
        containers.start(id);
    }

    @Override
    public void stop(String id, Duration grace) {
        containers.stop(id, grace);
    }

    @Override
    public void remove(String id) {
        containers.remove(id);
    }

    @Override
    public boolean hasImage(String image) {
        return images.has(image);
    }

    @Override
    public void pull(
            String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress) {
        images.pull(image, login, progress);
    }

    @Override
    public ImageStore images() {
        return images;
    }

    @Override
    public String userOf(String image) {
        return images.userOf(image);
    }

    @Override
    public Check.Answer check(Check check) {
        return checks.ask(check);
    }

    @Override
    public String lastWords(Will will) {
        var file = will.file().isEmpty() ? "" : disk.taken(will.file(), will.fileBytes());
        return file.isEmpty() && will.logBytes() > 0 ? containers.logEnd(will) : file;
    }

    @Override
    public void place(PodFiles files) {
        disk.place(files);
    }

    @Override
    public void clear(PodFolder folder) {
        disk.clear(folder);
    }

    @Override
    public Placed placed(String cluster) {
        return disk.placed(cluster);
    }

    @Override
    public Map<String, Long> filled(Collection<String> folders) {
        return disk.filled(folders);
    }

    @Override
    public void drop(String cluster, String volume) {
        disk.drop(cluster, volume);
    }

    @Override
    public Sample sample() {
        return figures.sample(running);
    }

    @Override
    public FolderArchives folders() {
        return new FolderTars(engine.where(), host);
    }

    @Override
    public ContainerStreams streams() {
        return streams;
    }

    @Override
    public Subscription onEvent(Consumer<Happening> listener) {
        return containers.onEvent(listener);
    }

    @Override
    public void close() {
        streams.close();
        figures.close();
        engine.close();
        if (link != null) {
            link.close();
        }
    }

    private static String architecture(String machine) {
        return Map.of("x86_64", "amd64", "aarch64", "arm64").getOrDefault(machine, machine);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
