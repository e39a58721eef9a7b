/// What Services of type LoadBalancer and Ingresses say of where they are reached: the nodes
/// themselves. Knows nothing of what listens there.
@NullMarked
package dev.flotilla.controllers.balancer;

import org.jspecify.annotations.NullMarked;
