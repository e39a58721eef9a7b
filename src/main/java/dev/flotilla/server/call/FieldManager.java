package dev.flotilla.server.call;

import org.jspecify.annotations.Nullable;

/// Who writes: as the client says, else the name of its program.
final class FieldManager {
    private static final int LONGEST = 128;

    private FieldManager() {}

    /// @param options what Kubernetes calls the options of the request, such as `PatchOptions`
    /// @throws Refusal 422 if it is too long or can't be printed
    static String of(Call call, String options) {
        var said = call.query().text("fieldManager");
        if (said.isEmpty()) {
            return program(call.request().getHeaders().get("User-Agent"));
        }
        if (said.length() > LONGEST) {
            throw Refusal.invalidOption(
                    options,
                    "fieldManager",
                    "Too long: may not be more than %d bytes".formatted(LONGEST));
        }
        for (int at = 0; at < said.length(); at = said.offsetByCodePoints(at, 1)) {
            int c = said.codePointAt(at);
            if (!printable(c)) {
                throw Refusal.invalidOption(
                        options,
                        "fieldManager",
                        "Invalid value: \"%s\": invalid character U+%04X (at position %d)"
                                .formatted(said, c, at));
            }
        }
        return said;
    }

    private static String program(@Nullable String agent) {
        var name = new StringBuilder();
        (agent == null ? "" : agent)
                .codePoints()
                .takeWhile(c -> c != '/')
                .filter(FieldManager::printable)
                .limit(LONGEST)
                .forEach(name::appendCodePoint);
        return name.isEmpty() ? "unknown" : name.toString();
    }

    private static boolean printable(int c) {
        return c == ' '
                || !(Character.isISOControl(c)
                        || Character.isWhitespace(c)
                        || !Character.isDefined(c));
    }
}
