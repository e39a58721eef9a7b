package dev.flotilla.remote;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;

import dev.flotilla.node.ContainerSpec;

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
        if (spec.joins() == null) {
            command.withHostName(spec.hostname())
                    .withExposedPorts(spec.ports().stream().map(ContainerOrder::exposed).toList());
            if (spec.address() != null) {
                command.withIpv4Address(spec.address());
            }
        }
        return command;
    }

    private static HostConfig host(ContainerSpec spec) {
        var host =
                HostConfig.newHostConfig()
                        .withNetworkMode(
                                spec.joins() == null ? PodBridge.NAME : "container:" + spec.joins())
                        .withRestartPolicy(restart(spec.restart()))
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.JSON_FILE,
                                        Map.of("max-size", "5m", "max-file", "2")));
        if (spec.cpuMillis() > 0) {
            host.withCpuPeriod(PERIOD)
                    .withCpuQuota(Math.max(LEAST_QUOTA, spec.cpuMillis() * PERIOD / 1000));
        }
        if (spec.cpuShares() > 0) {
            host.withCpuShares(spec.cpuShares());
        }
        if (spec.memoryBytes() > 0) {
            // The same for memory and swap together means: no swap.
            host.withMemory(spec.memoryBytes()).withMemorySwap(spec.memoryBytes());
        }
        if (spec.joins() == null) {
            host.withPortBindings(
                    spec.ports().stream()
                            .filter(p -> p.hostPort() > 0)
                            .map(
                                    p ->
                                            new PortBinding(
                                                    Ports.Binding.bindPort(p.hostPort()),
                                                    exposed(p)))
                            .toList());
        }
        return host;
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
