package dev.flotilla.controllers.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;
import dev.flotilla.controllers.deployment.Rollout.Resize;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

class RolloutTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "the new set grows by the surge     | 10 1 0 | 0/0   | 10/10     | new=1",
                "nothing while the new is not ready | 10 1 0 | 1/0   | 10/10     | ''",
                "then an old one goes               | 10 1 0 | 1/1   | 10/10     | a=9",
                "no surge: an old one goes first    | 10 0 2 | 0/0   | 10/10     | a=8",
                "then the new set grows             | 10 0 2 | 0/0   | 8/8       | new=2",
                "broken old ones go first           | 10 1 3 | 1/0   | 5/5 5/2   | b=2",
                "broken ones of the oldest first    | 10 0 3 | 0/0   | 5/3 5/4   | a=3 b=4",
                "what is broken need not be spared  | 4 1 1  | 1/0   | 4/4       | a=3",
                "the old sets shrink oldest first   | 4 4 0  | 4/4   | 2/2 2/2   | a=0 b=0",
                "the new set never exceeds the wish | 3 1 1  | 5/5   | 0/0       | new=3"
            })
    void nextStep(String why, String bounds, String current, String old, String expected) {
        var b = List.of(bounds.split(" ")).stream().map(Integer::parseInt).toList();
        var rollout =
                new Rollout(
                        new Bounds(b.get(0), b.get(1), b.get(2)), set("new", current), sets(old));
        assertThat(text(rollout.roll())).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "grows in proportion, the larger gets the rest | 15 4 0 | 5/5 | 8/8  | a=12 new=7",
                "shrinks in proportion                         | 5 3 0  | 5/5 | 8/8  | a=5 new=3",
                "to nothing                                    | 0 3 0  | 5/5 | 8/8  | a=0 new=0"
            })
    void proportion(String why, String bounds, String current, String old, String expected) {
        var b = List.of(bounds.split(" ")).stream().map(Integer::parseInt).toList();
        var rollout =
                new Rollout(
                        new Bounds(b.get(0), b.get(1), b.get(2)), set("new", current), sets(old));
        assertThat(text(rollout.proportion(13))).isEqualTo(expected);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @Test
    void whatIsStillThereOrAlreadyGoingCountsAgainstUs() {
        var shrinking = new Stock(Given.set("a", 3), 5, 5, true);
        var bounds = new Bounds(5, 1, 2);
        assertThat(new Rollout(bounds, stock("new", 1, 1), List.of(shrinking)).roll())
                .as("5 old pods are still there, though only 3 are wanted")
                .allSatisfy(r -> assertThat(r.set().getMetadata().getName()).isEqualTo("a"));
        assertThat(text(new Rollout(bounds, stock("new", 1, 1), List.of(shrinking)).roll()))
                .as("of the 5 that are available 2 are about to go")
                .isEqualTo("a=2");
    }

    /// Whatever becomes ready when, the counts stay in their bounds and the rollout ends.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void staysInBoundsAndEnds(long seed) {
        var random = new SplittableRandom(seed);
        int desired = 1 + random.nextInt(12);
        int surge = random.nextInt(4);
        int unavailable = Math.min(desired, random.nextInt(4) + (surge == 0 ? 1 : 0));
        var bounds = new Bounds(desired, surge, unavailable);
        int size = 0;
        int ready = 0;
        int old = desired;
        for (int step = 0; size < desired || old > 0; step++) {
            assertThat(step).as("steps").isLessThan(400);
            ready += random.nextInt(size - ready + 1);
            var rollout =
                    new Rollout(bounds, stock("new", size, ready), List.of(stock("a", old, old)));
            for (var resize : rollout.roll()) {
                if (resize.set().getMetadata().getName().equals("new")) {
                    size = resize.size();
                } else {
                    old = resize.size();
                }
            }
            assertThat(size + old).isLessThanOrEqualTo(bounds.most());
            assertThat(ready + old).isGreaterThanOrEqualTo(bounds.least());
        }
    }

    private static String text(List<Resize> resizes) {
        return resizes.stream()
                .map(r -> r.set().getMetadata().getName() + "=" + r.size())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static List<Stock> sets(String text) {
        var all = new ArrayList<Stock>();
        var names = List.of("a", "b", "c").iterator();
        for (var one : text.split(" ")) {
            all.add(set(names.next(), one));
        }
        return all;
    }

    /// @param text size/available
    private static Stock set(String name, String text) {
        int slash = text.indexOf('/');
        return stock(
                name,
                Integer.parseInt(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /// A set that has as many pods as it wants.
    private static Stock stock(String name, int size, int available) {
        return new Stock(Given.set(name, size), size, available, size > 0);
    }
}
