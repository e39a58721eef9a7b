package dev.flotilla.ui.dialogs;

import dev.flotilla.model.MachineSpec;
import dev.flotilla.model.MachineStatus.Phase;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;
import dev.flotilla.ui.state.Intent;
import dev.flotilla.ui.state.MachineState;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Adding a VM over SSH: what is asked, and how far it has come.
final class AddVmModel {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int MOST_PORT = 65_535;

    final StringProperty name = new SimpleStringProperty("");
    final StringProperty host = new SimpleStringProperty("");
    final StringProperty port = new SimpleStringProperty("22");
    final StringProperty user = new SimpleStringProperty("root");
    final StringProperty password = new SimpleStringProperty("");
    final StringProperty privateKey = new SimpleStringProperty("");
    final StringProperty passphrase = new SimpleStringProperty("");

    private final FleetModel model;
    private final Actions actions;
    private final ReadOnlyObjectWrapper<Stage> stage =
            new ReadOnlyObjectWrapper<>(new Stage.Asking(""));
    private boolean asked;
    private @Nullable Trusted trusted;

    AddVmModel(FleetModel model, Actions actions) {
        this.model = model;
        this.actions = actions;
        model.allProperty().subscribe(this::follow);
    }

    ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /// What is wrong with what was typed, as a key of a text; empty if nothing is.
    Optional<String> problem() {
        if (host.get().isBlank()) {
            return Optional.of("problem.host");
        }
        if (!NAME.matcher(wantedName()).matches()) {
            return Optional.of("problem.name");
        }
        if (!asked && model.allProperty().get().machines().stream().anyMatch(this::mine)) {
            return Optional.of("problem.taken");
        }
        if (portNumber().isEmpty()) {
            return Optional.of("problem.port");
        }
        if (user.get().isBlank()) {
            return Optional.of("problem.user");
        }
        return password.get().isEmpty() && privateKey.get().isBlank()
                ? Optional.of("problem.secret")
                : Optional.empty();
    }

    /// Adds the machine; [#stageProperty] tells what becomes of it.
    void add() {
        if (problem().isPresent()) {
            return;
        }
        asked = true;
        stage.set(new Stage.Working(""));
        var secretName = "machine-" + wantedName();
        var ssh =
                new MachineSpec.Ssh(
                        host.get().strip(),
                        portNumber().orElseThrow(),
                        user.get().strip(),
                        secretName,
                        trustedKey());
        actions.perform(
                        new Intent.AddMachine(
                                wantedName(), new MachineSpec(ssh, null, null), secret()))
                .exceptionally(
                        e -> {
                            asked = false;
                            stage.set(new Stage.Asking(said(e)));
                            return null;
                        });
    }

    /// Agrees to the host key that is shown.
    void trust() {
        if (stage.get() instanceof Stage.HostKey(var key)) {
            stage.set(new Stage.Working(""));
            trusted = new Trusted(host.get().strip(), port.get().strip(), key);
            actions.perform(new Intent.TrustHostKey(wantedName(), key)).exceptionally(_ -> null);
        }
    }

    /// A key that was agreed to stays agreed to while the rest of the form is mended.
    private @Nullable String trustedKey() {
        var agreed = trusted;
        return agreed != null
                        && agreed.host().equals(host.get().strip())
                        && agreed.port().equals(port.get().strip())
                ? agreed.key()
                : null;
    }

    /// Takes back what was added, if anything was, and asks again.
    void back() {
        if (asked) {
            asked = false;
            actions.perform(new Intent.RemoveMachine(wantedName())).exceptionally(_ -> null);
        }
        stage.set(new Stage.Asking(""));
    }

    String wantedName() {
        var typed = name.get().strip();
        return typed.isEmpty()
                ? host.get().strip().toLowerCase(Locale.ROOT).replace('.', '-')
                : typed;
    }

    private void follow() {
        if (asked) {
            model.allProperty().get().machines().stream()
                    .filter(this::mine)
                    .findFirst()
                    .ifPresent(this::show);
        }
    }

    private void show(MachineState machine) {
        var phase =
                Arrays.stream(Phase.values())
                        .filter(p -> p.name().equals(machine.phase()))
                        .findFirst()
                        .orElse(Phase.Pending);
        stage.set(
                switch (phase) {
                    case Pending, Provisioning -> new Stage.Working(machine.step());
                    case HostKeyUnknown ->
                            machine.hostKey() == null
                                    ? new Stage.Working(machine.step())
                                    : new Stage.HostKey(machine.hostKey());
                    case Ready ->
                            new Stage.Ready(
                                    machine.node() == null ? machine.name() : machine.node());
                    case Failed -> new Stage.Failed(machine.step(), machine.message());
                });
    }

    private boolean mine(MachineState machine) {
        return machine.name().equals(wantedName());
    }

    private Map<String, String> secret() {
        var secret = new HashMap<String, String>();
        if (!privateKey.get().isBlank()) {
            secret.put("privateKey", privateKey.get().strip() + "\n");
            if (!passphrase.get().isEmpty()) {
                secret.put("passphrase", passphrase.get());
            }
        } else {
            secret.put("password", password.get());
        }
        return secret;
    }

    private Optional<Integer> portNumber() {
        try {
            int number = Integer.parseInt(port.get().strip());
            return number > 0 && number <= MOST_PORT ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String said(Throwable e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /// A host key that the person agreed to.
    private record Trusted(String host, String port, String key) {}

    /// How far it has come.
    sealed interface Stage {
        /// The person types.
        ///
        /// @param refusal why the API did not take it; empty at first
        record Asking(String refusal) implements Stage {}

        /// The master works at a step.
        record Working(String step) implements Stage {}

        /// A host key is seen for the first time; a person must agree.
        record HostKey(String fingerprint) implements Stage {}

        /// It is a Node.
        record Ready(String node) implements Stage {}

        /// A step failed; the master tries again by itself.
        record Failed(String step, String message) implements Stage {}
    }
}
