/// The window: screens and what they share. The only user of JavaFX.
///
/// Refuses: reaching into the master; it talks to any Kubernetes API through the fabric8 client.
///
/// How it is laid out, each line using only lines above it:
/// - `theme`: colours, fonts, light and dark. One source of colours, CSS looked-up colours in
///   `dark.css` and `light.css`, read for canvases too.
/// - `kit`: markup loader, texts, settings, and what else every screen needs.
/// - `state`: [dev.flotilla.ui.state.FleetState], the immutable picture of the cluster that every
///   screen shows; [dev.flotilla.ui.state.FleetModel], its observable holder on the FX thread;
///   [dev.flotilla.ui.state.Actions], the one way to change anything.
/// - one package a screen or panel: `fleet`, …
/// - `shell`: the frame around them with its slots. [dev.flotilla.ui.shell.ShellView] has
///   `inspector(Node)` (right, 372 wide: 344 and a margin of 14), `timeline(Node)` (bottom, beside
///   the rail) and `screen(Screen)` (an entry in the rail and its content). An empty slot takes no
///   room.
/// - `Window` in this package puts them together; a new panel is one line there.
///
/// A screen is `fxml/NAME/NameView.fxml` with its CSS beside it, `ui.NAME.NameView` that names
/// things and decides nothing, and `ui.NAME.NameViewModel` with properties and no control. Its
/// texts are `texts.properties` and `texts_de.properties` in the package's resource folder.
@NullMarked
package dev.flotilla.ui;

import org.jspecify.annotations.NullMarked;
