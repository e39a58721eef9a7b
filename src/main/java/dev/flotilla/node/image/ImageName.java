package dev.flotilla.node.image;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.regex.Pattern;

/// The name of an image, taken apart as Docker does.
///
/// @param domain of the registry, `docker.io` when none is named
/// @param path within it, `library/busybox` for `busybox`
/// @param tag empty if none is named
/// @param digest such as `sha256:…`; empty if none is named
public record ImageName(String domain, String path, String tag, String digest) {
    private static final String HOST_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String HOST =
            "(?:%s(?:\\.%s)*|\\[(?:[a-fA-F0-9:]+)])(?::[0-9]+)?".formatted(HOST_PART, HOST_PART);
    private static final String PART = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
    private static final Pattern FORM =
            Pattern.compile(
                    "%s/(?<path>%s(?:/%s)*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?"
                            .formatted(HOST, PART, PART));
    private static final Pattern ID = Pattern.compile("[a-f0-9]{64}");
    private static final int LONGEST = 255;
    private static final String DEFAULT_DOMAIN = "docker.io";

    /// @throws IllegalArgumentException if it is none, with Docker's words
    public static ImageName parse(String text) {
        if (ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "invalid repository name ("
                            + text
                            + "), cannot specify 64-byte hexadecimal strings");
        }
        int slash = text.indexOf('/');
        var first = slash < 0 ? "" : text.substring(0, slash);
        boolean named =
                first.contains(".")
                        || first.contains(":")
                        || first.equals("localhost")
                        || !first.equals(first.toLowerCase(Locale.ROOT));
        var domain = !named || first.equals("index.docker.io") ? DEFAULT_DOMAIN : first;
        var rest = named ? text.substring(slash + 1) : text;
        if (domain.equals(DEFAULT_DOMAIN) && rest.indexOf('/') < 0) {
            rest = "library/" + rest;
        }
        var repository = repository(rest);
        if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "invalid reference format: repository name (%s) must be lowercase"
                            .formatted(repository));
        }
        var found = FORM.matcher(domain + "/" + rest);
        if (!found.matches()) {
            throw new IllegalArgumentException("invalid reference format");
        }
        if (domain.length() + 1 + found.group("path").length() > LONGEST) {
            throw new IllegalArgumentException(
                    "repository name must not be more than " + LONGEST + " characters");
        }
        return new ImageName(
                domain,
                found.group("path"),
                orEmpty(found.group("tag")),
                orEmpty(found.group("digest")));
    }

    /// Without tag and digest: `docker.io/library/busybox`.
    public String repository() {
        return domain + "/" + path;
    }

    /// As Docker writes it in its lists: `busybox:latest`, `ghcr.io/a/b:1`.
    public String familiar() {
        var name = repository();
        if (domain.equals(DEFAULT_DOMAIN)) {
            name = path.startsWith("library/") ? path.substring("library/".length()) : path;
        }
        var tagged = tag.isEmpty() && !digest.isEmpty() ? name : name + ":" + tagOrLatest();
        return digest.isEmpty() ? tagged : tagged + "@" + digest;
    }

    /// With `latest` where a name has neither tag nor digest; else as it was written.
    public static String withTag(String image) {
        var name = parse(image);
        return name.tag.isEmpty() && name.digest.isEmpty() ? image + ":latest" : image;
    }

    private String tagOrLatest() {
        return tag.isEmpty() ? "latest" : tag;
    }

    private static String repository(String rest) {
        int colon = rest.indexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }

    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
