package dev.flotilla.server.proxy;

import dev.flotilla.server.call.Call;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/// Which headers go on and which do not.
final class Forwarded {
    /// Of one connection alone (RFC 9110, 7.6.1), or set anew.
    private static final Set<String> OF_ONE_HOP =
            Set.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "expect",
                    "host",
                    "content-length",
                    "x-forwarded-for",
                    "x-forwarded-uri");

    /// Who asks is the API server's to know: a pod could use a token that it is shown.
    private static final Set<String> SECRET = Set.of("authorization");

    private static final String IMPERSONATION = "impersonate-";

    /// What a pod allows other sites is not what the API server does.
    private static final String OTHER_SITES = "access-control-allow-";

    private Forwarded() {}

    /// The client's headers, as the pod is to see them, without those of the body.
    static void ask(Call call, Way way, BiConsumer<String, String> add) {
        var all = call.request().getHeaders();
        add.accept("Host", call.request().getHttpURI().getAuthority());
        var named = namedByConnection(all.getCSV(HttpHeader.CONNECTION, false));
        for (var field : all) {
            var name = field.getLowerCaseName();
            if (!OF_ONE_HOP.contains(name)
                    && !SECRET.contains(name)
                    && !named.contains(name)
                    && !name.startsWith(IMPERSONATION)
                    && !name.startsWith(":")) {
                add.accept(field.getName(), value(field));
            }
        }
        var hops = new ArrayList<>(all.getCSV("X-Forwarded-For", false));
        hops.add(Request.getRemoteAddr(call.request()));
        add.accept("X-Forwarded-For", String.join(", ", hops));
        add.accept("X-Forwarded-Uri", way.prefix() + way.rest());
    }

    /// Whether a header of the pod's answer goes to the client.
    ///
    /// @param connection the answer's own `Connection`
    static boolean goesBack(String name, List<String> connection) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("content-length")
                || (!OF_ONE_HOP.contains(lower)
                        && !lower.startsWith(OTHER_SITES)
                        && !namedByConnection(connection).contains(lower));
    }

    private static Set<String> namedByConnection(List<String> connection) {
        var named = new HashSet<String>();
        connection.forEach(c -> named.add(c.strip().toLowerCase(Locale.ROOT)));
        return named;
    }

    private static String value(HttpField field) {
        return field.getValue() == null ? "" : field.getValue();
    }
}
