/// What the scheduler knows of pods, nodes, volumes and namespaces: plain values, read once from
/// the objects, so that nothing is parsed while nodes are tried.
///
/// Refuses: opinions; what may go where is said by filters and scores.
@NullMarked
package dev.flotilla.schedule.facts;

import org.jspecify.annotations.NullMarked;
