package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Kubectl;
import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// The real kubectl on a master with simulated nodes: where Services lead.
@MostlyWaits
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KubectlServicesTest {
    private static final String WAIT = "--timeout=60s";

    @TempDir static Path folder;

    private Master master;
    private Kubectl kubectl;

    @BeforeAll
    void master() throws IOException {
        Kubectl.assumeInstalled(31);
        master = Master.start(folder, "--simulate", "2");
        kubectl = new Kubectl(master.kubeconfig());
        for (var node : new String[] {"node/sim-1", "node/sim-2"}) {
            kubectl.run("wait", "--for=create", node, WAIT);
        }
        kubectl.run("wait", "--for=condition=Ready", "node", "--all", WAIT);
    }

    @AfterAll
    void end() {
        if (master != null) {
            master.close();
        }
    }

    @Test
    void anExposedDeploymentLeadsToItsPods() {
        kubectl.run("create", "deployment", "shop", "--image=web:1", "--replicas=2");
        kubectl.run("rollout", "status", "deployment/shop", WAIT);
        assertThat(kubectl.run("expose", "deployment", "shop", "--port=80", "--target-port=8080"))
                .isEqualTo("service/shop exposed\n");
        kubectl.run("wait", "--for=create", "endpoints/shop", WAIT);
        var pods =
                kubectl.get("pods", "-l", "app=shop")
                        .path("items")
                        .valueStream()
                        .map(p -> p.at("/status/podIP").asString() + ":8080")
                        .sorted()
                        .collect(Collectors.joining(","));
        kubectl.run("wait", "--for=jsonpath={.subsets[0].addresses[1].ip}", "endpoints/shop", WAIT);
        assertThat(kubectl.run("get", "endpoints", "shop").lines().toList())
                .satisfies(
                        lines -> {
                            assertThat(lines.getFirst()).matches("NAME +ENDPOINTS +AGE");
                            assertThat(lines.get(1)).startsWith("shop ").contains(" " + pods + " ");
                        });
        var of = "kubernetes.io/service-name=shop";
        kubectl.run(
                "wait",
                "--for=jsonpath={.endpoints[1].conditions.ready}=true",
                "endpointslices",
                "-l",
                of,
                WAIT);
        assertThat(kubectl.run("get", "endpointslices", "-l", of).lines().toList())
                .satisfies(
                        lines -> {
                            assertThat(lines.getFirst())
                                    .matches("NAME +ADDRESSTYPE +PORTS +ENDPOINTS +AGE");
                            assertThat(lines.get(1)).matches("shop-\\w{5} +IPv4 +8080 +\\S+ .*");
                        });
        assertThat(kubectl.run("describe", "service", "shop"))
                .contains("TargetPort:", "8080/TCP")
                .containsPattern("Endpoints: +\\d[\\d.]+:8080,\\d");
        kubectl.run("delete", "service", "shop");
        kubectl.run("wait", "--for=delete", "endpointslices", "-l", of, WAIT);
        kubectl.run("wait", "--for=delete", "endpoints/shop", WAIT);
    }

    @Test
    void aLoadBalancerIsTheNodes() {
        kubectl.run("create", "service", "loadbalancer", "front", "--tcp=80:8080");
        kubectl.run(
                "wait",
                "--for=jsonpath={.status.loadBalancer.ingress[1].ip}",
                "service/front",
                WAIT);
        var nodes =
                kubectl.get("nodes")
                        .path("items")
                        .valueStream()
                        .map(n -> n.at("/status/addresses/0/address").asString())
                        .sorted()
                        .collect(Collectors.joining(","));
        assertThat(kubectl.run("get", "service", "front").lines().skip(1))
                .singleElement()
                .asString()
                .contains(" " + nodes + " ");
        assertThat(kubectl.run("get", "ingressclass"))
                .containsPattern("flotilla +flotilla.dev/ingress");
    }
}
