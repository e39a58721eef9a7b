package dev.flotilla.server.proxy;

import java.net.URI;
import java.util.List;

/// A path that goes through the API server to somebody behind it.
///
/// @param prefix ends with `/proxy`
/// @param rest what the other is asked for, encoded as it was; empty if even the `/` is missing
record Way(String prefix, String rest) {
    /// `/api/v1/namespaces/NAMESPACE/KIND/NAME/proxy`
    private static final int SEGMENTS = 8;

    /// @param path encoded
    static Way of(String path) {
        var parts = List.of(path.split("/", SEGMENTS + 1));
        return new Way(
                String.join("/", parts.subList(0, SEGMENTS)),
                parts.size() > SEGMENTS ? "/" + parts.get(SEGMENTS) : "");
    }

    /// Where a redirect leads from outside: what the other calls `/login` lies behind the prefix.
    ///
    /// @param hosts names under which the other is asked
    String outside(String location, List<String> hosts) {
        URI to;
        try {
            to = URI.create(location);
        } catch (IllegalArgumentException e) {
            return location;
        }
        var path = to.getRawPath();
        boolean elsewhere = to.getRawAuthority() != null && !hosts.contains(to.getRawAuthority());
        if (elsewhere || path == null || !path.startsWith("/")) {
            return location;
        }
        var query = to.getRawQuery() == null ? "" : "?" + to.getRawQuery();
        var fragment = to.getRawFragment() == null ? "" : "#" + to.getRawFragment();
        return (path.startsWith(prefix) ? path : prefix + path) + query + fragment;
    }
}
