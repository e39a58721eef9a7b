/// What reading and writing share: the kinds by their names, what is looked at in a body before
/// anything is done with it, what the server alone writes into an object, who owns its fields.
@NullMarked
package dev.flotilla.registry.engine;

import org.jspecify.annotations.NullMarked;
