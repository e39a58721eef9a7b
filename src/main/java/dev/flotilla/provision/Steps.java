package dev.flotilla.provision;

import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineSpec;
import dev.flotilla.node.ContainerRuntime;
import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.ContainerRuntime.RuntimeUnavailable;
import dev.flotilla.remote.DockerRuntime;
import dev.flotilla.remote.engine.DockerSocket;
import dev.flotilla.remote.engine.DockerVersion;
import dev.flotilla.remote.link.SshAttempt;
import dev.flotilla.remote.link.SshConnector;
import dev.flotilla.remote.link.SshCredential;
import dev.flotilla.remote.link.SshLink;
import dev.flotilla.remote.link.SshTarget;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// From a spec to an engine that can be used. Every step finds out first and may be done twice.
final class Steps {
    static final String SSH = "docker-ssh";
    static final String LOCAL = "docker-local";
    static final String SIMULATED = "simulated";

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final SshCredential NONE = new SshCredential.Password("");

    private final InstantSource time;
    private final Function<Machine, ContainerRuntime> simulated;

    Steps(InstantSource time, Function<Machine, ContainerRuntime> simulated) {
        this.time = time;
        this.simulated = simulated;
    }

    /// @param progress told of each step as it begins
    Setup run(Machine machine, Wanted wanted, Consumer<String> progress) {
        if (wanted.flaw() != null) {
            return new Setup.Stopped(wanted.flaw());
        }
        var spec = Objects.requireNonNull(wanted.spec());
        if (spec.ssh() != null) {
            return overSsh(spec.ssh(), wanted, progress);
        }
        return spec.local() != null
                ? here(spec.local(), progress)
                : new Setup.Reached(simulated.apply(machine), SIMULATED, null, null);
    }

    private Setup overSsh(MachineSpec.Ssh ssh, Wanted wanted, Consumer<String> progress) {
        SshConnector connector;
        try {
            connector = connector(ssh, wanted);
        } catch (IllegalArgumentException e) {
            return new Setup.Stopped(
                    new Failure(
                            Failure.CONNECT,
                            "InvalidSpec",
                            "spec.ssh is " + e.getMessage() + ".",
                            null));
        }
        progress.accept(Failure.CONNECT);
        return switch (connector.connect()) {
            case SshAttempt.Problem problem -> new Setup.Stopped(Failure.of(problem));
            case SshAttempt.Connected(var session) -> {
                var link = new SshLink(connector, session);
                yield prepared(link, connector.pinned(), progress);
            }
        };
    }

    private static SshConnector connector(MachineSpec.Ssh ssh, Wanted wanted) {
        var pinned = ssh.hostKey() == null || ssh.hostKey().isBlank() ? null : ssh.hostKey();
        return new SshConnector(
                new SshTarget(
                        ssh.host(),
                        ssh.port() == null ? 22 : ssh.port(),
                        ssh.user() == null ? "root" : ssh.user()),
                wanted.credential() == null ? NONE : wanted.credential(),
                pinned == null ? null : pinned.strip(),
                PATIENCE);
    }

    private Setup prepared(
            SshLink link,
            @org.jspecify.annotations.Nullable String hostKey,
            Consumer<String> progress) {
        var runtime = DockerRuntime.over(link, time);
        try {
            progress.accept(DockerSearch.STEP);
            var failure =
                    unusable(runtime, link.target().toString())
                            .or(() -> forwarding(link, progress));
            if (failure.isEmpty()) {
                return new Setup.Reached(runtime, SSH, link, hostKey);
            }
            runtime.close();
            return new Setup.Stopped(failure.get());
        } catch (RuntimeUnavailable e) {
            var failure = whyNoDocker(link, e);
            runtime.close();
            return new Setup.Stopped(failure);
        }
    }

    private static Optional<Failure> forwarding(SshLink link, Consumer<String> progress) {
        progress.accept(Forwarding.STEP);
        return Forwarding.ensure(link.session());
    }

    private static Failure whyNoDocker(SshLink link, RuntimeUnavailable e) {
        try {
            return DockerSearch.over(link.session(), e.getMessage());
        } catch (RuntimeUnavailable lost) {
            return new Failure(DockerSearch.STEP, "ConnectionLost", message(lost), null);
        }
    }

    private Setup here(MachineSpec.Local local, Consumer<String> progress) {
        progress.accept(DockerSearch.STEP);
        var socket =
                local.socket() == null ? DockerSocket.onThisComputer() : Path.of(local.socket());
        var runtime = DockerRuntime.at(socket, time);
        try {
            var failure = unusable(runtime, "this computer");
            if (failure.isEmpty()) {
                return new Setup.Reached(runtime, LOCAL, null, null);
            }
            runtime.close();
            return new Setup.Stopped(failure.get());
        } catch (RuntimeUnavailable e) {
            runtime.close();
            return new Setup.Stopped(DockerSearch.here(socket, message(e)));
        }
    }

    private static Optional<Failure> unusable(DockerRuntime runtime, String where) {
        try {
            var version = runtime.version();
            return version.compareTo(DockerVersion.OLDEST) < 0
                    ? Optional.of(DockerSearch.tooOld(where, version))
                    : Optional.empty();
        } catch (RefusedByEngine e) {
            return Optional.of(DockerSearch.notDocker(where, message(e)));
        }
    }

    private static String message(RuntimeException e) {
        return String.valueOf(e.getMessage());
    }
}
