package dev.flotilla.registry.keep;

import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Body;
import dev.flotilla.store.Store;
import dev.flotilla.store.Write;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Marks in the store for that of which there is only one: `/claims/{what}/{which}`. They are
/// written and deleted together with the object that holds them, so the store itself keeps two
/// objects from holding the same.
public final class Claims {
    private static final String ROOT = "/claims/";

    private Claims() {}

    /// Where a claim lies, if someone holds it.
    public static String place(String claim) {
        return ROOT + claim;
    }

    static boolean isPlace(String key) {
        return key.startsWith(ROOT);
    }

    /// @param holder the place of the object
    static List<Write> writes(Store store, String holder, Set<String> before, Set<String> after) {
        var writes = new ArrayList<Write>();
        for (var claim : before) {
            if (!after.contains(claim)) {
                store.get(place(claim))
                        .ifPresent(
                                e ->
                                        writes.add(
                                                new Write(
                                                        e.key(),
                                                        e.revision(),
                                                        true,
                                                        Body.of(e.body()))));
            }
        }
        for (var claim : after) {
            if (!before.contains(claim)) {
                var body = Tree.bytes(Tree.empty().put("holder", holder));
                writes.add(new Write(place(claim), 0, false, Body.of(body)));
            }
        }
        return writes;
    }
}
