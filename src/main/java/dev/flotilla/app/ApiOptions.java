package dev.flotilla.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;

/// Which master a command talks to.
final class ApiOptions {
    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The cluster's kubeconfig (default: ${DEFAULT-VALUE}).")
    Path kubeconfig = DataFolder.ofThisUser().resolve("kubeconfig");

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "A context in it (default: the current one).")
    @Nullable String context;

    /// @throws IllegalArgumentException if there is no such file, in words
    KubernetesClient client() {
        if (!Files.isReadable(kubeconfig)) {
            throw new IllegalArgumentException(
                    kubeconfig
                            + ": no such kubeconfig, or it can't be read; start 'flotilla master',"
                            + " or see --kubeconfig");
        }
        return new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(context, kubeconfig.toFile()))
                .build();
    }
}
