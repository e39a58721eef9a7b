/// The port that loops use: typed reads and writes, informers, the work queue and its loop.
///
/// Refuses: knowing where objects are kept. The registry implements [dev.flotilla.cluster.Cluster]
/// in process; a test may wrap it with faults.
@NullMarked
package dev.flotilla.cluster;

import org.jspecify.annotations.NullMarked;
