/// What the server tells of its own work, in Prometheus' text format.
@NullMarked
package dev.flotilla.server.measure;

import org.jspecify.annotations.NullMarked;
