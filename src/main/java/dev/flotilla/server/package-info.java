/// Kubernetes' API over HTTPS: discovery, verbs, watch, tables, OpenAPI. The only user of Jetty.
///
/// Refuses: meaning; what a kind is stands in `registry`.
@NullMarked
package dev.flotilla.server;

import org.jspecify.annotations.NullMarked;
