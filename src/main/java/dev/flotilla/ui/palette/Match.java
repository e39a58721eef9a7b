package dev.flotilla.ui.palette;

import java.util.Locale;

/// How well a text answers to what was typed.
final class Match {
    static final int NONE = 0;
    private static final int SCATTERED = 1;
    private static final int INSIDE = 2;
    private static final int WORD = 3;
    private static final int START = 4;
    private static final int WHOLE = 5;

    private Match() {}

    /// Higher is better, [#NONE] is no match. Letters may be scattered, in order; each word that
    /// was typed must match.
    static int score(String typed, String text) {
        var in = text.toLowerCase(Locale.ROOT);
        int least = WHOLE;
        for (var word : typed.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
            least = Math.min(least, scoreWord(word, in));
        }
        return least;
    }

    private static int scoreWord(String word, String in) {
        int at = in.indexOf(word);
        if (at == 0) {
            return in.length() == word.length() ? WHOLE : START;
        }
        if (at > 0) {
            return Character.isLetterOrDigit(in.charAt(at - 1)) ? INSIDE : WORD;
        }
        int next = 0;
        for (int i = 0; i < in.length() && next < word.length(); i++) {
            if (in.charAt(i) == word.charAt(next)) {
                next++;
            }
        }
        return next == word.length() ? SCATTERED : NONE;
    }
}
