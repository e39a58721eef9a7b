/// Services, what stands behind them, and the ways in from outside.
@NullMarked
package dev.flotilla.registry.kinds.network;

import org.jspecify.annotations.NullMarked;
