/// What each kind means: a file a kind, with its names, defaults, validation, selectable fields and
/// columns. Pure: trees in, trees and problems out. A package here lists its kinds in one class,
/// and [Kinds] lists the packages.
@NullMarked
package dev.flotilla.registry.kinds;

import org.jspecify.annotations.NullMarked;
