package dev.flotilla.app;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// `flotilla exercise`: work for a master of simulated nodes, from which Java learns what it will
/// need often (`bin/train`).
@Command(
        name = "exercise",
        hidden = true,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Keep a master of simulated nodes busy for a while, in a namespace that goes"
                        + " again.")
final class ExerciseCommand implements Callable<Integer> {
    private static final String NAMESPACE = "exercise";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "For how long (default: ${DEFAULT-VALUE}).")
    int seconds = 30;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "Of the Deployment that comes and goes (default: ${DEFAULT-VALUE}).")
    int replicas = 200;

    @Mixin private ApiOptions api = new ApiOptions();
    private final Terminal terminal;

    ExerciseCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int rounds = 0;
        try (var client = api.client()) {
            client.resource(namespace()).create();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var _ = callers.submit(() -> makeMaps(client, end));
                while (System.nanoTime() - end < 0) {
                    round(client, "round-" + rounds++);
                }
            } finally {
                client.namespaces().withName(NAMESPACE).delete();
            }
        }
        terminal.out().println("rounds of " + replicas + " pods: " + rounds);
        return 0;
    }

    /// Comes, is rolled, and goes.
    private void round(KubernetesClient client, String name) {
        var deployments = client.apps().deployments().inNamespace(NAMESPACE);
        deployments.resource(deployment(name)).create();
        var one = deployments.withName(name);
        var _ = one.waitUntilCondition(this::isDone, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        one.edit(
                d ->
                        new DeploymentBuilder(d)
                                .editSpec()
                                .editTemplate()
                                .editMetadata()
                                .addToAnnotations("round", "2")
                                .endMetadata()
                                .endTemplate()
                                .endSpec()
                                .build());
        var _ = one.waitUntilCondition(this::isDone, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        var _ = client.pods().inNamespace(NAMESPACE).list();
        one.delete();
    }

    private boolean isDone(Deployment deployment) {
        var status = deployment.getStatus();
        return status != null
                && Objects.equals(
                        status.getObservedGeneration(), deployment.getMetadata().getGeneration())
                && is(status.getUpdatedReplicas())
                && is(status.getAvailableReplicas())
                && is(status.getReplicas());
    }

    private boolean is(@Nullable Integer count) {
        return count != null && count == replicas;
    }

    /// Makes, changes, reads and removes something small, again and again.
    private static void makeMaps(KubernetesClient client, long end) {
        var maps = client.configMaps().inNamespace(NAMESPACE);
        for (int i = 0; System.nanoTime() - end < 0; i++) {
            var name = "map-" + i;
            maps.resource(
                            new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName(name)
                                    .endMetadata()
                                    .withData(Map.of("a", "1"))
                                    .build())
                    .create();
            maps.withName(name).edit(m -> new ConfigMapBuilder(m).addToData("b", "2").build());
            var _ = maps.withName(name).get();
            maps.withName(name).delete();
        }
    }

    private static Namespace namespace() {
        return new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build();
    }

    private Deployment deployment(String name) {
        var labels = Map.of("app", name);
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withReplicas(replicas)
                .withNewSelector()
                .withMatchLabels(labels)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("instant:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
