/// What asks a person for something, laid over the window: adding a VM, deploying a manifest.
@NullMarked
package dev.flotilla.ui.dialogs;

import org.jspecify.annotations.NullMarked;
