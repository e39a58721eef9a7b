package dev.flotilla.ui.dialogs;

import dev.flotilla.ui.kit.Texts;
import dev.flotilla.ui.state.Actions;
import dev.flotilla.ui.state.FleetModel;

import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The sheet that adds a VM over SSH: a form, then the progress, the host key to agree to, and the
/// outcome.
public final class AddVmSheet {
    private static final int KEY_ROWS = 4;

    private final Sheets sheets;
    private final Texts texts = Texts.near(AddVmSheet.class);
    private final AddVmModel model;

    private AddVmSheet(Sheets sheets, FleetModel fleet, Actions actions) {
        this.sheets = sheets;
        model = new AddVmModel(fleet, actions);
        model.stageProperty().subscribe(this::show);
    }

    /// Opens it.
    public static void open(Sheets sheets, FleetModel fleet, Actions actions) {
        var _ = new AddVmSheet(sheets, fleet, actions);
    }

    private void show(AddVmModel.Stage stage) {
        switch (stage) {
            case AddVmModel.Stage.Asking(var refusal) -> form(refusal);
            case AddVmModel.Stage.Working(var step) -> working(step);
            case AddVmModel.Stage.HostKey(var fingerprint) -> hostKey(fingerprint);
            case AddVmModel.Stage.Ready(var node) -> ready(node);
            case AddVmModel.Stage.Failed(var step, var message) -> failed(step, message);
        }
    }

    private void form(String refusal) {
        var problem = wrapped(refusal);
        problem.getStyleClass().add("bad");
        problem.setId("vm-problem");
        var key = new TextArea();
        key.setPrefRowCount(KEY_ROWS);
        key.setPromptText(texts.get("vm.key.prompt"));
        var host = new TextField();
        host.setPromptText("10.0.0.11");
        var name = new TextField();
        name.setPromptText(texts.get("vm.name.prompt"));
        var fields =
                new VBox(
                        10,
                        field("vm.host", host, model.host),
                        field("vm.name", name, model.name),
                        field("vm.port", new TextField(), model.port),
                        field("vm.user", new TextField(), model.user),
                        field("vm.password", new PasswordField(), model.password),
                        field("vm.key", key, model.privateKey),
                        field("vm.passphrase", new PasswordField(), model.passphrase),
                        problem);
        var add = button("vm.add", "primary");
        add.setDefaultButton(true);
        add.setOnAction(
                _ ->
                        model.problem()
                                .ifPresentOrElse(p -> problem.setText(texts.get(p)), model::add));
        var cancel = button("cancel", "quiet");
        cancel.setOnAction(_ -> sheets.close());
        sheets.open(texts.get("vm.title"), fields, cancel, add);
        host.requestFocus();
    }

    private void working(String step) {
        var wheel = new ProgressIndicator();
        wheel.setPrefSize(22, 22);
        var words = wrapped(step.isEmpty() ? texts.get("vm.connecting") : step);
        words.setId("vm-step");
        var row = new HBox(12, wheel, words);
        row.setAlignment(Pos.CENTER_LEFT);
        var cancel = button("vm.take-back", "quiet");
        cancel.setOnAction(_ -> model.back());
        var hide = button("vm.hide", "quiet");
        hide.setOnAction(_ -> sheets.close());
        sheets.open(texts.get("vm.adding", model.wantedName()), row, cancel, hide);
    }

    private void hostKey(String fingerprint) {
        var shown = new Label(fingerprint);
        shown.getStyleClass().add("fingerprint");
        shown.setId("vm-fingerprint");
        shown.setMaxWidth(Double.MAX_VALUE);
        var body =
                new VBox(
                        10,
                        wrapped(texts.get("vm.host-key", model.host.get())),
                        shown,
                        wrapped(texts.get("vm.host-key.how")));
        var trust = button("vm.trust", "primary");
        trust.setOnAction(_ -> model.trust());
        var cancel = button("vm.take-back", "quiet");
        cancel.setOnAction(_ -> model.back());
        sheets.open(texts.get("vm.host-key.title"), body, cancel, trust);
        trust.requestFocus();
    }

    private void ready(String node) {
        var close = button("close", "primary");
        close.setDefaultButton(true);
        close.setOnAction(_ -> sheets.close());
        sheets.open(texts.get("vm.ready.title"), wrapped(texts.get("vm.ready", node)), close);
        close.requestFocus();
    }

    private void failed(String step, String message) {
        var why = wrapped(message);
        why.getStyleClass().add("bad");
        why.setId("vm-failure");
        var body =
                new VBox(
                        10,
                        wrapped(texts.get("vm.failed", step)),
                        why,
                        wrapped(texts.get("vm.failed.again")));
        var edit = button("vm.edit", "primary");
        edit.setOnAction(_ -> model.back());
        var hide = button("vm.hide", "quiet");
        hide.setOnAction(_ -> sheets.close());
        sheets.open(texts.get("vm.failed.title", model.wantedName()), body, hide, edit);
    }

    private HBox field(String key, TextInputControl control, StringProperty value) {
        var name = new Label(texts.get(key));
        name.getStyleClass().add("field-name");
        name.setLabelFor(control);
        control.setId(key.replace('.', '-'));
        control.textProperty().bindBidirectional(value);
        HBox.setHgrow(control, Priority.ALWAYS);
        var row = new HBox(10, name, control);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Button button(String key, String style) {
        var button = new Button(texts.get(key));
        button.setId(key.replace('.', '-'));
        button.getStyleClass().add(style);
        return button;
    }

    private static Label wrapped(String text) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(Label.USE_PREF_SIZE);
        return label;
    }
}
