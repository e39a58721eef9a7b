/// The texts of dnsmasq (2.90): its configuration, and the names that it answers.
@NullMarked
package dev.flotilla.traffic.dns;

import org.jspecify.annotations.NullMarked;
