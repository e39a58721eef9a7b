package dev.flotilla.server.call;

import java.nio.charset.StandardCharsets;

/// What is wrong with a text that is no JSON, in the words of Kubernetes' own reader, which people
/// and scripts look for.
final class GoJson {
    private static final String WHITE = " \t\r\n";

    /// As deep as bodies are read at all; Kubernetes goes to 10,000.
    private static final int DEEPEST = 500;

    private final byte[] text;
    private int at;

    private GoJson(byte[] text) {
        this.text = text;
    }

    private static final class Wrong extends Exception {
        private static final long serialVersionUID = 1;

        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    /// @return empty if nothing is wrong
    static String error(byte[] text) {
        var reader = new GoJson(text);
        try {
            reader.value(1);
            reader.white();
            if (reader.at < text.length) {
                throw reader.invalid("after top-level value");
            }
            return "";
        } catch (Wrong e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void value(int depth) throws Wrong {
        if (depth > DEEPEST) {
            throw new Wrong("exceeded max depth");
        }
        white();
        switch (here()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
            default -> throw invalid("looking for beginning of value");
        }
    }

    private void object(int depth) throws Wrong {
        at++;
        white();
        for (var first = true; first || here() != '}'; first = false) {
            if (first && here() == '}') {
                break;
            }
            if (!first) {
                expect(',', "after object key:value pair");
                white();
            }
            if (here() != '"') {
                throw invalid("looking for beginning of object key string");
            }
            string();
            white();
            expect(':', "after object key");
            value(depth + 1);
            white();
        }
        at++;
    }

    private void array(int depth) throws Wrong {
        at++;
        white();
        for (var first = true; first || here() != ']'; first = false) {
            if (first && here() == ']') {
                break;
            }
            if (!first) {
                expect(',', "after array element");
            }
            value(depth + 1);
            white();
        }
        at++;
    }

    private void string() throws Wrong {
        at++;
        while (here() != '"') {
            if (here() < ' ') {
                throw invalid("in string literal");
            }
            if (here() == '\\') {
                at++;
                escape();
            }
            at++;
        }
        at++;
    }

    private void escape() throws Wrong {
        if (here() != 'u') {
            if ("bfnrt\\/\"".indexOf(here()) < 0) {
                throw invalid("in string escape code");
            }
            return;
        }
        for (var i = 0; i < 4; i++) {
            at++;
            if (Character.digit(here(), 16) < 0) {
                throw invalid("in \\u hexadecimal character escape");
            }
        }
    }

    private void literal(String word) throws Wrong {
        for (var i = 1; i < word.length(); i++) {
            at++;
            if (here() != word.charAt(i)) {
                throw invalid("in literal %s (expecting '%s')".formatted(word, word.charAt(i)));
            }
        }
        at++;
    }

    private void number() throws Wrong {
        if (here() == '-') {
            at++;
            if (!isDigit()) {
                here();
                throw invalid("in numeric literal");
            }
        }
        if (here() == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length && text[at] == '.') {
            at++;
            some("after decimal point in numeric literal");
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (here() == '+' || here() == '-') {
                at++;
            }
            some("in exponent of numeric literal");
        }
    }

    private void some(String where) throws Wrong {
        here();
        if (!isDigit()) {
            throw invalid(where);
        }
        digits();
    }

    private void digits() {
        while (isDigit()) {
            at++;
        }
    }

    private boolean isDigit() {
        return at < text.length && text[at] >= '0' && text[at] <= '9';
    }

    private void white() {
        while (at < text.length && WHITE.indexOf(text[at]) >= 0) {
            at++;
        }
    }

    private void expect(char wanted, String where) throws Wrong {
        if (here() != wanted) {
            throw invalid(where);
        }
        at++;
    }

    private int here() throws Wrong {
        if (at >= text.length) {
            throw new Wrong("unexpected end of JSON input");
        }
        return text[at] & 0xff;
    }

    private Wrong invalid(String where) {
        int c = text[at] & 0xff;
        var shown =
                switch (c) {
                    case '\'' -> "'\\''";
                    case '"' -> "'\"'";
                    case '\n' -> "'\\n'";
                    case '\r' -> "'\\r'";
                    case '\t' -> "'\\t'";
                    default ->
                            c < ' ' || c == 0x7f || (c > 0x7e && c < 0xa1)
                                    ? "'\\x%02x'".formatted(c)
                                    : "'"
                                            + new String(
                                                    new byte[] {(byte) c},
                                                    StandardCharsets.ISO_8859_1)
                                            + "'";
                };
        return new Wrong("invalid character " + shown + " " + where);
    }
}
