/// `pods/proxy` and `services/proxy`: requests of HTTP that the API server hands on to a pod
/// through its node.
///
/// Refuses: links in pages. Kubernetes writes those anew that begin with `/`; here only redirects
/// are.
@NullMarked
package dev.flotilla.server.proxy;

import org.jspecify.annotations.NullMarked;
