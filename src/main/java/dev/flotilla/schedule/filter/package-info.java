/// What a node must be to take a pod, a file a rule: Kubernetes' default plugins, in its words.
///
/// Refuses: ranking.
@NullMarked
package dev.flotilla.schedule.filter;

import org.jspecify.annotations.NullMarked;
