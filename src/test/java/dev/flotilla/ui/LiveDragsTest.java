package dev.flotilla.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Master;
import dev.flotilla.lab.Until;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.MapProbe;
import dev.flotilla.ui.kit.Settings;
import dev.flotilla.ui.state.PodState;
import dev.flotilla.ui.theme.Theme;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

import javafx.application.Platform;
import javafx.geometry.Point2D;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/// Each drag of the Fleet screen against a real master with simulated nodes, checked at the API.
@ExtendWith(ApplicationExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class LiveDragsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectKey WEB = new ObjectKey("default", "web");

    @TempDir static Path folder;

    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private Master master;
    private KubernetesClient client;
    private Session session;
    private Stage stage;

    @BeforeAll
    void master() throws IOException {
        master = Master.start(folder, "--simulate", "3");
        var config = Config.fromKubeconfig(master.kubeconfig().toFile());
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    void end() {
        client.close();
        master.close();
        work.close();
    }

    @Start
    void start(Stage shown) {
        stage = shown;
        var time = InstantSource.system();
        session = new Session(work, Platform::runLater, time);
        var settings = new Settings(folder.resolve("settings"));
        stage.setScene(
                new Window(
                                session.model(),
                                session.actions(),
                                new Theme(),
                                settings,
                                time,
                                1000,
                                900)
                        .scene());
        stage.setX(0);
        stage.setY(0);
        stage.show();
        session.connect(new Desktop.Connection(master.kubeconfig(), null, "a test"), null);
    }

    @BeforeEach
    void web(FxRobot robot) {
        client.resource(
                        new DeploymentBuilder()
                                .withNewMetadata()
                                .withName("web")
                                .withNamespace("default")
                                .endMetadata()
                                .withNewSpec()
                                .withReplicas(3)
                                .withNewSelector()
                                .addToMatchLabels("app", "web")
                                .endSelector()
                                .withNewTemplate()
                                .withNewMetadata()
                                .addToLabels("app", "web")
                                .endMetadata()
                                .withNewSpec()
                                .withTerminationGracePeriodSeconds(1L)
                                .addNewContainer()
                                .withName("web")
                                .withImage("nginx")
                                .withNewResources()
                                .addToRequests("cpu", new Quantity("100m"))
                                .endResources()
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build())
                .create();
        Until.seen(
                "the window shows three ready pods",
                SOON,
                this::shownPods,
                p -> p.size() == 3 && p.stream().allMatch(s -> s.look() == PodState.Look.READY));
        settle(robot);
    }

    @AfterEach
    void clear() {
        client.apps().deployments().inNamespace("default").withName("web").delete();
        Until.seen("no pod is left", SOON, this::pods, List::isEmpty);
        Until.seen("the window shows none", SOON, this::shownPods, List::isEmpty);
        session.close();
    }

    @Test
    void aPodMovesAndItsReplacementIsReadyFirst(FxRobot robot) {
        var pod = first();
        var target = otherThan(pod);
        drag(robot, probe(robot).pod(pod.key()), probe(robot).node(target));
        var after =
                api(
                        "the pod has moved",
                        pods ->
                                pods.size() == 3
                                        && pods.stream().noneMatch(p -> uid(p).equals(pod.uid()))
                                        && pods.stream().allMatch(LiveDragsTest::ready));
        assertThat(after.stream().filter(p -> target.equals(p.getSpec().getNodeName()))).hasSize(2);
        assertThat(replicas()).isEqualTo(3);
    }

    @Test
    void undoMovesItBack(FxRobot robot) {
        var pod = first();
        drag(robot, probe(robot).pod(pod.key()), probe(robot).node(otherThan(pod)));
        api("the pod has moved", pods -> pods.stream().noneMatch(p -> uid(p).equals(pod.uid())));
        robot.press(KeyCode.CONTROL).type(KeyCode.Z).release(KeyCode.CONTROL);
        api(
                "each node has one again",
                pods ->
                        pods.size() == 3
                                && pods.stream().allMatch(LiveDragsTest::ready)
                                && pods.stream()
                                                .map(p -> p.getSpec().getNodeName())
                                                .distinct()
                                                .count()
                                        == 3);
    }

    @Test
    void anAppGetsAReplicaOnTheNodeItIsDroppedOn(FxRobot robot) {
        drag(robot, robot.point("#chip-web").query(), probe(robot).node("sim-2"));
        var after =
                api(
                        "four are ready",
                        p -> p.size() == 4 && p.stream().allMatch(LiveDragsTest::ready));
        assertThat(after.stream().filter(p -> "sim-2".equals(p.getSpec().getNodeName())))
                .hasSize(2);
    }

    @Test
    void anAppGetsAReplicaAnywhere(FxRobot robot) {
        lift(robot, robot.point("#chip-web").query());
        release(robot, robot.point(".anywhere").query());
        api("four are ready", p -> p.size() == 4 && p.stream().allMatch(LiveDragsTest::ready));
    }

    @Test
    void thePodInTheBinIsTheOneThatGoes(FxRobot robot) {
        var pod = first();
        lift(robot, probe(robot).pod(pod.key()));
        release(robot, robot.point(".bin").query());
        var after = api("two are left", p -> p.size() == 2);
        assertThat(after).noneMatch(p -> uid(p).equals(pod.uid()));
        assertThat(replicas()).isEqualTo(2);
    }

    private List<Pod> api(String what, Predicate<List<Pod>> holds) {
        return Until.seen(what, SOON, this::pods, holds);
    }

    private List<Pod> pods() {
        return client.pods().inNamespace("default").list().getItems();
    }

    private int replicas() {
        var web = client.apps().deployments().inNamespace("default").withName("web").get();
        return web.getSpec().getReplicas();
    }

    private List<PodState> shownPods() {
        return WaitForAsyncUtils.waitForAsyncFx(
                SOON.toMillis(), () -> session.model().state().podsOf(WEB));
    }

    private PodState first() {
        return shownPods().getFirst();
    }

    private static String otherThan(PodState pod) {
        return "sim-1".equals(pod.node()) ? "sim-2" : "sim-1";
    }

    private static String uid(Pod pod) {
        return pod.getMetadata().getUid();
    }

    private static boolean ready(Pod pod) {
        return pod.getStatus().getConditions().stream()
                .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
    }

    private MapProbe probe(FxRobot robot) {
        return new MapProbe(robot.lookup("#fleet-map").query());
    }

    private void settle(FxRobot robot) {
        for (int pass = 0; pass < 2; pass++) {
            robot.interact(
                    () -> {
                        stage.getScene().getRoot().applyCss();
                        stage.getScene().getRoot().layout();
                    });
        }
    }

    private void drag(FxRobot robot, Point2D from, Point2D to) {
        lift(robot, from);
        release(robot, to);
    }

    private void lift(FxRobot robot, Point2D from) {
        robot.moveTo(from).press(MouseButton.PRIMARY).moveBy(20, 20).moveBy(20, 20);
        settle(robot);
    }

    private static void release(FxRobot robot, Point2D to) {
        robot.moveTo(to).moveBy(2, 2);
        robot.release(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
