package dev.flotilla.traffic.haproxy;

import dev.flotilla.traffic.plan.At;
import dev.flotilla.traffic.plan.Gate;
import dev.flotilla.traffic.plan.Gate.Route;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The frontends of Ingresses, on HTTP's and HTTPS' own ports. Hosts and paths are compared word by
/// word; bodies may be as large as they like, and answers may turn into WebSockets.
final class GateSections {
    private static final String LIST = "certs/list";

    /// Answers what fits nothing.
    private static final String NOBODY = "ingress:nobody";

    private final Gate gate;
    private final Settings settings;

    GateSections(Gate gate, Settings settings) {
        this.gate = gate;
        this.settings = settings;
    }

    /// The certificates, and the list that says which is for whom. The first is shown to who asks
    /// for none.
    SortedMap<String, String> files() {
        var files = new TreeMap<String, String>();
        if (gate.secure().isEmpty()) {
            return files;
        }
        var list = new StringBuilder();
        gate.certificates()
                .forEach(
                        (name, certificate) -> {
                            files.put("certs/" + name, certificate.pem());
                            list.append(settings.folder())
                                    .append("/certs/")
                                    .append(name)
                                    .append(" [alpn h2,http/1.1]");
                            certificate.hosts().forEach(h -> list.append(' ').append(h));
                            list.append('\n');
                        });
        files.put(LIST, list.toString());
        return files;
    }

    List<Section> sections() {
        var sections = new ArrayList<Section>();
        if (!gate.plain().isEmpty()) {
            var lines = binds(gate.plain(), "");
            lines.addAll(told("http"));
            gate.secured()
                    .forEach(
                            h ->
                                    lines.add(
                                            "http-request redirect scheme https code 308 if"
                                                    + host(h)));
            lines.addAll(routes());
            sections.add(Section.of("frontend ingress:http from http", lines));
        }
        if (!gate.secure().isEmpty()) {
            var lines =
                    binds(
                            gate.secure(),
                            " ssl crt-list "
                                    + settings.folder()
                                    + "/"
                                    + LIST
                                    + " alpn h2,http/1.1");
            lines.addAll(told("https"));
            lines.addAll(routes());
            sections.add(Section.of("frontend ingress:https from http", lines));
        }
        if (!sections.isEmpty() && gate.fallback() == null) {
            sections.add(
                    Section.of(
                            "backend " + NOBODY + " from http",
                            List.of(
                                    "http-request return status 404 content-type text/plain"
                                            + " string 'nothing is here'")));
        }
        return sections;
    }

    private List<String> binds(List<At> places, String how) {
        var lines = new ArrayList<String>();
        var greeted = gate.greeted() ? " accept-proxy" : "";
        places.forEach(at -> lines.add("bind " + at + how + greeted));
        return lines;
    }

    /// Who asked, and how, as far as the pods can't see it any more. What the client itself says of
    /// that is not believed.
    private static List<String> told(String scheme) {
        return List.of(
                "http-request set-var(txn.host) req.hdr(host),field(1,:),lower",
                "http-request set-header X-Forwarded-For %[src]",
                "http-request set-header X-Real-IP %[src]",
                "http-request set-header X-Forwarded-Proto " + scheme,
                "http-request set-header X-Forwarded-Host %[req.hdr(host)]",
                "http-request set-header X-Forwarded-Port %[dst_port]");
    }

    private List<String> routes() {
        var lines = new ArrayList<String>();
        gate.routes().forEach(route -> lines.addAll(lines(route)));
        lines.add("default_backend " + (gate.fallback() == null ? NOBODY : gate.fallback()));
        return lines;
    }

    private static List<String> lines(Route route) {
        var conditions = host(route.host()) + path(route);
        return List.of(
                "use_backend " + route.to() + (conditions.isEmpty() ? "" : " if" + conditions));
    }

    private static String host(String host) {
        if (host.isEmpty()) {
            return "";
        }
        return host.startsWith("*.")
                ? " { var(txn.host) -m reg -- '^[^.]+\\.%s$' }"
                        .formatted(host.substring(2).replace(".", "\\."))
                : " { var(txn.host) -m str -- '" + host + "' }";
    }

    private static String path(Route route) {
        if (route.exact()) {
            return " { path -m str -- '" + route.path() + "' }";
        }
        return route.path().equals("/")
                ? ""
                : " { path,concat(/) -m beg -- '" + route.path() + "/' }";
    }
}
