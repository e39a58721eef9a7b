/// Who may do what, as charts and tools bring it along: kept and checked, with no effect.
@NullMarked
package dev.flotilla.registry.kinds.rbac;

import org.jspecify.annotations.NullMarked;
