package dev.flotilla.registry.read;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.core.JacksonException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Where a list in parts goes on, in the form that Kubernetes gives it.
///
/// @param revision the moment of the list, or [#NOW]
/// @param from the first key that may come, without the resource's own prefix
record ContinueToken(long revision, String from) {
    /// The rest as it is now, whatever it was when the list began.
    static final long NOW = -1;

    private static final String VERSION = "meta.k8s.io/v1";

    /// @throws ApiFailure 400
    static ContinueToken parse(String text) {
        try {
            var json =
                    Tree.read(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.UTF_8)));
            if (!Tree.text(json, "v").equals(VERSION)) {
                throw invalid(
                        ": server does not recognize this encoded version \"%s\""
                                .formatted(Tree.text(json, "v")));
            }
            var token = new ContinueToken(Tree.number(json, 0, "rv"), Tree.text(json, "start"));
            if (token.revision == 0) {
                throw invalid(
                        ": incorrect encoded start resourceVersion (version " + VERSION + ")");
            }
            if (token.from.isEmpty()) {
                throw invalid(": encoded start key empty (version " + VERSION + ")");
            }
            return token;
        } catch (JacksonException | ClassCastException | IllegalArgumentException e) {
            throw invalid(": it is not one that this server made");
        }
    }

    String text() {
        var json = Tree.empty().put("v", VERSION).put("rv", revision).put("start", from);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Tree.bytes(json));
    }

    private static ApiFailure invalid(String why) {
        return ApiFailure.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
