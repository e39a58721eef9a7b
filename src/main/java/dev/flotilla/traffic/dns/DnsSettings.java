package dev.flotilla.traffic.dns;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Words;

import java.util.List;
import java.util.regex.Pattern;

/// Where a node's name servers have their things.
///
/// @param domain such as `cluster.local`
/// @param at where names are asked for, such as 10.43.0.53:53
/// @param inner where the second server answers the first, on this node only
/// @param upstream who knows all other names
/// @param folder of the files
public record DnsSettings(String domain, At at, At inner, List<At> upstream, String folder) {
    private static final Pattern PLACE = Pattern.compile("/[A-Za-z0-9/._-]+");

    public DnsSettings {
        upstream = List.copyOf(upstream);
        if (!Words.name(domain) || !PLACE.matcher(folder).matches()) {
            throw new IllegalArgumentException("no domain or folder: " + domain + ", " + folder);
        }
    }
}
