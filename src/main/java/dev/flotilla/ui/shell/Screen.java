package dev.flotilla.ui.shell;

import javafx.scene.Node;

/// An entry in the rail and what it shows.
///
/// @param id how the settings name it
/// @param icon an Ikonli literal, such as `fth-grid`
public record Screen(String id, String title, String icon, Node content) {}
