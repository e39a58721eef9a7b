/// Kubernetes' protobuf bodies to JSON trees.
///
/// Refuses: knowing single kinds; what a message holds comes from its descriptor.
@NullMarked
package dev.flotilla.server.proto;

import org.jspecify.annotations.NullMarked;
