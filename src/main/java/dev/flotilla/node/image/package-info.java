/// The images of nodes: what names mean, whose login opens which registry, what a push has to send,
/// what is taken away when a disk is full. Decisions are pure; engines are reached through
/// [dev.flotilla.node.image.ImageStore]. It refuses to know how an engine is asked.
@NullMarked
package dev.flotilla.node.image;

import org.jspecify.annotations.NullMarked;
