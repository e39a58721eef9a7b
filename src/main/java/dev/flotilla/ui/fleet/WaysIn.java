package dev.flotilla.ui.fleet;

import dev.flotilla.model.MachineSpec;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.MachineState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The ways to get nodes: simulated ones, this computer's Docker, a VM over SSH.
public final class WaysIn {
    private static final int SIMULATED = 3;

    private final FleetModel model;
    private final Actions actions;
    private final @Nullable Runnable overSsh;

    /// @param overSsh opens the dialog that adds a VM; null while there is none
    public WaysIn(FleetModel model, Actions actions, @Nullable Runnable overSsh) {
        this.model = model;
        this.actions = actions;
        this.overSsh = overSsh;
    }

    /// In the order to offer them.
    public List<Way> all() {
        var ways = new ArrayList<Way>();
        ways.add(new Way("simulated", "fth-play-circle", this::simulate));
        ways.add(new Way("local", "fth-hard-drive", this::useThisComputer));
        if (overSsh != null) {
            ways.add(new Way("ssh", "fth-server", overSsh));
        }
        return ways;
    }

    /// Adds as many simulated nodes as make a fleet; one more if there are some already.
    void simulate() {
        var taken = model.state().machines().stream().map(MachineState::name).toList();
        boolean some = taken.stream().anyMatch(n -> n.startsWith("sim-"));
        int wanted = some ? 1 : SIMULATED;
        for (int n = 1; wanted > 0; n++) {
            var name = "sim-" + n;
            if (!taken.contains(name)) {
                add(name, new MachineSpec(null, null, new MachineSpec.Simulated(null, null)));
                wanted--;
            }
        }
    }

    void useThisComputer() {
        add("this-computer", new MachineSpec(null, new MachineSpec.Local(null), null));
    }

    private void add(String name, MachineSpec spec) {
        actions.perform(new Intent.AddMachine(name, spec, Map.of())).exceptionally(_ -> null);
    }

    /// One of them.
    ///
    /// @param icon an Ikonli literal
    public record Way(String id, String icon, Runnable go) {}
}
