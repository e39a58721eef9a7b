package dev.flotilla.registry.apply;

import static dev.flotilla.registry.apply.Wishes.DEPLOYMENT;
import static dev.flotilla.registry.apply.Wishes.by;
import static dev.flotilla.registry.apply.Wishes.kept;
import static dev.flotilla.registry.apply.Wishes.writer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/// What holds of apply whatever is applied.
class ApplyPropertiesTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void applyingTwiceIsApplyingOnce(long seed) {
        var wishes = new Wishes(new Random(seed));
        var live = history(wishes, 4);
        var wanted = wishes.any("");
        var once = kept(by("me").to(live, wanted, true));
        assertThat(kept(by("me").to(once, wanted, false))).isEqualTo(once);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsAppliedIsThereAndOwned(long seed) {
        var wishes = new Wishes(new Random(seed));
        var wanted = wishes.any("");
        var applied = by("me").to(history(wishes, 4), wanted, true);
        assertThat(Tree.same(Merge.of(DEPLOYMENT, applied.object(), wanted), applied.object()))
                .isTrue();
        var mine = Extract.of(DEPLOYMENT, wanted).minus(ServersOwn.FIELDS);
        assertThat(Managed.of(applied.managedFields()).fields(Manager.applying("me", "")))
                .isEqualTo(mine);
        assertThat(mine.minus(Extract.of(DEPLOYMENT, applied.object())).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoWantsDifferentThingsNeverConflicts(long seed) {
        var wishes = new Wishes(new Random(seed));
        var live = Wishes.deployment("{}");
        for (int i = 0; i < 6; i++) {
            for (var name : List.of("x", "y", "z")) {
                var wanted = wishes.any(name);
                live = kept(by(name).to(live, wanted, false));
                var again = Merge.of(DEPLOYMENT, Tracking.bare(live), wanted);
                assertThat(Tree.same(again, Tracking.bare(live))).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whoWantsNothingAnyMoreLeavesNothingBehind(long seed) {
        var wishes = new Wishes(new Random(seed));
        var before = kept(by("other").to(Wishes.deployment("{}"), wishes.any("o"), false));
        var live = before;
        for (int i = 0; i < 3; i++) {
            live = kept(by("me").to(live, wishes.any("m"), false));
        }
        assertThat(kept(by("me").to(live, Wishes.deployment("{}"), false))).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsWrittenBelongsToWhoWroteItLast(long seed) {
        var random = new Random(seed);
        var wishes = new Wishes(random);
        var live = wishes.any("");
        var entries = Tracking.created(DEPLOYMENT, live, writer("w0"));
        for (int i = 1; i < 8 && entries != null; i++) {
            var before = kept(live, entries);
            live = wishes.any("");
            entries = Tracking.updated(DEPLOYMENT, before, live, writer("w" + random.nextInt(5)));
            if (entries != null) {
                var managed = Managed.of(entries);
                var present = Extract.of(DEPLOYMENT, live).minus(ServersOwn.FIELDS);
                assertThat(present.minus(managed.all()).isEmpty()).as("owned by someone").isTrue();
                var sets = managed.entries().values().stream().map(Managed.Owned::fields).toList();
                var seen = FieldSet.NONE;
                for (var set : sets) {
                    assertThat(seen.and(set).isEmpty()).as("owned by one alone").isTrue();
                    seen = seen.or(set);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void setsAreSets(long seed) {
        var wishes = new Wishes(new Random(seed));
        var a = Extract.of(DEPLOYMENT, wishes.any(""));
        var b = Extract.of(DEPLOYMENT, wishes.any(""));
        assertThat(FieldSet.of(a.json())).isEqualTo(a);
        assertThat(a.minus(b).or(a.and(b))).isEqualTo(a);
        assertThat(a.minus(b).and(b).isEmpty()).isTrue();
        assertThat(a.or(b)).isEqualTo(b.or(a));
        assertThat(a.or(b).minus(a)).isEqualTo(b.minus(a));
        assertThat(a.paths()).doesNotHaveDuplicates();
    }

    private static ObjectNode history(Wishes wishes, int length) {
        var live = Wishes.deployment("{}");
        for (int i = 0; i < length; i++) {
            live = kept(by("m" + i % 3).to(live, wishes.any(""), true));
        }
        return live;
    }
}
