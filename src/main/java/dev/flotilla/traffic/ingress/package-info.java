/// From Ingresses to the hosts and paths that a node answers for, and their certificates.
@NullMarked
package dev.flotilla.traffic.ingress;

import org.jspecify.annotations.NullMarked;
