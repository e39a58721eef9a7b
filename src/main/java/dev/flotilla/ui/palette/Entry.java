package dev.flotilla.ui.palette;

/// Something that can be found: an object to go to, or a command to run.
///
/// @param detail what kind of thing it is, or where
/// @param icon an Ikonli literal, such as `fth-box`
public record Entry(String title, String detail, String icon, Runnable go) {}
