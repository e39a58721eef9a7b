/// Disruption budgets: how many of their pods may go at this time. Writes their status and nothing
/// else.
@NullMarked
package dev.flotilla.controllers.disruption;

import org.jspecify.annotations.NullMarked;
