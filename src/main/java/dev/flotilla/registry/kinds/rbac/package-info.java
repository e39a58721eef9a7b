/// Who may do what: roles and to whom they are bound, and those that a cluster brings itself.
@NullMarked
package dev.flotilla.registry.kinds.rbac;

import org.jspecify.annotations.NullMarked;
