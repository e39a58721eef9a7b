package dev.flotilla.node.image;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Which logins may open the registry of an image, the best first, as Kubernetes decides it: the
/// more particular path wins, and a `*` stands for a part of a host's name.
public final class Keyring {
    private static final Pattern SCHEME = Pattern.compile("^https?://");
    private static final String DEFAULT_HOST = "index.docker.io";

    private final TreeMap<String, List<RegistryLogin>> logins =
            new TreeMap<>(Comparator.reverseOrder());

    /// @param logins each under the name of its registry, [RegistryLogin#server]
    public Keyring(Collection<RegistryLogin> logins) {
        for (var login : logins) {
            this.logins.computeIfAbsent(key(login.server()), _ -> new ArrayList<>()).add(login);
        }
    }

    /// @return empty if nobody's login fits
    public List<RegistryLogin> of(ImageName image) {
        var found = new ArrayList<RegistryLogin>();
        logins.forEach(
                (key, each) -> {
                    if (matches(key, image.repository())) {
                        found.addAll(each);
                    }
                });
        return found.isEmpty() && image.domain().equals("docker.io")
                ? logins.getOrDefault(DEFAULT_HOST, List.of())
                : found;
    }

    /// Host and path; the versions of the API that Docker once put behind the host are none.
    static String key(String server) {
        var bare = SCHEME.matcher(server).replaceFirst("");
        int slash = bare.indexOf('/');
        if (slash < 0) {
            return bare;
        }
        var host = bare.substring(0, slash);
        var path = bare.substring(slash);
        if (path.startsWith("/v1/") || path.startsWith("/v2/")) {
            path = path.substring(3);
        }
        return path.equals("/") ? host : host + path;
    }

    private static boolean matches(String key, String repository) {
        var wanted = Place.of(key);
        var asked = Place.of(repository);
        if (!wanted.port.equals(asked.port)
                || wanted.parts.size() != asked.parts.size()
                || !asked.path.startsWith(wanted.path)) {
            return false;
        }
        for (int i = 0; i < wanted.parts.size(); i++) {
            var part = asked.parts.get(i);
            if (Glob.of(wanted.parts.get(i)).filter(g -> g.matcher(part).matches()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /// @param parts of the host's name
    private record Place(List<String> parts, String port, String path) {
        static Place of(String hostAndPath) {
            int slash = hostAndPath.indexOf('/');
            var host = slash < 0 ? hostAndPath : hostAndPath.substring(0, slash);
            var path = slash < 0 ? "" : hostAndPath.substring(slash);
            int colon = host.lastIndexOf(':');
            var name = colon < 0 ? host : host.substring(0, colon);
            return new Place(
                    List.of(name.split("\\.", -1)),
                    colon < 0 ? "" : host.substring(colon + 1),
                    path);
        }
    }
}
