/// The keys, certificates and the token that the server and its administrator show each other.
///
/// Refuses: HTTP.
@NullMarked
package dev.flotilla.server.pki;

import org.jspecify.annotations.NullMarked;
