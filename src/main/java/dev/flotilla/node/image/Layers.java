package dev.flotilla.node.image;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which layers an engine has to be sent. It knows a layer by all that lies below it, so a diff id
/// that it has elsewhere does not help: only equal chains from the bottom on do.
public final class Layers {
    private Layers() {}

    /// The chain ids of a list of layers: what an engine keeps each under. OCI image specification,
    /// `config.md`, Layer ChainID.
    public static List<String> chains(List<String> diffIds) {
        var chains = new ArrayList<String>();
        var below = "";
        for (var diff : diffIds) {
            below = below.isEmpty() ? diff : "sha256:" + sha256(below + " " + diff);
            chains.add(below);
        }
        return chains;
    }

    /// All chains that an engine has.
    ///
    /// @param images the diff ids of each, from the lowest on
    public static Set<String> present(Collection<List<String>> images) {
        var all = new HashSet<String>();
        images.forEach(i -> all.addAll(chains(i)));
        return all;
    }

    /// How many layers an engine has of these, from the lowest on.
    ///
    /// @param present see [#present]
    public static int have(List<String> diffIds, Set<String> present) {
        int have = 0;
        for (var chain : chains(diffIds)) {
            if (!present.contains(chain)) {
                break;
            }
            have++;
        }
        return have;
    }

    /// The diff ids that have to be sent.
    ///
    /// @param present see [#present]
    public static Set<String> missing(List<String> diffIds, Set<String> present) {
        var chains = chains(diffIds);
        var missing = new TreeSet<String>();
        for (int i = 0; i < chains.size(); i++) {
            if (!present.contains(chains.get(i))) {
                missing.add(diffIds.get(i));
            }
        }
        return missing;
    }

    static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
