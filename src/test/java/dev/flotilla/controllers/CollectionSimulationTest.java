package dev.flotilla.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Deletion.Owned;
import dev.flotilla.cluster.Written;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Whoever owns whom, and in whichever way the owners go: what is left is what a simple model says,
/// and nothing names an owner that is not there.
class CollectionSimulationTest {
    private static final int OBJECTS = 14;

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leavesWhatTheModelLeaves(long seed) {
        try (var world = new World(seed, 0.15)) {
            var model = new Model();
            for (int i = 0; i < OBJECTS; i++) {
                var object = object(world, i);
                model.owners.put("o" + i, new TreeSet<>(owners(object)));
            }
            for (int round = 0; round < 4; round++) {
                world.trouble(0.15);
                if (world.random.nextBoolean()) {
                    orphan(world, model);
                } else {
                    for (int i = world.random.nextInt(3); i >= 0; i--) {
                        cascade(world, model);
                    }
                }
                world.calm();
                assertThat(present(world)).isEqualTo(model.owners);
            }
        }
    }

    private static void orphan(World world, Model model) {
        if (!model.owners.isEmpty()) {
            var name = world.pick(List.copyOf(model.owners.keySet()));
            delete(world, name, Owned.ORPHAN);
            model.forget(name);
            model.owners.remove(name);
            model.settle();
        }
    }

    private static void cascade(World world, Model model) {
        if (!model.owners.isEmpty()) {
            var name = world.pick(List.copyOf(model.owners.keySet()));
            delete(world, name, world.random.nextBoolean() ? Owned.FOREGROUND : Owned.BACKGROUND);
            for (int i = world.random.nextInt(6); i > 0; i--) {
                world.step();
            }
            model.owners.remove(name);
            model.settle();
        }
    }

    private static void delete(World world, String name, Owned owned) {
        for (var kind : kinds(world)) {
            for (var object : world.all(kind)) {
                if (object.getMetadata().getName().equals(name) && !Owners.leaving(object)) {
                    world.truth.delete(object, new Deletion(false, null, owned));
                }
            }
        }
    }

    /// Who owns whom, by name.
    private static final class Model {
        final Map<String, Set<String>> owners = new TreeMap<>();

        /// What had owners and has none that is there goes, and so on; dead references go too.
        void settle() {
            boolean changed = true;
            while (changed) {
                var gone = new ArrayList<String>();
                owners.forEach(
                        (name, of) -> {
                            if (!of.isEmpty() && of.stream().noneMatch(owners::containsKey)) {
                                gone.add(name);
                            }
                        });
                gone.forEach(owners::remove);
                changed = !gone.isEmpty();
            }
            owners.values().forEach(of -> of.removeIf(o -> !owners.containsKey(o)));
        }

        void forget(String owner) {
            owners.values().forEach(of -> of.remove(owner));
        }
    }

    private static Map<String, Set<String>> present(World world) {
        var names = new HashMap<String, String>();
        var found = new ArrayList<HasMetadata>();
        for (var kind : kinds(world)) {
            for (var object : world.all(kind)) {
                if (object.getMetadata().getName().matches("o[0-9]+")) {
                    names.put(object.getMetadata().getUid(), object.getMetadata().getName());
                    found.add(object);
                }
            }
        }
        var present = new TreeMap<String, Set<String>>();
        for (var object : found) {
            assertThat(Owners.leaving(object)).as(object.getMetadata().getName()).isFalse();
            var owners = new TreeSet<String>();
            for (var reference : object.getMetadata().getOwnerReferences()) {
                owners.add(names.getOrDefault(reference.getUid(), "gone " + reference.getUid()));
            }
            present.put(object.getMetadata().getName(), owners);
        }
        return present;
    }

    private static List<Class<? extends HasMetadata>> kinds(World world) {
        return world.truth.kinds().stream().filter(k -> k != Event.class).toList();
    }

    private static List<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getName)
                .toList();
    }

    /// An object of some kind that some of those before own.
    private static HasMetadata object(World world, int number) {
        var references = new ArrayList<OwnerReference>();
        for (int i = number == 0 ? 0 : world.random.nextInt(3); i > 0; i--) {
            var owner = found(world, "o" + world.random.nextInt(number));
            if (references.stream().noneMatch(r -> r.getName().equals(name(owner)))) {
                references.add(
                        new OwnerReferenceBuilder()
                                .withApiVersion(owner.getApiVersion())
                                .withKind(owner.getKind())
                                .withName(name(owner))
                                .withUid(owner.getMetadata().getUid())
                                .withBlockOwnerDeletion(world.random.nextBoolean())
                                .build());
            }
        }
        var plain =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("o" + number)
                        .withOwnerReferences(references)
                        .endMetadata()
                        .build();
        var metadata = plain.getMetadata();
        HasMetadata object =
                switch (world.random.nextInt(5)) {
                    case 0 -> plain;
                    case 1 -> new SecretBuilder().withMetadata(metadata).build();
                    case 2 -> new LeaseBuilder().withMetadata(metadata).build();
                    case 3 -> new PodDisruptionBudgetBuilder().withMetadata(metadata).build();
                    default ->
                            new ControllerRevisionBuilder()
                                    .withMetadata(metadata)
                                    .withData(Map.of("a", "b"))
                                    .withRevision(1L)
                                    .build();
                };
        assertThat(world.truth.create(object)).isInstanceOf(Written.Done.class);
        return found(world, "o" + number);
    }

    private static String name(HasMetadata object) {
        return object.getMetadata().getName();
    }

    private static HasMetadata found(World world, String name) {
        for (var kind : kinds(world)) {
            for (var object : world.all(kind)) {
                if (name(object).equals(name)) {
                    return object;
                }
            }
        }
        throw new AssertionError("no object " + name);
    }

    @Test
    void aRingGoesAsAWhole() {
        try (var world = new World(1, 0)) {
            var first = ring(world, "a", null);
            var second = ring(world, "b", first);
            world.edit(first, c -> owned(c, second));
            world.truth.delete(
                    world.truth.get(ConfigMap.class, new ObjectKey("default", "a")).orElseThrow(),
                    new Deletion(false, null, Owned.FOREGROUND));
            world.calm();
            assertThat(world.all(ConfigMap.class).stream().map(c -> name(c)))
                    .doesNotContain("a", "b");
        }
    }

    private static ConfigMap ring(World world, String name, @Nullable HasMetadata owner) {
        var made =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName(name)
                        .endMetadata()
                        .build();
        world.truth.create(owner == null ? made : owned(made, owner));
        return world.truth.get(ConfigMap.class, new ObjectKey("default", name)).orElseThrow();
    }

    private static ConfigMap owned(ConfigMap map, HasMetadata owner) {
        return new ConfigMapBuilder(map)
                .editMetadata()
                .withOwnerReferences(
                        new OwnerReferenceBuilder(Owners.controlledBy(owner))
                                .withController(false)
                                .build())
                .endMetadata()
                .build();
    }
}
