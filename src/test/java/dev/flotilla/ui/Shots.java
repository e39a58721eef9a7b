package dev.flotilla.ui;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.ui.fleet.MapProbe;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.FleetState;
import dev.flotilla.ui.state.NodeState;
import dev.flotilla.ui.state.Placement;
import dev.flotilla.ui.state.Selection;
import dev.flotilla.ui.state.Use;
import dev.flotilla.ui.theme.Theme;

import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Stage;
import javafx.util.Duration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// Renders the real window over fleets made by hand, in both looks and two sizes, to PNGs for a
/// person to look at. Needs a screen: `xvfb-run -s "-screen 0 1600x1000x24" java …Shots FOLDER
/// [NAME…]`.
final class Shots {
    private static final Duration SETTLE = Duration.millis(700);

    private final Path folder;
    private final List<Runnable> jobs = new ArrayList<>();

    private Shots(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        var shots = new Shots(Path.of(args[0]));
        var done = new CountDownLatch(1);
        var only = List.of(args).subList(1, args.length);
        Platform.startup(() -> shots.plan(only, done));
        done.await();
        Platform.exit();
    }

    private void plan(List<String> only, CountDownLatch done) {
        Platform.setImplicitExit(false);
        var fleets = new LinkedHashMap<String, FleetState>();
        fleets.put("fleet", Fleets.picture());
        fleets.put("trouble", Fleets.trouble());
        fleets.put("empty", Fleets.state(List.of(), List.of()));
        fleets.put("3", Fleets.large(1, 3));
        fleets.put("30", Fleets.large(5, 30));
        fleets.put("300", Fleets.large(10, 300));
        fleets.put("10000", Fleets.large(100, 10_000));
        for (Map.Entry<String, FleetState> fleet : fleets.entrySet()) {
            if (!only.isEmpty() && !only.contains(fleet.getKey())) {
                continue;
            }
            for (var look : List.of(Theme.Choice.DARK, Theme.Choice.LIGHT)) {
                jobs.add(() -> shoot(fleet.getKey(), fleet.getValue(), look, 1440, 900));
                jobs.add(() -> shoot(fleet.getKey(), fleet.getValue(), look, 1024, 700));
            }
        }
        if (only.isEmpty() || only.contains("drag")) {
            for (var look : List.of(Theme.Choice.DARK, Theme.Choice.LIGHT)) {
                jobs.add(() -> shoot("drag", Fleets.trouble(), look, 1440, 900));
            }
        }
        jobs.add(done::countDown);
        next();
    }

    private void next() {
        Platform.runLater(jobs.removeFirst());
    }

    private void shoot(String name, FleetState fleet, Theme.Choice look, int width, int height) {
        var stage = new Stage();
        Shown shown;
        try {
            var settings = Files.createTempDirectory("shots").resolve("settings");
            shown = new Shown(stage, settings, width, height);
        } catch (IOException e) {
            throw new UncheckedIOException("a folder for the settings", e);
        }
        shown.theme.choiceProperty().set(look);
        feed(shown.model, fleet);
        if (fleet.pods().size() < 100 && !fleet.pods().isEmpty()) {
            shown.model.select(new Selection.OfApp(fleet.apps().getLast().key()));
        }
        var settled = new PauseTransition(SETTLE);
        if (name.equals("drag")) {
            shown.hands.answer =
                    new Placement(
                            Map.of("pico-4", "needs 2 CPU, 1.2 free; taint gpu"),
                            Map.of(
                                    "pico-2",
                                    new Placement.Offer(
                                            1,
                                            612,
                                            List.of(
                                                    new Placement.Score("AppSpread", 100, 2),
                                                    new Placement.Score("TaintToleration", 100, 3),
                                                    new Placement.Score(
                                                            "NodeResourcesFit", 62, 1)))),
                            OptionalInt.of(3));
            settled.setOnFinished(_ -> drag(stage, () -> save(name, look, width, stage)));
        } else {
            settled.setOnFinished(_ -> save(name, look, width, stage));
        }
        settled.play();
    }

    /// Carries a pod from pico-1 over pico-2 and lets go after the picture.
    private static void drag(Stage stage, Runnable picture) {
        var probe = new MapProbe(stage.getScene().lookup("#fleet-map"));
        var robot = new Robot();
        var from = probe.pod(new ObjectKey("shop", "web-7c9f-a1"));
        var to = probe.node("pico-2");
        var steps = new ArrayList<Runnable>();
        steps.add(() -> robot.mouseMove(from));
        steps.add(() -> robot.mousePress(MouseButton.PRIMARY));
        for (int i = 1; i <= 5; i++) {
            var at = from.interpolate(to, i / 5.0);
            steps.add(() -> robot.mouseMove(at));
        }
        steps.add(() -> robot.mouseMove(to));
        steps.add(() -> robot.mouseMove(to));
        steps.add(picture);
        steps.add(() -> robot.mouseRelease(MouseButton.PRIMARY));
        var timeline = new Timeline();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            timeline.getKeyFrames().add(new KeyFrame(SETTLE.multiply(i), _ -> step.run()));
        }
        timeline.play();
    }

    private void save(String name, Theme.Choice look, int width, Stage stage) {
        var file =
                folder.resolve(
                        "%s-%d-%s.png"
                                .formatted(name, width, look.name().toLowerCase(Locale.ROOT)));
        try {
            Png.write(stage.getScene().snapshot(null), file);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
        stage.close();
        next();
    }

    /// Two minutes of measurements that end in `fleet`.
    static void feed(FleetModel model, FleetState fleet) {
        var random = new Random(7);
        double drift = 0;
        int steps = fleet.pods().size() > 1000 ? 10 : 120;
        for (int i = steps; i >= 0; i--) {
            drift = Math.clamp(drift + random.nextGaussian() * 0.03, -0.2, 0.2);
            var nodes = new ArrayList<NodeState>();
            for (var n : fleet.nodes()) {
                var use = n.use();
                double factor = i == 0 ? 1 : 1 + drift + random.nextGaussian() * 0.03;
                nodes.add(
                        new NodeState(
                                n.name(),
                                n.address(),
                                n.ready(),
                                n.message(),
                                n.cordoned(),
                                n.allocatable(),
                                n.requested(),
                                n.taints(),
                                n.runtime(),
                                n.created(),
                                use == null
                                        ? null
                                        : new Use(
                                                use.time().minusSeconds(2L * i),
                                                (long) (use.cpuMillis() * factor),
                                                use.memoryBytes())));
            }
            model.accept(
                    new FleetState(
                            fleet.at(),
                            fleet.namespaces(),
                            nodes,
                            fleet.pods(),
                            fleet.apps(),
                            fleet.machines(),
                            fleet.events()));
        }
    }
}
