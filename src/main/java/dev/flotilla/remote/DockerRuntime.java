package dev.flotilla.remote;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;

import dev.flotilla.node.Check;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.NodeInfo;
import dev.flotilla.node.PodFiles;
import dev.flotilla.node.PodFolder;
import dev.flotilla.node.PodLabels;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.node.Sample;
import dev.flotilla.node.image.ImageStore;
import dev.flotilla.node.image.PullProgress;
import dev.flotilla.node.image.RegistryLogin;
import dev.flotilla.node.stream.ContainerStreams;
import dev.flotilla.remote.check.Checker;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A real Docker Engine, over SSH or on this computer: the same code on another socket.
public final class DockerRuntime implements ContainerRuntime {
    private final Engine engine;
    private final NodeHost host;
    private final InstantSource time;
    private final Checker checker;
    private final PodDisk disk;
    private final DockerImages images;
    private final Sampler sampler;
    private final DockerStreams streams;
    private final @Nullable SshLink link;
    private volatile Set<String> running = Set.of();

    private DockerRuntime(
            DockerSocket socket, NodeHost host, @Nullable SshLink link, InstantSource time) {
        this.engine = new Engine(socket);
        this.host = host;
        this.link = link;
        this.time = time;
        this.checker = new Checker(host::dial);
        this.disk = new PodDisk(engine.where(), host, time);
        this.images = new DockerImages(engine);
        this.sampler = new Sampler(engine.where(), host::start, this::folder);
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

    /// Where the engine keeps its images.
    private String folder() {
        var said =
                engine.ask("describe itself", c -> orEmpty(c.infoCmd().exec().getDockerRootDir()));
        return said.isEmpty() ? "/var/lib/docker" : said;
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
        var all = inspected(list(List.of(PodLabels.UID)));
        running =
                all.stream()
                        .filter(c -> c.phase() instanceof ContainerState.Phase.Running)
                        .map(ContainerState::id)
                        .collect(Collectors.toUnmodifiableSet());
        return all;
    }

    @Override
    public List<ContainerState> containers(String podUid) {
        return inspected(list(List.of(PodLabels.UID + "=" + podUid)));
    }

    private List<Container> list(List<String> labels) {
        return engine.ask(
                "list containers",
                c -> c.listContainersCmd().withShowAll(true).withLabelFilter(labels).exec());
    }

    /// The list lacks restart counts and exit codes.
    private List<ContainerState> inspected(List<Container> containers) {
        return Parallel.map(containers, c -> inspect(c.getId())).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ContainerState> inspect(String idOrName) {
        return engine.ask(
                "inspect a container",
                c -> {
                    try {
                        return Optional.of(
                                ContainerView.of(c.inspectContainerCmd(idOrName).exec()));
                    } catch (NotFoundException _) {
                        return Optional.empty();
                    }
                });
    }

    @Override
    public String create(ContainerSpec asked) {
        var spec = asked.with(new SeccompFiles(host, engine.where()).read(asked.security()));
        var created =
                engine.ask(
                        "create the container " + spec.name(),
                        c -> {
                            try {
                                return Optional.of(ContainerOrder.of(c, spec).exec().getId());
                            } catch (ConflictException e) {
                                return Optional.<String>empty();
                            }
                        });
        return created.orElseGet(() -> adopted(spec));
    }

    /// The name is taken: by the same pod, when the answer to an earlier create was lost.
    private String adopted(ContainerSpec spec) {
        var present = inspect(spec.name());
        var uid = spec.labels().get(PodLabels.UID);
        if (present.isPresent()
                && uid != null
                && uid.equals(present.get().labels().get(PodLabels.UID))) {
            return present.get().id();
        }
        throw new RefusedByEngine(
                "the container name '%s' is taken on %s by %s"
                        .formatted(
                                spec.name(),
                                engine.where(),
                                present.map(p -> p.id() + " of image " + p.image())
                                        .orElse("a container that has just gone")));
    }

    @Override
    public void start(String id) {
        engine.tell(
                "start container " + id,
                c -> {
                    try {
                        c.startContainerCmd(id).exec();
                    } catch (NotModifiedException _) {
                        // It runs.
                    }
                });
    }

    @Override
    public void stop(String id, Duration grace) {
        engine.tell(
                "stop container " + id,
                c -> {
                    try {
                        c.stopContainerCmd(id)
                                .withTimeout(Math.toIntExact(Math.max(0, grace.toSeconds())))
                                .exec();
                    } catch (NotModifiedException | NotFoundException _) {
                        // Stopped or gone.
                    }
                });
    }

    @Override
    public void remove(String id) {
        engine.tell(
                "remove container " + id,
                c -> {
                    try {
                        c.removeContainerCmd(id).withForce(true).withRemoveVolumes(true).exec();
                    } catch (NotFoundException _) {
                        // Gone.
                    } catch (ConflictException e) {
                        if (!String.valueOf(e.getMessage()).contains("already in progress")) {
                            throw e;
                        }
                    }
                });
    }

    @Override
    public boolean hasImage(String image) {
        return engine.ask(
                "look for the image " + image,
                c -> {
                    try {
                        c.inspectImageCmd(image).exec();
                        return true;
                    } catch (NotFoundException _) {
                        return false;
                    }
                });
    }

    @Override
    public void pull(
            String image, @Nullable RegistryLogin login, Consumer<PullProgress.Layer> progress) {
        ImagePull.run(engine, image, login, progress);
    }

    @Override
    public ImageStore images() {
        return images;
    }

    @Override
    public String userOf(String image) {
        return engine.ask(
                "look for the user of image " + image,
                c -> {
                    try {
                        var config = c.inspectImageCmd(image).exec().getConfig();
                        return config == null ? "" : orEmpty(config.getUser());
                    } catch (NotFoundException _) {
                        return "";
                    }
                });
    }

    @Override
    public Check.Answer check(Check check) {
        return switch (check) {
            case Check.Exec exec -> ExecCheck.ask(engine, exec);
            case Check.Rest rest -> Rests.until(engine, rest);
            case Check.Http _, Check.Tcp _, Check.Grpc _ -> checker.ask(check);
        };
    }

    @Override
    public String lastWords(Will will) {
        var file = will.file().isEmpty() ? "" : disk.taken(will.file(), will.fileBytes());
        return file.isEmpty() && will.logBytes() > 0 ? LogEnd.of(engine, will) : file;
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
    public void drop(String cluster, String volume) {
        disk.drop(cluster, volume);
    }

    @Override
    public Sample sample() {
        var sample = Figures.of(figures(), time.instant());
        var missing = running.stream().filter(id -> !sample.containers().containsKey(id)).toList();
        return missing.isEmpty() ? sample : EngineStats.completed(engine, sample, missing);
    }

    /// On a computer without `/proc` and a shell there are none, and the engine is asked alone.
    private List<String> figures() {
        try {
            return sampler.lines();
        } catch (RuntimeUnavailable e) {
            if (link != null) {
                throw e;
            }
            return List.of();
        }
    }

    @Override
    public ContainerStreams streams() {
        return streams;
    }

    @Override
    public Subscription onEvent(Consumer<Happening> listener) {
        return new EventStream(engine, listener).start();
    }

    @Override
    public void close() {
        streams.close();
        sampler.close();
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
