/// The window: screens and what they share. The only user of JavaFX.
///
/// Refuses: reaching into the master; it talks to any Kubernetes API through the fabric8 client.
@NullMarked
package dev.flotilla.ui;

import org.jspecify.annotations.NullMarked;
