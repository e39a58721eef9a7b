package dev.flotilla.server;

import dev.flotilla.registry.Registry;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/// Whether the server does its work: `/healthz`, `/livez`, `/readyz`, and each check by its name.
final class Health {
    private static final String TEXT = "text/plain; charset=utf-8";
    private final Map<String, BooleanSupplier> checks = new LinkedHashMap<>();

    /// @param closing whether the server is about to go; it is not ready then
    Health(Registry registry, BooleanSupplier closing) {
        checks.put("ping", () -> true);
        checks.put("log", () -> true);
        checks.put("etcd", () -> registry.revision() >= 0);
        checks.put("shutdown", () -> !closing.getAsBoolean());
    }

    /// @return false if there is no such path
    boolean serve(Call call, String path) throws IOException {
        var slash = path.indexOf('/', 1);
        var page = slash < 0 ? path.substring(1) : path.substring(1, slash);
        if (!page.equals("healthz") && !page.equals("livez") && !page.equals("readyz")) {
            return false;
        }
        if (slash >= 0) {
            return one(call, page, path.substring(slash + 1));
        }
        all(call, page);
        return true;
    }

    private boolean isOf(String check, String page) {
        return checks.containsKey(check) && (page.equals("readyz") || !check.equals("shutdown"));
    }

    private boolean one(Call call, String page, String check) throws IOException {
        if (!isOf(check, page)) {
            return false;
        }
        var good = checks.getOrDefault(check, () -> false).getAsBoolean();
        var text = good ? "ok" : "internal server error: " + check + " failed\n";
        Answer.text(call, good ? 200 : 500, TEXT, text);
        return true;
    }

    private void all(Call call, String page) throws IOException {
        var report = report(page, call.query().all("exclude"), call.query().has("verbose"));
        Answer.text(call, report.code, TEXT, report.text);
    }

    /// What is answered about all checks of a page.
    record Report(int code, String text) {}

    /// @param verbose each check by its name; said anyway where one fails
    Report report(String page, List<String> exclude, boolean verbose) {
        var excluded = Set.copyOf(exclude);
        var unknown = new TreeSet<>(excluded);
        var lines = new StringBuilder();
        var good = true;
        for (var check : checks.entrySet()) {
            var name = check.getKey();
            if (!isOf(name, page)) {
                continue;
            }
            if (excluded.contains(name)) {
                unknown.remove(name);
                lines.append("[+]").append(name).append(" excluded: ok\n");
            } else if (check.getValue().getAsBoolean()) {
                lines.append("[+]").append(name).append(" ok\n");
            } else {
                good = false;
                lines.append("[-]").append(name).append(" failed: reason withheld\n");
            }
        }
        if (!unknown.isEmpty()) {
            lines.append("warn: some health checks cannot be excluded: no matches for ")
                    .append('"' + String.join("\",\"", unknown) + '"')
                    .append('\n');
        }
        lines.append(page).append(good ? " check passed\n" : " check failed\n");
        return new Report(good ? 200 : 500, good && !verbose ? "ok" : lines.toString());
    }
}
