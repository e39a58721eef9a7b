/// Where packets to pods, Services and nodes go, and which of them hide their sender.
@NullMarked
package dev.flotilla.traffic.routes;

import org.jspecify.annotations.NullMarked;
