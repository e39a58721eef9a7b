/// Main, the command line and the composition root, wired by hand. The only package that may see
/// all others, the system's clock and its randomness.
@NullMarked
package dev.flotilla.app;

import org.jspecify.annotations.NullMarked;
