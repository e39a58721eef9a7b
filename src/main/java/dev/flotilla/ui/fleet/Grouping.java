package dev.flotilla.ui.fleet;

/// What a card of the map stands for.
enum Grouping {
    NODE,
    APP
}
