package dev.flotilla.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

class InformersTest {
    private final MemoryCluster cluster = new MemoryCluster();
    private final Informers informers = new Informers(cluster);

    @Test
    void pumpingSeesEveryWriteBeforeIt() {
        var maps = informers.of(ConfigMap.class);
        cluster.create(map("a", "1"));
        assertThat(maps.get(key("a"))).isEmpty();
        informers.pump();
        assertThat(maps.get(key("a"))).get().extracting(InformersTest::value).isEqualTo("1");
        put("a", "2");
        informers.pump();
        assertThat(maps.get(key("a"))).get().extracting(InformersTest::value).isEqualTo("2");
        remove("a");
        informers.pump();
        assertThat(maps.all()).isEmpty();
    }

    @Test
    void aLateListenerHearsWhatIsThereFirst() {
        cluster.create(map("a", "1"));
        var heard = listening();
        put("a", "2");
        remove("a");
        informers.pump();
        assertThat(heard).containsExactly("put a=1", "put a=2", "deleted a=2");
    }

    @Test
    void indexesFollowChanges() {
        var maps = informers.of(ConfigMap.class);
        cluster.create(map("a", "x"));
        informers.pump();
        Function<ConfigMap, List<String>> byValue = InformersTest::byValue;
        maps.indexBy("value", byValue);
        cluster.create(map("b", "x"));
        informers.pump();
        assertThat(names(maps.by("value", "x"))).containsExactly("a", "b");
        put("a", "y");
        remove("b");
        informers.pump();
        assertThat(maps.by("value", "x")).isEmpty();
        assertThat(names(maps.by("value", "y"))).containsExactly("a");
        maps.indexBy("value", byValue);
        assertThatThrownBy(() -> maps.indexBy("value", _ -> List.of()))
                .hasMessageContaining("value");
        assertThatThrownBy(() -> maps.by("none", "x")).hasMessageContaining("none");
    }

    @Test
    void afterALongAbsenceTheDifferenceIsTold() {
        cluster.create(map("changed", "1"));
        cluster.create(map("gone", "1"));
        cluster.create(map("same", "1"));
        var heard = listening();
        heard.clear();
        put("changed", "2");
        remove("gone");
        cluster.create(map("new", "1"));
        cluster.compact();
        informers.pump();
        assertThat(heard).containsExactly("put changed=2", "put new=1", "deleted gone=1");
        put("new", "2");
        informers.pump();
        assertThat(heard).endsWith("put new=2");
    }

    @Test
    void aListenerThatWritesAndPumpsHearsItsOwnWriteAfterwards() {
        var maps = informers.of(ConfigMap.class);
        var heard = new ArrayList<String>();
        maps.listen(
                change -> {
                    heard.add("begin " + text(change));
                    if (change.object().getMetadata().getName().equals("a")) {
                        cluster.create(map("b", "1"));
                        informers.pump();
                        assertThat(maps.get(key("b"))).isPresent();
                    }
                    heard.add("end " + text(change));
                });
        cluster.create(map("a", "1"));
        informers.pump();
        assertThat(heard)
                .containsExactly("begin put a=1", "end put a=1", "begin put b=1", "end put b=1");
    }

    @Test
    void aFailingListenerHoldsNobodyUp() {
        informers
                .of(ConfigMap.class)
                .listen(
                        _ -> {
                            throw new IllegalStateException("on purpose");
                        });
        var heard = listening();
        cluster.create(map("a", "1"));
        informers.pump();
        assertThat(heard).containsExactly("put a=1");
    }

