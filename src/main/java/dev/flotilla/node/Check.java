package dev.flotilla.node;

import dev.flotilla.model.KubernetesVersion;

import java.time.Duration;
import java.util.List;

/// A question to a container, asked from its node.
public sealed interface Check {
    /// Who asks, in the words of HTTP and gRPC; servers know Kubernetes' by it.
    String ASKER = "kube-probe/" + KubernetesVersion.MAJOR + "." + KubernetesVersion.MINOR;

    /// Who runs a lifecycle hook, in the words of HTTP.
    String VISITOR = "kube-lifecycle/" + KubernetesVersion.MAJOR + "." + KubernetesVersion.MINOR;

    /// How long an answer may take.
    Duration timeout();

    /// A command in the container; well if it ends with 0.
    record Exec(String containerId, List<String> command, Duration timeout) implements Check {}

    /// Nothing is asked and that much time passes, or less if the container ends; always well.
    record Rest(String containerId, Duration timeout) implements Check {}

    /// A GET; well if the answer is 200 to 399.
    ///
    /// @param headers `name: value` each
    /// @param anyAnswer whether every answer is well
    record Http(
            boolean tls,
            String address,
            int port,
            String path,
            List<String> headers,
            boolean anyAnswer,
            Duration timeout)
            implements Check {
        public Http(
                boolean tls,
                String address,
                int port,
                String path,
                List<String> headers,
                Duration timeout) {
            this(tls, address, port, path, headers, false, timeout);
        }

        /// The same, content with every answer.
        public Http withAnyAnswer() {
            return new Http(tls, address, port, path, headers, true, timeout);
        }
    }

    /// A connection; well if it opens.
    record Tcp(String address, int port, Duration timeout) implements Check {}

    /// gRPC's own health service; well if it says SERVING.
    ///
    /// @param service empty for the whole server
    record Grpc(String address, int port, String service, Duration timeout) implements Check {}

    /// What came of it.
    ///
    /// @param words what a person should read when it is not well
    record Answer(boolean well, String words) {
        public static final Answer WELL = new Answer(true, "");

        public static Answer unwell(String words) {
            return new Answer(false, words);
        }
    }
}
