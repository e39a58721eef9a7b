package dev.flotilla.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class KubeletTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world = new World(1);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void registersTheNode() {
        world.run(SECOND);
        var node = world.node();
        assertThat(node.getSpec().getPodCIDR()).isEqualTo("10.42.0.0/24");
        assertThat(node.getStatus().getCapacity()).containsEntry("cpu", new Quantity("4"));
        assertThat(node.getStatus().getConditions().getLast().getStatus()).isEqualTo("True");
        assertThat(node.getMetadata().getLabels())
                .containsEntry("kubernetes.io/hostname", "n1")
                .containsEntry("flotilla.dev/runtime", "simulated");
        assertThat(world.cluster.get(Lease.class, new ObjectKey("kube-node-lease", "n1")))
                .isPresent();
    }

    @Test
    void writesNothingWhileNothingChanges() {
        world.pod("web");
        world.run(SECOND);
        var before = world.node().getMetadata().getResourceVersion();
        var pod = world.get("web").getMetadata().getResourceVersion();
        world.run(Duration.ofSeconds(30));
        assertThat(world.node().getMetadata().getResourceVersion()).isEqualTo(before);
        assertThat(world.get("web").getMetadata().getResourceVersion()).isEqualTo(pod);
    }

    @Test
    void tellsOfAPodOnceWhenItStartsAtOnce() {
        var made = world.pod("web", "instant:1", "Always", List.of());
        world.run(SECOND);
        var pod = world.get("web");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        var listing = world.cluster.list(Pod.class);
        long since = Long.parseLong(made.getMetadata().getResourceVersion());
        assertThat(listing.items()).hasSize(1);
        try (var watch = world.cluster.watch(Pod.class, since)) {
            assertThat(watch.poll()).hasSize(1);
        }
    }

    @Test
    void beginsWithACrowdWhenItHasCome() {
        for (int i = 0; i < 70; i++) {
            world.pod("p" + i, "instant:1", "Always", List.of());
        }
        world.run(Duration.ZERO);
        assertThat(world.engine.containers()).isEmpty();
        world.run(SECOND);
        assertThat(world.pods()).allMatch(p -> "Running".equals(p.getStatus().getPhase()));
    }

    @Test
    void runsAPodAndSaysSo() {
        world.pod("web");
        world.run(SECOND);
        var pod = world.get("web");
        assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod.getStatus().getPodIP()).isEqualTo("10.42.0.2");
        assertThat(pod.getStatus().getHostIP()).isEqualTo(world.engine.info().address());
        assertThat(world.ready(pod)).isEqualTo("True");
        var status = world.web("web");
        assertThat(status.getReady()).isTrue();
        assertThat(status.getRestartCount()).isZero();
        assertThat(status.getContainerID()).startsWith("simulated://");
        assertThat(status.getState().getRunning()).isNotNull();
        assertThat(world.events("web"))
                .contains(
                        "Pulling: Pulling image \"nginx:1.27\"",
                        "Created: Created container: web",
                        "Started: Started container web");
    }

    @Test
    void aCrashedContainerKeepsItsAddressAndTellsHowItEnded() {
        var pod = world.pod("web");
        world.run(SECOND);
        world.engine.crash(world.container(pod, "web"));
        world.run(SECOND);
        var status = world.web("web");
        assertThat(status.getState().getRunning()).isNotNull();
        assertThat(status.getRestartCount()).isEqualTo(1);
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(1);
        assertThat(status.getLastState().getTerminated().getReason()).isEqualTo("Error");
        assertThat(world.get("web").getStatus().getPodIP()).isEqualTo("10.42.0.2");
    }

    @Test
    void crashingAgainAndAgainIsABackOff() {
        world.pod("web", "busybox:1", "Always", shell("exit 3"));
        world.run(Duration.ofSeconds(20));
        var status = world.web("web");
        assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
        assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(3);
        assertThat(status.getRestartCount()).isGreaterThan(5);
        assertThat(world.get("web").getStatus().getPhase()).isEqualTo("Running");
        assertThat(world.ready(world.get("web"))).isEqualTo("False");
        assertThat(world.events("web"))
                .anyMatch(e -> e.startsWith("BackOff: Back-off restarting failed container web"));
    }

    @Test
    void whatWasKilledByHandRunsAgainWithinASecond() {
        var pod = world.pod("web");
        world.run(SECOND);
        for (int i = 1; i <= 3; i++) {
            world.engine.kill(world.container(pod, "web"));
            world.run(SECOND);
            assertThat(world.web("web").getState().getRunning()).isNotNull();
            assertThat(world.web("web").getRestartCount()).isEqualTo(i);
        }
        assertThat(world.web("web").getLastState().getTerminated().getExitCode()).isEqualTo(137);
    }

    @Test
    void whatWasRemovedByHandIsMadeAgainWithTheSameAddress() {
        var pod = world.pod("web");
        world.pod("other");
        world.run(SECOND);
        var address = world.get("web").getStatus().getPodIP();
        var id = world.web("web").getContainerID();
        world.engine.vanish(world.container(pod, "web"));
        world.run(SECOND);
        assertThat(world.web("web").getContainerID()).isNotEqualTo(id);
        assertThat(world.web("web").getRestartCount()).isEqualTo(1);
        assertThat(world.get("web").getStatus().getPodIP()).isEqualTo(address);
    }

    @Test
    void anImageThatCannotBeHadIsToldInTheEnginesWordsAndHoldsUpNobody() {
        world.pod("bad", "no-such/thing:1", "Always", List.of());
        world.pod("good");
        world.run(SECOND);
        assertThat(world.web("bad").getState().getWaiting().getReason()).isEqualTo("ErrImagePull");
        assertThat(world.web("bad").getState().getWaiting().getMessage())
                .contains("pull access denied for no-such/thing");
        assertThat(world.web("good").getReady()).isTrue();
        world.run(Duration.ofSeconds(3));
        var waiting = world.web("bad").getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("ImagePullBackOff");
        assertThat(waiting.getMessage()).contains("pull access denied");
        world.run(MINUTE);
        assertThat(world.events("bad"))
                .anyMatch(e -> e.startsWith("Failed: Failed to pull image \"no-such/thing:1\""))
                .contains("Failed: Error: ImagePullBackOff");
        assertThat(world.get("bad").getStatus().getPhase()).isEqualTo("Pending");
    }

    @Test
    void neverPullMeansNever() {
        world.create(
                new PodBuilder(Pods.pod("Always", "web"))
                        .editSpec()
                        .editFirstContainer()
                        .withImagePullPolicy("Never")
                        .endContainer()
                        .endSpec()
                        .build());
        world.run(SECOND);
        assertThat(world.web("web").getState().getWaiting().getReason())
                .isEqualTo("ErrImageNeverPull");
    }

    @Test
    void aDeletedPodLeavesNothing() {
        world.pod("web");
        world.run(SECOND);
        world.cluster.delete(world.get("web"), Deletion.GRACEFUL);
        world.run(SECOND);
        assertThat(world.engine.containers()).isEmpty();
        assertThat(world.pods()).isEmpty();
        assertThat(world.events("web")).contains("Killing: Stopping container web");
        world.pod("web");
        world.run(SECOND);
        assertThat(world.get("web").getStatus().getPodIP())
                .as("an address rests before it is given out again")
                .isEqualTo("10.42.0.3");
    }

    @Test
    void theNextMasterTakesOverWhatRuns() {
        var pod = world.pod("web");
        world.pod("other");
        world.run(SECOND);
        world.engine.crash(world.container(pod, "web"));
        world.run(SECOND);
        var ids = world.engine.containers().stream().map(ContainerState::id).toList();
        var before = world.get("web");
        world.restartMaster();
        world.run(Duration.ofSeconds(30));
        assertThat(world.engine.containers().stream().map(ContainerState::id))
                .containsExactlyElementsOf(ids);
        assertThat(world.get("web")).isEqualTo(before);
        world.pod("third");
        world.run(SECOND);
        assertThat(world.pods().stream().map(p -> p.getStatus().getPodIP()).distinct()).hasSize(3);
    }

    @Test
    void whatLostItsPodWhileTheMasterWasAwayIsRemoved() {
        world.pod("web");
        world.run(SECOND);
        world.cluster.delete(world.get("web"), Deletion.NOW);
        assertThat(world.engine.containers()).hasSize(1);
        world.restartMaster();
        world.run(SECOND);
        assertThat(world.engine.containers()).isEmpty();
    }

    @Test
    void aPodThatIsMadeAnewUnderItsNameGetsContainersOfItsOwn() {
        world.pod("web");
        world.run(SECOND);
        var id = world.web("web").getContainerID();
        world.cluster.delete(world.get("web"), Deletion.NOW);
        world.pod("web");
        world.run(SECOND);
        assertThat(world.engine.containers()).hasSize(1);
        assertThat(world.web("web").getContainerID()).isNotEqualTo(id);
        assertThat(world.web("web").getReady()).isTrue();
    }

    @Test
    void severalContainersShareASandboxAndFollowItsRestart() {
        var pod = world.create(named("pair", Pods.pod("Always", "web", "log")));
        world.run(SECOND);
        assertThat(world.get("pair").getStatus().getPhase()).isEqualTo("Running");
        assertThat(world.engine.containers()).hasSize(3);
        assertThat(world.get("pair").getStatus().getPodIP()).isEqualTo("10.42.0.2");
        world.engine.kill(world.container(pod, PodLabels.SANDBOX));
        world.run(Duration.ofSeconds(2));
        assertThat(world.get("pair").getStatus().getContainerStatuses())
                .allMatch(s -> s.getState().getRunning() != null)
                .allMatch(s -> s.getRestartCount() == 1);
        world.engine.vanish(world.container(pod, PodLabels.SANDBOX));
        world.run(Duration.ofSeconds(2));
        assertThat(world.engine.containers()).hasSize(3);
        assertThat(world.get("pair").getStatus().getPodIP()).isEqualTo("10.42.0.2");
        world.cluster.delete(world.get("pair"), Deletion.GRACEFUL);
        world.run(SECOND);
        assertThat(world.engine.containers()).isEmpty();
        assertThat(world.pods()).isEmpty();
    }

    @Test
    void waitsForAConfigMapAndGoesOnWhenItAppears() {
        world.create(
                new PodBuilder(named("web", Pods.pod("Always", "web")))
                        .editSpec()
                        .editFirstContainer()
                        .addNewEnv()
                        .withName("GREETING")
                        .withNewValueFrom()
                        .withNewConfigMapKeyRef("hello", "words", false)
                        .endValueFrom()
                        .endEnv()
                        .endContainer()
                        .endSpec()
                        .build());
        world.run(SECOND);
        var waiting = world.web("web").getState().getWaiting();
        assertThat(waiting.getReason()).isEqualTo("CreateContainerConfigError");
        assertThat(waiting.getMessage()).isEqualTo("configmap \"words\" not found");
        world.create(
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("words")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("hello", "hi")
                        .build());
        world.run(SECOND);
        assertThat(world.web("web").getReady()).isTrue();
    }

    @Test
    void whatIsNotSupportedIsSaid() {
        world.create(
                new PodBuilder(named("web", Pods.pod("Always", "web")))
                        .editSpec()
                        .withHostUsers(false)
                        .endSpec()
                        .build());
        world.run(SECOND);
        assertThat(world.web("web").getState().getWaiting().getMessage())
                .isEqualTo(
                        "not supported by this node: user namespaces (hostUsers: false), which"
                                + " Docker has for a whole engine only");
        assertThat(world.engine.containers()).isEmpty();
    }

    @Test
    void aPodThatIsToEndEnds() {
        world.pod("good", "busybox:1", "Never", shell("sleep 2; exit 0"));
        world.pod("bad", "busybox:1", "Never", shell("sleep 2; exit 4"));
        world.pod("again", "busybox:1", "OnFailure", shell("sleep 2; exit 4"));
        world.run(Duration.ofSeconds(10));
        assertThat(world.get("good").getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(world.get("bad").getStatus().getPhase()).isEqualTo("Failed");
        assertThat(world.web("bad").getState().getTerminated().getExitCode()).isEqualTo(4);
        assertThat(world.get("again").getStatus().getPhase()).isEqualTo("Running");
        assertThat(world.web("again").getRestartCount()).isPositive();
        world.restartMaster();
        world.run(Duration.ofSeconds(10));
        assertThat(world.get("good").getStatus().getPhase()).isEqualTo("Succeeded");
        assertThat(world.web("good").getRestartCount()).isZero();
    }

    @Test
    void aSilentNodeIsUnknownAfterTwoSecondsAndComesBackWhole() {
        var name = world.container(ran("web"), "web");
        world.silent(true);
        world.run(Duration.ofMillis(1500));
        assertThat(health()).isEqualTo("True");
        world.run(SECOND);
        assertThat(health()).isEqualTo("Unknown");
        assertThat(world.ready(world.get("web"))).isEqualTo("False");
        world.engine.crash(name);
        world.run(MINUTE);
        world.silent(false);
        world.run(SECOND);
        assertThat(health()).isEqualTo("True");
        assertThat(world.ready(world.get("web"))).isEqualTo("True");
        assertThat(world.web("web").getRestartCount()).isEqualTo(1);
    }

    @Test
    void handsInWhatPodsUse() {
        world.pod("web");
        world.run(Duration.ofSeconds(10));
        var last = world.uses.getLast();
        assertThat(last.node()).isEqualTo("n1");
        assertThat(last.window()).isEqualTo(Duration.ofSeconds(2));
        assertThat(last.pods()).hasSize(1);
        assertThat(last.pods().getFirst().pod()).isEqualTo(new ObjectKey("default", "web"));
        assertThat(last.pods().getFirst().containers().getFirst().cpuMillis()).isPositive();
        assertThat(last.cpuMillis()).isPositive();
    }

    private Pod ran(String name) {
        world.pod(name);
        world.run(SECOND);
        return world.get(name);
    }

    private String health() {
        return world.node().getStatus().getConditions().getLast().getStatus();
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static Pod named(String name, Pod pod) {
        return new PodBuilder(pod).editMetadata().withName(name).endMetadata().build();
    }
}
