package dev.flotilla.app;

import dev.flotilla.node.pressure.Thresholds;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.net.InetSocketAddress;
import java.nio.file.Path;

/// The flags of a master, the same whether a window is around it or not.
final class MasterOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the cluster's state is kept (default: ${DEFAULT-VALUE}).")
    Path data = DataFolder.ofThisUser();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = {
                "Where the API is served (default: ${DEFAULT-VALUE}).",
                "Port 0 takes a free port."
            },
            defaultValue = "127.0.0.1:6443",
            converter = HostPort.class)
    InetSocketAddress listen = InetSocketAddress.createUnresolved("127.0.0.1", 6443);

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = {
                "Where to write the file that kubectl needs,",
                "with mode 0600 (default: DIR/kubeconfig)."
            })
    @Nullable Path kubeconfig;

    @Option(
            names = "--simulate",
            paramLabel = "N",
            description = "Run N simulated nodes beside the real ones.",
            defaultValue = "0")
    int simulate;

    @Option(
            names = "--node-cidr",
            paramLabel = "CIDR",
            description =
                    "The addresses of pods; each node gets a /24 (default: ${DEFAULT-VALUE}).",
            defaultValue = "10.42.0.0/16")
    String nodeCidr = "10.42.0.0/16";

    @Option(
            names = "--service-cidr",
            paramLabel = "CIDR",
            description = "The addresses of services (default: ${DEFAULT-VALUE}).",
            defaultValue = "10.43.0.0/16")
    String serviceCidr = "10.43.0.0/16";

    @Option(
            names = "--pod-pids",
            paramLabel = "N",
            description = {
                "How many processes each container of a pod may have",
                "(default: no limit, as in Kubernetes)."
            },
            defaultValue = "-1")
    long podPids = -1;

    @Option(
            names = "--eviction-hard",
            paramLabel = "SIGNAL<VALUE",
            description = {
                "What every node must have left, as Kubernetes' evictionHard; else pods go and"
                        + " none",
                "come. What is not named may run out. Signals: memory.available,",
                "nodefs.available, nodefs.inodesFree, imagefs.available, imagefs.inodesFree,",
                "pid.available (default: ${DEFAULT-VALUE})."
            },
            defaultValue = Thresholds.USUAL,
            converter = EvictionHard.class)
    Thresholds evictionHard = Thresholds.DEFAULT;

    Path kubeconfigFile() {
        return kubeconfig == null ? data.resolve("kubeconfig") : kubeconfig;
    }

    /// Such as `memory.available<100Mi,nodefs.available<5%`.
    static final class EvictionHard implements ITypeConverter<Thresholds> {
        @Override
        public Thresholds convert(String text) {
            try {
                return Thresholds.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /// `HOST:PORT`, with an IPv6 host in brackets.
    static final class HostPort implements ITypeConverter<InetSocketAddress> {
        @Override
        public InetSocketAddress convert(String text) {
            int colon = text.lastIndexOf(':');
            if (colon <= 0) {
                throw wrong(text);
            }
            var host = text.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
            try {
                return InetSocketAddress.createUnresolved(
                        host, Integer.parseInt(text.substring(colon + 1)));
            } catch (IllegalArgumentException e) {
                throw wrong(text);
            }
        }

        private static TypeConversionException wrong(String text) {
            return new TypeConversionException(
                    "'" + text + "' is not HOST:PORT, such as 127.0.0.1:6443");
        }
    }
}
