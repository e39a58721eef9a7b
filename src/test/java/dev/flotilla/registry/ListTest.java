package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.flotilla.registry.tree.Tree;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Lists of other moments than the present, in whole and in parts, before and after a compaction.
class ListTest {
    private static final String MINE = "metadata.name!=kube-root-ca.crt";
    private final Fixture fixture = new Fixture();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void anExactRevisionIsTheListOfThatMoment() {
        var random = new Random(5);
        var moments = new ArrayList<ResourceList>();
        for (int i = 0; i < 120; i++) {
            change("m" + random.nextInt(12), i);
            moments.add(list("", 0, "", null));
        }
        for (var moment : moments) {
            var again = list(Long.toString(moment.revision()), 0, "", "Exact");
            assertThat(again.items()).isEqualTo(moment.items());
            assertThat(again.revision()).isEqualTo(moment.revision());
        }
    }

    @Test
    void partsStayOfOneMomentHoweverLongTheyTake() {
        for (int i = 0; i < 5; i++) {
            change("m" + i, i);
        }
        var whole = list("", 0, "", null);
        var first = list("", 2, "", null);
        assertThat(first.remaining()).isEqualTo(-1); // a selector: not counted
        for (int i = 0; i < 5; i++) {
            change("m" + i, 9);
        }
        change("m3x", 9);
        fixture.passSeconds(3600); // longer than snapshots are kept
        var second = list("", 0, first.continueToken(), null);
        assertThat(second.revision()).isEqualTo(whole.revision());
        assertThat(names(first)).containsExactly("m0", "m1");
        assertThat(second.items()).isEqualTo(whole.items().subList(2, 5));
    }

    @Test
    void afterACompactionTheTokenIsTradedForOneOfThePresent() {
        for (int i = 0; i < 4; i++) {
            change("m" + i, i);
        }
        var first = list("", 2, "", null);
        compact();
        var expired =
                catchThrowableOfType(
                        ApiFailure.class, () -> list("", 2, first.continueToken(), null));
        assertThat(expired.code()).isEqualTo(410);
        assertThat(expired.reason()).isEqualTo("Expired");
        assertThat(expired)
                .hasMessageStartingWith("The provided continue parameter is too old to display a");
        var fresh = expired.status().at("/metadata/continue").asString();
        var rest = list("", 0, fresh, null);
        assertThat(names(rest)).containsExactly("m2", "m3");
        assertThat(rest.revision()).isEqualTo(fixture.registry.revision());
    }

    @Test
    void afterACompactionOldMomentsAreGoneAndNewOnesAreNot() {
        change("a", 1);
        change("b", 1);
        long old = fixture.registry.revision();
        compact();
        change("a", 2);
        var moment = list("", 0, "", null);
        change("a", 3);
        change("b", 3);
        assertThat(list(Long.toString(moment.revision()), 0, "", "Exact").items())
                .isEqualTo(moment.items());
        assertThatThrownBy(() -> list(Long.toString(old), 0, "", "Exact"))
                .hasMessage("The resourceVersion for the provided list is too old.");
        assertThatThrownBy(() -> fixture.registry.watch(fixture.configMaps, "", ListQuery.ALL, old))
                .hasMessage(
                        "too old resource version: %d (%d)"
                                .formatted(old, fixture.store.compacted()));
    }

    @Test
    void anObjectFromBeforeTheCompactionIsStillJudgedByWhatItWas() {
        change("other", 1);
        compact();
        var query = ListQuery.where("mine=yes", "");
        try (var watch =
                fixture.registry.watch(
                        fixture.configMaps, "default", query, fixture.registry.revision())) {
            change("other", 2); // never matched: no word of it
            fixture.patch(
                    fixture.configMaps,
                    "other",
                    PatchType.MERGE,
                    "{'metadata':{'labels':{'mine':'yes'}}}");
            assertThat(watch.poll(10))
                    .extracting(WatchEvent::type)
                    .containsExactly(WatchEvent.Type.ADDED);
        }
    }

    @Test
    void whatIsNoTokenIsRefused() {
        for (var token :
                List.of("x", "{}", "e30", "eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0", "🙂")) {
            assertThatThrownBy(() -> list("", 1, token, null))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessageStartingWith("invalid continue token: continue key is not valid");
        }
        assertThatThrownBy(() -> list("7", 1, "e30", null))
                .hasMessage("specifying resource version is not allowed when using continue");
        assertThatThrownBy(() -> list("99999999", 0, "", null))
                .hasMessageStartingWith("Timeout: Too large resource version: 99999999, current: ");
    }

    /// A day goes by, and the store forgets it.
    private void compact() {
        long present = fixture.registry.revision();
        change("tick", 0); // so that the compaction passes what was present
        fixture.passSeconds(26 * 3600);
        var end = System.nanoTime() + 30_000_000_000L;
        while (fixture.store.compacted() <= present) {
            change("tick", 0);
            assertThat(System.nanoTime()).as("no compaction in 30 s").isLessThan(end);
        }
        fixture.registry.delete(
                fixture.configMaps, Fixture.key(fixture.configMaps, "tick"), DeleteOptions.PLAIN);
    }

    /// Creates, changes or deletes, by turns.
    private void change(String name, int value) {
        var maps = fixture.configMaps;
        var present = fixture.registry.list(maps, "default", ListQuery.where("", MINE));
        var there = names(present).contains(name);
        if (!there) {
            fixture.create(maps, Fixture.configMap(name, "v" + value));
        } else if (value % 5 == 4 && value != 9) {
            fixture.registry.delete(maps, Fixture.key(maps, name), DeleteOptions.PLAIN);
        } else {
            fixture.patch(
                    maps, name, PatchType.MERGE, "{'data':{'k':'" + System.nanoTime() + "'}}");
        }
    }

    private ResourceList list(String version, int limit, String token, @Nullable String match) {
        return fixture.registry.list(
                fixture.configMaps,
                "default",
                new ListQuery("", MINE, limit, token, version, match));
    }

    private static List<String> names(ResourceList list) {
        return list.items().stream().map(ListTest::name).toList();
    }

    private static String name(ObjectNode object) {
        return Tree.text(object, "metadata", "name");
    }
}
