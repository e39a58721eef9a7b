package dev.flotilla.remote.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;

import dev.flotilla.node.ContainerSpec;
import dev.flotilla.node.ContainerSpec.Limits;
import dev.flotilla.node.ContainerSpec.Mount;
import dev.flotilla.node.ContainerSpec.Network;

import java.util.Locale;
import java.util.Map;

/// A [ContainerSpec] in Docker's words.
final class ContainerOrder {
    /// Of the scheduler's period, in µs; Docker's own default.
    private static final long PERIOD = 100_000;

    private static final long LEAST_QUOTA = 1_000;

    private ContainerOrder() {}

    static CreateContainerCmd of(DockerClient client, ContainerSpec spec) {
        var command =
                client.createContainerCmd(spec.image())
                        .withName(spec.name())
                        .withLabels(spec.labels())
                        .withEnv(
                                spec.environment().entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList())
                        .withHostConfig(host(spec));
        if (!spec.command().isEmpty()) {
            command.withEntrypoint(spec.command());
            // An entrypoint of our own must not get the image's arguments.
            command.withCmd(spec.args());
        } else if (!spec.args().isEmpty()) {
            command.withCmd(spec.args());
        }
        if (spec.workingDir() != null) {
            command.withWorkingDir(spec.workingDir());
        }
        if (!spec.security().user().isEmpty()) {
            command.withUser(spec.security().user());
        }
        var console = spec.console();
        command.withTty(console.tty())
                .withStdinOpen(console.stdin())
                .withStdInOnce(console.stdinOnce());
        var network = spec.network();
        if (network.joins() == null && !network.host()) {
            command.withHostName(network.hostname())
                    .withExposedPorts(
                            network.ports().stream().map(ContainerOrder::exposed).toList());
            if (network.address() != null) {
                command.withIpv4Address(network.address());
            }
        }
        return command;
    }

    private static HostConfig host(ContainerSpec spec) {
        var host =
                HostConfig.newHostConfig()
                        .withRestartPolicy(restart(spec.restart()))
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.JSON_FILE,
                                        Map.of("max-size", "5m", "max-file", "2")))
                        .withBinds(spec.mounts().stream().map(ContainerOrder::bind).toList());
        if (!spec.runtime().isEmpty()) {
            host.withRuntime(spec.runtime());
        }
        limit(host, spec.limits());
        connect(host, spec.network());
        share(host, spec);
        SecurityOrder.secure(host, spec.security());
        return host;
    }

    private static void limit(HostConfig host, Limits limits) {
        if (limits.cpuMillis() > 0) {
            host.withCpuPeriod(PERIOD)
                    .withCpuQuota(Math.max(LEAST_QUOTA, limits.cpuMillis() * PERIOD / 1000));
        }
        if (limits.cpuShares() > 0) {
            host.withCpuShares(limits.cpuShares());
        }
        if (limits.memoryBytes() > 0) {
            // The same for memory and swap together means: no swap.
            host.withMemory(limits.memoryBytes()).withMemorySwap(limits.memoryBytes());
        }
        if (limits.pids() > 0) {
            host.withPidsLimit(limits.pids());
        }
        if (limits.oomScoreAdj() != 0) {
            host.withOomScoreAdj(limits.oomScoreAdj());
        }
    }

    private static void connect(HostConfig host, Network network) {
        if (network.joins() != null) {
            host.withNetworkMode("container:" + network.joins());
            return;
        }
        host.withNetworkMode(network.host() ? "host" : PodBridge.NAME)
                .withExtraHosts(network.hosts().toArray(String[]::new))
                .withPortBindings(
                        network.ports().stream()
                                .filter(p -> p.hostPort() > 0)
                                .map(p -> new PortBinding(published(p), exposed(p)))
                                .toList());
        var names = network.names();
        if (!names.servers().isEmpty()) {
            host.withDns(names.servers());
        }
        if (!names.searches().isEmpty()) {
            host.withDnsSearch(names.searches());
        }
        if (!names.options().isEmpty()) {
            host.withDnsOptions(names.options());
        }
    }

    private static void share(HostConfig host, ContainerSpec spec) {
        var sharing = spec.sharing();
        var joined = spec.joins();
        if (sharing.hostIpc()) {
            host.withIpcMode("host");
        } else if (joined != null) {
            host.withIpcMode("container:" + joined);
        } else if (sharing.offered()) {
            host.withIpcMode("shareable");
        }
        if (sharing.hostPid()) {
            host.withPidMode("host");
        } else if (!sharing.processesOf().isEmpty()) {
            host.withPidMode("container:" + sharing.processesOf());
        } else if (sharing.processes() && joined != null) {
            host.withPidMode("container:" + joined);
        }
    }

    /// Docker makes a folder of a source that isn't there.
    private static Bind bind(Mount mount) {
        return Bind.parse(
                mount.source()
                        + ":"
                        + mount.target()
                        + (mount.readOnly() ? ":ro" : ":rw")
                        + (mount.propagation().isEmpty() ? "" : "," + mount.propagation()));
    }

    private static Ports.Binding published(ContainerSpec.Port port) {
        return port.hostIp().isEmpty()
                ? Ports.Binding.bindPort(port.hostPort())
                : Ports.Binding.bindIpAndPort(port.hostIp(), port.hostPort());
    }

    private static ExposedPort exposed(ContainerSpec.Port port) {
        return new ExposedPort(
                port.containerPort(),
                InternetProtocol.parse(port.protocol().toLowerCase(Locale.ROOT)));
    }

    /// `unless-stopped` is `always`, but a container that we stopped stays so when its node boots.
    private static RestartPolicy restart(ContainerSpec.Restart restart) {
        return switch (restart) {
            case NEVER -> RestartPolicy.noRestart();
            case ON_FAILURE -> RestartPolicy.onFailureRestart(0);
            case ALWAYS -> RestartPolicy.unlessStoppedRestart();
        };
    }
}
