package dev.flotilla.node.health;

import dev.flotilla.model.KubernetesVersion;
import dev.flotilla.model.Marks;
import dev.flotilla.node.NodeInfo;
import dev.flotilla.node.pressure.NodePressures;
import dev.flotilla.node.status.Stamps;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeRuntimeHandler;
import io.fabric8.kubernetes.api.model.NodeRuntimeHandlerBuilder;
import io.fabric8.kubernetes.api.model.NodeSystemInfo;
import io.fabric8.kubernetes.api.model.NodeSystemInfoBuilder;
import io.fabric8.kubernetes.api.model.Quantity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The Node that stands for a machine, decided from what the machine is. Leaves alone what others
/// write: cordons, taints, labels, conditions of their own.
///
/// @param cidr of its pods
/// @param labels beyond Kubernetes' own
public record NodeObject(
        String name, NodeInfo info, String cidr, String runtimeMark, Map<String, String> labels) {
    private static final int PODS = 110;
    private static final long RESERVED_BYTES = 100L << 20;

    /// The same node with what its machine says of itself now.
    public NodeObject with(NodeInfo now) {
        return new NodeObject(name, now, cidr, runtimeMark, labels);
    }

    /// The Node without its status.
    Node withSpec(Node before) {
        var all = new HashMap<String, String>();
        if (before.getMetadata().getLabels() != null) {
            all.putAll(before.getMetadata().getLabels());
        }
        all.put("kubernetes.io/hostname", name);
        all.put("kubernetes.io/os", "linux");
        all.put("kubernetes.io/arch", architecture());
        all.put(Marks.RUNTIME, runtimeMark);
        all.putAll(labels);
        return new NodeBuilder(before)
                .editMetadata()
                .withName(name)
                .withLabels(all)
                .endMetadata()
                .editOrNewSpec()
                .withPodCIDR(cidr)
                .withPodCIDRs(cidr)
                .endSpec()
                .build();
    }

    Node withStatus(Node before, Health health, Instant now) {
        return new NodeBuilder(before)
                .editOrNewStatus()
                .withCapacity(room(info.memoryBytes()))
                .withAllocatable(room(Math.max(0, info.memoryBytes() - RESERVED_BYTES)))
                .withAddresses(
                        new NodeAddress(info.address(), "InternalIP"),
                        new NodeAddress(info.hostName(), "Hostname"))
                .withNodeInfo(systemInfo())
                .withRuntimeHandlers(handlers())
                .withConditions(conditions(before, health, now))
                .endStatus()
                .build();
    }

    /// As Kubernetes' nodes tell of them; the one with no name is the engine's own choice.
    private List<NodeRuntimeHandler> handlers() {
        return info.runtimes().isEmpty()
                ? List.of()
                : Stream.concat(Stream.of(""), info.runtimes().stream().sorted())
                        .map(name -> new NodeRuntimeHandlerBuilder().withName(name).build())
                        .toList();
    }

    /// Only its health, for a node of which nothing else is known now.
    static Node withHealth(Node before, Health health, Instant now) {
        return new NodeBuilder(before)
                .editOrNewStatus()
                .withConditions(conditions(before, health, now))
                .endStatus()
                .build();
    }

    private static List<NodeCondition> conditions(Node before, Health health, Instant now) {
        var all = new ArrayList<NodeCondition>();
        var known =
                before.getStatus() == null
                        ? List.<NodeCondition>of()
                        : before.getStatus().getConditions();
        var was = known.stream().filter(c -> c.getType().equals("Ready")).findFirst();
        var said =
                new Health(
                        was.map(NodeCondition::getStatus).orElse(""),
                        was.map(NodeCondition::getReason).orElse(""),
                        was.map(NodeCondition::getMessage).orElse(""));
        NodePressures.filled(known, health.status().equals("Unknown"), now).stream()
                .filter(c -> !c.getType().equals("Ready"))
                .forEach(all::add);
        if (was.isPresent() && said.equals(health)) {
            all.add(was.get());
            return all;
        }
        var turned =
                said.status().equals(health.status())
                        ? was.map(NodeCondition::getLastTransitionTime).orElse(Stamps.of(now))
                        : Stamps.of(now);
        all.add(
                new NodeConditionBuilder()
                        .withType("Ready")
                        .withStatus(health.status())
                        .withReason(health.reason())
                        .withMessage(health.message())
                        .withLastHeartbeatTime(Stamps.of(now))
                        .withLastTransitionTime(turned)
                        .build());
        return all;
    }

    private static Map<String, Quantity> room(int cpus, long memoryBytes) {
        return Map.of(
                "cpu", new Quantity(Integer.toString(cpus)),
                "memory", new Quantity(memoryBytes / 1024 + "Ki"),
                "pods", new Quantity(Integer.toString(PODS)));
    }

    private Map<String, Quantity> room(long memoryBytes) {
        return room(info.cpus(), memoryBytes);
    }

    private NodeSystemInfo systemInfo() {
        return new NodeSystemInfoBuilder()
                .withArchitecture(architecture())
                .withBootID(info.bootId())
                .withContainerRuntimeVersion(info.runtimeVersion())
                .withKernelVersion(info.kernelVersion())
                .withKubeletVersion(KubernetesVersion.TEXT)
                .withKubeProxyVersion("")
                .withMachineID("")
                .withOperatingSystem("linux")
                .withOsImage(info.osImage())
                .withSystemUUID("")
                .build();
    }

    private String architecture() {
        return switch (info.architecture()) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> info.architecture();
        };
    }
}
