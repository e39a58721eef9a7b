package dev.flotilla.node.plan;

import java.util.Map;

/// Kubernetes' `$(NAME)` in commands, arguments and environment values: replaced if NAME is known,
/// left as it stands if not; `$$` is one `$`.
final class Expansion {
    private Expansion() {}

    static String of(String text, Map<String, String> variables) {
        if (text.indexOf('$') < 0) {
            return text;
        }
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = c == '$' && i + 1 < text.length() ? text.charAt(i + 1) : ' ';
            int end = next == '(' ? text.indexOf(')', i) : -1;
            if (next == '$') {
                out.append('$');
                i++;
            } else if (end > 0) {
                var name = text.substring(i + 2, end);
                out.append(variables.getOrDefault(name, "$(" + name + ")"));
                i = end;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
