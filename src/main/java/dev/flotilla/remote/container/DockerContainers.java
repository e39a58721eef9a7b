package dev.flotilla.remote.container;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;

import dev.flotilla.node.ContainerRuntime.Happening;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.Subscription;
import dev.flotilla.node.ContainerRuntime.Will;
import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;
import dev.flotilla.remote.engine.Engine;
import dev.flotilla.remote.engine.Parallel;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The containers of a Docker Engine that are pods' own. Every order can be given again.
public record DockerContainers(Engine engine) {
    /// Of all pods.
    public List<ContainerState> all() {
        return inspected(list(PodLabels.UID));
    }

    public List<ContainerState> of(String podUid) {
        return inspected(list(PodLabels.UID + "=" + podUid));
    }

    private List<Container> list(String label) {
        return engine.ask(
                "list containers",
                c ->
                        c.listContainersCmd()
                                .withShowAll(true)
                                .withLabelFilter(List.of(label))
                                .exec());
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

    /// @return its id
    public String create(ContainerSpec spec) {
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

    /// The last that a container wrote.
    public String logEnd(Will will) {
        return LogEnd.of(engine, will);
    }

    /// Tells what happens to them, until it is closed.
    public Subscription onEvent(Consumer<Happening> listener) {
        return new EventStream(engine, listener).start();
    }
}
