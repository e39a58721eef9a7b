package dev.flotilla.remote.proxy;

import dev.flotilla.traffic.dns.DnsFiles;
import dev.flotilla.traffic.haproxy.Config;

/// What lies on a node, and is in use there.
///
/// @param network the script of routes and rules
record Placed(Surroundings surroundings, Config config, DnsFiles names, String network) {}
