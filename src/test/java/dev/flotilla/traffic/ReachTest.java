package dev.flotilla.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.traffic.plan.Plan.Refused;
import dev.flotilla.traffic.plan.Server;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Which endpoints a node uses, and who gets a place that two want.
class ReachTest {
    @Test
    void theReadyAndThoseThatRestBeforeTheyGo() {
        assertThat(servers("inside", "svc:default:web:http"))
                .containsExactly(
                        "web-a_10.42.1.5:8080",
                        "web-d_10.42.1.7:8080 draining",
                        "web-b_10.42.2.5:8080");
    }

    @Test
    void whoIsAboutToStopServesWhereNobodyElseDoes() {
        assertThat(servers("inside", "svc:default:dying:80"))
                .containsExactly("dying-a_10.42.1.9:8080");
    }

    @Test
    void onlyTheOwnNodesWhereThePolicySaysSo() {
        assertThat(servers("choice", "svc:default:near:80")).containsExactly("10.42.1.5:8080");
        assertThat(servers("outside", "ext:shop:local:http")).containsExactly("a_10.42.1.5:8080");
        assertThat(servers("outside", "svc:shop:local:http")).hasSize(2);
    }

    @Test
    void thoseMeantForTheOwnZone() {
        assertThat(servers("choice", "svc:default:zoned:80")).containsExactly("10.42.1.5:8080");
    }

    @Test
    void whoCameFirstKeepsAPlace() {
        var objects = Scenes.objects("nodes");
        objects.addAll(
                Scenes.yaml(
                        """
                        kind: Service
                        apiVersion: v1
                        metadata: {namespace: default, name: late, creationTimestamp: "2026-01-02T00:00:00Z"}
                        spec: {type: LoadBalancer, clusterIP: 10.43.0.1, externalTrafficPolicy: Local, ports: [{port: 80}]}
                        ---
                        kind: Service
                        apiVersion: v1
                        metadata: {namespace: default, name: soon, creationTimestamp: "2026-01-01T00:00:00Z"}
                        spec: {type: LoadBalancer, clusterIP: 10.43.0.2, externalTrafficPolicy: Local, ports: [{port: 80}]}
                        ---
                        kind: Service
                        apiVersion: v1
                        metadata: {namespace: default, name: sctp}
                        spec: {clusterIP: 10.43.0.3, ports: [{port: 80, protocol: SCTP}]}
                        """));
        var plan = new Planner().plan(Scenes.picture(objects, List.of()), "n1");
        assertThat(plan.fronts())
                .extracting(f -> f.back().id() + " " + f.at())
                .containsExactly(
                        "ext:default:soon:80 [10.99.0.11:80]",
                        "svc:default:late:80 [10.43.0.1:80]",
                        "svc:default:soon:80 [10.43.0.2:80]");
        assertThat(plan.refused())
                .containsExactly(
                        new Refused("Service default/sctp", "nobody here carries SCTP"),
                        new Refused(
                                "Service default/late",
                                "10.99.0.11:80 belongs to Service default/soon"));
    }

    private static List<String> servers(String scene, String back) {
        return Scenes.plan(scene).fronts().stream()
                .filter(f -> f.back().id().toString().equals(back))
                .flatMap(f -> f.back().servers().stream())
                .map(ReachTest::line)
                .toList();
    }

    private static String line(Server server) {
        return server.name() + (server.draining() ? " draining" : "");
    }
}
