/// The rules of nftables that spread UDP over the endpoints of Services.
@NullMarked
package dev.flotilla.traffic.udp;

import org.jspecify.annotations.NullMarked;
