package dev.flotilla.registry.engine;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.kinds.Kinds;

import java.util.Optional;
import java.util.stream.Stream;

/// A body that says to be of another kind than its path, in the words of Kubernetes' codecs.
public final class WrongKind {
    /// Where Kubernetes' registry of kinds stands in its source; its messages name it so.
    private static final String SCHEME = "pkg/api/legacyscheme/scheme.go:30";

    private WrongKind() {}

    /// @param saidVersion the body's own, or empty
    /// @param saidKind the body's own, or empty
    /// @throws ApiFailure 400
    public static void check(String saidVersion, String saidKind, String apiVersion, String kind) {
        why(saidVersion, saidKind, apiVersion, kind)
                .ifPresent(
                        why -> {
                            throw ApiFailure.badRequest(
                                    saidKind.equals(kind) && known(saidVersion, kind)
                                            ? why
                                            : "%s in version \"%s\" cannot be handled as a %s: %s"
                                                    .formatted(
                                                            or(saidKind, kind),
                                                            version(or(saidVersion, apiVersion)),
                                                            kind,
                                                            why));
                        });
    }

    /// Why the body is not taken; empty if it is.
    static Optional<String> why(
            String saidVersion, String saidKind, String apiVersion, String kind) {
        var version = or(saidVersion, apiVersion);
        var is = or(saidKind, kind);
        if (version.equals(apiVersion) && is.equals(kind)) {
            return Optional.empty();
        }
        if (!known(version, is)) {
            return Optional.of(
                    "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
                            .formatted(is, version, SCHEME));
        }
        return Optional.of(
                is.equals(kind)
                        ? "the API version in the data (%s) does not match the expected API version (%s)"
                                .formatted(version, apiVersion)
                        : "converting (%s.%s) to (%s.%s): unknown conversion"
                                .formatted(version(version), is, internal(apiVersion), kind));
    }

    private static boolean known(String apiVersion, String kind) {
        var one = kind.endsWith("List") ? kind.substring(0, kind.length() - 4) : kind;
        return Kinds.all().stream()
                .flatMap(WrongKind::types)
                .anyMatch(t -> t.apiVersion().equals(apiVersion) && t.kind().equals(one));
    }

    private static Stream<ResourceType> types(Kind kind) {
        return Stream.concat(Stream.of(kind.type()), kind.versions().stream().map(Version::type));
    }

    private static String or(String said, String otherwise) {
        return said.isEmpty() ? otherwise : said;
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    /// The package of the kind's form inside of Kubernetes: the group up to its first dot.
    private static String internal(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        var group = slash < 0 ? "core" : apiVersion.substring(0, slash);
        int dot = group.indexOf('.');
        return dot < 0 ? group : group.substring(0, dot);
    }
}