    @Test
    void manyPumpingThreadsTellEachChangeOnceAndInOrder() throws Exception {
        var heard = listening();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
            var name = "m" + t;
            cluster.create(map(name, "0"));
            threads.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        for (int i = 1; i <= 200; i++) {
                                            put(name, Integer.toString(i));
                                            informers.pump();
                                        }
                                    }));
        }
        for (var thread : threads) {
            thread.join();
        }
        informers.pump();
        assertThat(heard).hasSize(4 * 201);
        for (int t = 0; t < 4; t++) {
            var mine = "put m" + t + "=";
            var values =
                    heard.stream()
                            .filter(h -> h.startsWith(mine))
                            .map(h -> Integer.parseInt(h.substring(mine.length())))
                            .toList();
            assertThat(values).isSorted().hasSize(201);
        }
    }

    @Test
    void startedItFollowsCommitsByItself() throws Exception {
        var heard = new CountDownLatch(1);
        informers.of(ConfigMap.class).listen(_ -> heard.countDown());
        informers.start();
        cluster.create(map("a", "1"));
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        informers.close();
    }

    @Test
    void anyMixOfChangesGapsAndPumpsEndsAtTheTruth() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(followed(seed)).as("seed " + seed).isTrue();
        }
    }

    /// @return whether the cache, the index and a listener's own picture all equal the cluster
    private static boolean followed(long seed) {
        var random = new SplittableRandom(seed);
        var world = new MemoryCluster();
        var informers = new Informers(world);
        var maps = informers.of(ConfigMap.class);
        maps.indexBy("value", InformersTest::byValue);
        var picture = new HashMap<String, String>();
        maps.listen(
                change -> {
                    var name = change.object().getMetadata().getName();
                    switch (change) {
                        case Change.Put<ConfigMap> put -> picture.put(name, value(put.object()));
                        case Change.Deleted<ConfigMap> _ -> picture.remove(name);
                    }
                });
        for (int i = 0; i < 60; i++) {
            var name = "m" + random.nextInt(5);
            var there = world.get(ConfigMap.class, key(name));
            var next = map(name, "v" + random.nextInt(3));
            switch (random.nextInt(5)) {
                case 0 -> there.ifPresent(m -> world.delete(m, Deletion.NOW));
                case 1 -> informers.pump();
                case 2 -> world.compact();
                default -> {
                    var written =
                            there.isPresent()
                                    ? world.update(there.get(), next)
                                    : world.create(next);
                    assertThat(written.done()).isTrue();
                }
            }
        }
        informers.pump();
        var truth = new HashMap<String, String>();
        world.list(ConfigMap.class)
                .items()
                .forEach(m -> truth.put(m.getMetadata().getName(), value(m)));
        var cached = new HashMap<String, String>();
        maps.all().forEach(m -> cached.put(m.getMetadata().getName(), value(m)));
        var indexed = new HashMap<String, String>();
        for (var v : List.of("v0", "v1", "v2")) {
            maps.by("value", v).forEach(m -> indexed.put(m.getMetadata().getName(), v));
        }
        return List.of(picture, cached, indexed).stream().allMatch(truth::equals);
    }

    private static List<String> byValue(ConfigMap map) {
        return List.of(value(map));
    }

    private List<String> listening() {
        var heard = new ArrayList<String>();
        informers.of(ConfigMap.class).listen(change -> heard.add(text(change)));
        return heard;
    }

    private void put(String name, String value) {
        var before = cluster.get(ConfigMap.class, key(name)).orElseThrow();
        assertThat(cluster.update(before, map(name, value)).done()).isTrue();
    }

    private void remove(String name) {
        var before = cluster.get(ConfigMap.class, key(name)).orElseThrow();
        cluster.delete(before, Deletion.NOW);
    }

    private static String text(Change<ConfigMap> change) {
        var what = change instanceof Change.Put ? "put " : "deleted ";
        return what + change.object().getMetadata().getName() + "=" + value(change.object());
    }

    private static List<String> names(List<ConfigMap> maps) {
        return maps.stream().map(m -> m.getMetadata().getName()).toList();
    }

    private static String value(ConfigMap map) {
        return map.getData().getOrDefault("v", "");
    }

    private static ObjectKey key(String name) {
        return new ObjectKey("default", name);
    }

    private static ConfigMap map(String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .endMetadata()
                .withData(Map.of("v", value))
                .build();
    }
}
