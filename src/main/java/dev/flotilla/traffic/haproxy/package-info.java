/// The text of HAProxy's configuration (2.6), what leads from one to the next, and the lines that
/// it logs.
@NullMarked
package dev.flotilla.traffic.haproxy;

import org.jspecify.annotations.NullMarked;
