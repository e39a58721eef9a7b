package dev.flotilla.registry.schema;

/// Times as nearly all are written, told without a formatter: every object that is written has a
/// few.
final class Moments {
    private static final String FORM = "dddd-dd-ddTdd:dd:ddZ";

    private Moments() {}

    /// Whether `text` is a time like `2026-01-01T12:00:00Z` of a day that every month has. Others
    /// may be times, too.
    static boolean plain(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            char form = FORM.charAt(i);
            char c = text.charAt(i);
            if (form == 'd' ? c < '0' || c > '9' : c != form) {
                return false;
            }
        }
        return within(text, 5, 1, 12)
                && within(text, 8, 1, 28)
                && within(text, 11, 0, 23)
                && within(text, 14, 0, 59)
                && within(text, 17, 0, 59);
    }

    private static boolean within(String text, int at, int least, int most) {
        int value = 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
        return least <= value && value <= most;
    }
}
