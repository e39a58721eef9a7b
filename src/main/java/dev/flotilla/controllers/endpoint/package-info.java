/// Where each Service leads: EndpointSlices and Endpoints of its pods, and slices that say what
/// Endpoints made by hand say. Knows nothing of how requests get there.
@NullMarked
package dev.flotilla.controllers.endpoint;

import org.jspecify.annotations.NullMarked;
