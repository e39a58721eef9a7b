package dev.flotilla.remote.proxy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.RestartPolicy;

import dev.flotilla.remote.engine.Engine;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The containers of the balancer and of the two name servers. Docker starts them again whatever
/// ends them, with the master away too; they use the node's own network.
record ProxyContainers(Engine engine) {
    static final String IMAGE = "flotilla.dev/proxy:1";
    static final String BALANCER = "flotilla-balancer";
    static final String NAMES = "flotilla-names";
    static final String PORTS = "flotilla-ports";
    static final List<String> ALL = List.of(BALANCER, NAMES, PORTS);

    /// A container's command, by which one that was made otherwise is known.
    private static final String MADE_AS = "flotilla.dev/made-as";

    /// Has the balancer run.
    ///
    /// @param group of those who may give it commands, by number
    void ensureBalancer(int group) {
        var commands = ProxyFolder.MASTER + ",mode,660,gid," + group;
        var file = ProxyFolder.PATH + "/" + ProxyFolder.BALANCER;
        ensure(
                BALANCER,
                List.of("haproxy", "-W", "-db", "-S", commands, "-f", file),
                Capability.NET_BIND_SERVICE,
                Capability.SETUID,
                Capability.SETGID,
                Capability.KILL,
                Capability.CHOWN,
                Capability.DAC_OVERRIDE);
    }

    /// Has the names be answered, and the ports.
    void ensureNames() {
        ensureNames(NAMES, ProxyFolder.NAMES);
        ensureNames(PORTS, ProxyFolder.PORTS);
    }

    private void ensureNames(String name, String file) {
        ensure(
                name,
                List.of("dnsmasq", "-k", "-C", ProxyFolder.PATH + "/" + file),
                Capability.NET_BIND_SERVICE,
                Capability.NET_ADMIN,
                Capability.SETUID,
                Capability.SETGID);
    }

    private void ensure(String name, List<String> command, Capability... capabilities) {
        var wanted = IMAGE + " " + command + " " + Arrays.toString(capabilities);
        var seen = inspect(name);
        if (seen.isPresent()) {
            var labels = seen.get().getConfig().getLabels();
            if (labels != null && wanted.equals(labels.get(MADE_AS))) {
                start(name);
                return;
            }
            remove(name);
        }
        engine.tell(
                "create the container " + name,
                c ->
                        order(c, name, command, capabilities)
                                .withLabels(Map.of(MADE_AS, wanted))
                                .exec());
        start(name);
    }

    private static CreateContainerCmd order(
            DockerClient client, String name, List<String> command, Capability... capabilities) {
        var host =
                HostConfig.newHostConfig()
                        .withNetworkMode("host")
                        .withRestartPolicy(RestartPolicy.alwaysRestart())
                        .withBinds(Bind.parse(ProxyFolder.PATH + ":" + ProxyFolder.PATH))
                        .withReadonlyRootfs(true)
                        .withTmpFs(Map.of("/run", "size=1m", "/tmp", "size=1m"))
                        .withCapDrop(Capability.ALL)
                        .withCapAdd(capabilities)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.LOCAL, Map.of("max-size", "5m")));
        return client.createContainerCmd(IMAGE)
                .withName(name)
                .withEntrypoint(command.getFirst())
                .withCmd(command.subList(1, command.size()))
                .withHostConfig(host);
    }

    private void start(String name) {
        engine.tell(
                "start the container " + name,
                c -> {
                    try {
                        c.startContainerCmd(name).exec();
                    } catch (NotModifiedException _) {
                        // It runs.
                    }
                });
    }

    void restart(String name) {
        engine.tell(
                "restart the container " + name,
                c -> c.restartContainerCmd(name).withTimeout(1).exec());
    }

    void remove(String name) {
        engine.tell(
                "remove the container " + name,
                c -> {
                    try {
                        c.removeContainerCmd(name).withForce(true).exec();
                    } catch (NotFoundException _) {
                        // It is gone.
                    }
                });
    }

    /// Of its first process, as the node counts; empty if it does not run.
    Optional<Long> pid(String name) {
        return inspect(name).map(c -> c.getState().getPidLong()).filter(pid -> pid > 0);
    }

    private Optional<InspectContainerResponse> inspect(String name) {
        return engine.ask(
                "inspect the container " + name,
                c -> {
                    try {
                        return Optional.of(c.inspectContainerCmd(name).exec());
                    } catch (NotFoundException _) {
                        return Optional.empty();
                    }
                });
    }
}
