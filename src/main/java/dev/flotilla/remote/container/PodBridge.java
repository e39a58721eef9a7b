package dev.flotilla.remote.container;

import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;

import dev.flotilla.node.ContainerRuntime.RefusedByEngine;
import dev.flotilla.node.PodNetwork;
import dev.flotilla.remote.engine.DockerVersion;
import dev.flotilla.remote.engine.Engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The user-defined bridge that the pods of one node attach to.
public final class PodBridge {
    static final String NAME = "flotilla";

    /// The bridge's name in the kernel, for rules and routes.
    static final String DEVICE = "flotilla0";

    private static final String OPTION = "com.docker.network.bridge.";
    private static final String GATEWAY_MODE = OPTION + "gateway_mode_ipv4";

    private PodBridge() {}

    /// Makes the network if it is not there as asked. One that differs is made anew unless a
    /// container, running or not, is on it.
    public static void ensure(Engine engine, PodNetwork wanted) {
        var version = engine.ask("tell its version", c -> c.versionCmd().exec().getVersion());
        var options = options(String.valueOf(version));
        var present = find(engine);
        if (present.isPresent()) {
            var differs = difference(present.get(), wanted, options);
            if (differs.isEmpty()) {
                return;
            }
            requireUnused(engine, differs.get());
            engine.tell("remove the network " + NAME, c -> c.removeNetworkCmd(NAME).exec());
        }
        engine.tell(
                "create the network " + NAME,
                c ->
                        c.createNetworkCmd()
                                .withName(NAME)
                                .withDriver("bridge")
                                .withCheckDuplicate(true)
                                .withOptions(options)
                                .withIpam(
                                        new Network.Ipam()
                                                .withConfig(
                                                        new Network.Ipam.Config()
                                                                .withSubnet(wanted.cidr())
                                                                .withGateway(
                                                                        gateway(wanted.cidr()))))
                                .exec());
    }

    /// From 28 on Docker drops what reaches a pod by a route rather than by a published port,
    /// before any rule of ours is asked, except in this mode. `routed` would do too, but publishes
    /// no port and leaves pods no way out.
    static Map<String, String> options(String version) {
        var options = new TreeMap<String, String>();
        options.put(OPTION + "name", DEVICE);
        if (DockerVersion.parse(version).major() >= 28) {
            options.put(GATEWAY_MODE, "nat-unprotected");
        }
        return options;
    }

    /// How the network that is there differs; empty if it will do.
    static Optional<String> difference(
            Network present, PodNetwork wanted, Map<String, String> options) {
        var config = present.getIpam() == null ? null : present.getIpam().getConfig();
        var subnet = config == null || config.isEmpty() ? "none" : config.getFirst().getSubnet();
        if (!wanted.cidr().equals(subnet)) {
            return Optional.of("its subnet is %s, not %s".formatted(subnet, wanted.cidr()));
        }
        var present0 =
                present.getOptions() == null ? Map.<String, String>of() : present.getOptions();
        return options.entrySet().stream()
                .filter(o -> !o.getValue().equals(present0.get(o.getKey())))
                .map(o -> "it lacks the option %s=%s".formatted(o.getKey(), o.getValue()))
                .findFirst();
    }

    private static Optional<Network> find(Engine engine) {
        return engine.ask(
                "inspect the network " + NAME,
                c -> {
                    try {
                        return Optional.of(c.inspectNetworkCmd().withNetworkId(NAME).exec());
                    } catch (NotFoundException _) {
                        return Optional.empty();
                    }
                });
    }

    private static void requireUnused(Engine engine, String difference) {
        var users =
                engine.ask(
                        "list the containers on the network " + NAME,
                        c ->
                                c.listContainersCmd()
                                        .withShowAll(true)
                                        .withNetworkFilter(List.of(NAME))
                                        .exec());
        if (!users.isEmpty()) {
            throw new RefusedByEngine(
                    ("The network '%s' of %s is not as needed (%s), and %d containers are on it,"
                                    + " such as %s. Remove them, then it is made anew.")
                            .formatted(
                                    NAME,
                                    engine.where(),
                                    difference,
                                    users.size(),
                                    users.getFirst().getNames()[0].substring(1)));
        }
    }

    /// The first address of a CIDR.
    static String gateway(String cidr) {
        var bytes = cidr.substring(0, cidr.indexOf('/')).split("\\.");
        bytes[3] = String.valueOf(Integer.parseInt(bytes[3]) + 1);
        return String.join(".", bytes);
    }
}
