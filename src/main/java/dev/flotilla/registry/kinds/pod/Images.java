package dev.flotilla.registry.kinds.pod;

import java.util.regex.Pattern;

/// The names of images.
final class Images {
    private static final String HOST = "[A-Za-z0-9][-A-Za-z0-9.]*(?::[0-9]+)?";
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";

    /// Host, path, tag and digest; all but the path may be left out.
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:%s/)?%s(?:/%s)*(?::(?<tag>[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}))?(?<digest>@.+)?"
                            .formatted(HOST, PART, PART));

    private static final int LONGEST = 1024;

    private Images() {}

    /// `Always` for the tag `latest` and for no tag, since those move.
    static String pullPolicy(String image) {
        var name = NAME.matcher(image);
        if (image.length() > LONGEST || !name.matches()) {
            return "IfNotPresent";
        }
        var tag = name.group("tag");
        boolean moves = tag == null ? name.group("digest") == null : tag.equals("latest");
        return moves ? "Always" : "IfNotPresent";
    }
}
