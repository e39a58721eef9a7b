package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Whatever is sent, the answer is an object or a Status, and what is kept can be read, shown and
/// deleted.
class FuzzTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<PatchType> PATCHES = List.of(PatchType.values());
    private static final List<String> NAMES =
            List.of(
                    "metadata",
                    "name",
                    "labels",
                    "annotations",
                    "finalizers",
                    "spec",
                    "status",
                    "containers",
                    "env",
                    "ports",
                    "template",
                    "selector",
                    "matchLabels",
                    "strategy",
                    "rollingUpdate",
                    "maxSurge",
                    "replicas",
                    "resources",
                    "limits",
                    "cpu",
                    "data",
                    "tolerations",
                    "volumes",
                    "$patch",
                    "$retainKeys",
                    "key",
                    "value",
                    "image",
                    "$setElementOrder/containers",
                    "$deleteFromPrimitiveList/finalizers",
                    "kind",
                    "ownerReferences",
                    "apiVersion",
                    "conditions",
                    "type",
                    "secret",
                    "valueFrom",
                    "fieldRef",
                    "livenessProbe",
                    "httpGet",
                    "matchExpressions",
                    "operator",
                    "values",
                    "stringData",
                    "uid",
                    "resourceVersion",
                    "lifecycle",
                    "ssh",
                    "host");
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "web",
                    "delete",
                    "replace",
                    "merge",
                    "25%",
                    "-1",
                    "100m",
                    "1Gi",
                    "x y",
                    "In",
                    "Exists",
                    "TCP",
                    "Always",
                    "RollingUpdate",
                    "2026-01-01T00:00:00Z",
                    "é",
                    "\u0000",
                    "..",
                    "/",
                    "a/b/c",
                    "metadata.name",
                    "default");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nothingButAnAnswer(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var world = new Fixture()) {
            var bases =
                    List.of(
                            Fixture.pod("x"),
                            Fixture.configMap("x", "1"),
                            Fixture.deployment("x"),
                            Fixture.json("{'metadata':{'name':'x'},'spec':{'local':{}}}"),
                            Fixture.json("{'metadata':{'name':'x'},'stringData':{'a':'b'}}"));
            var types = world.registry.types();
            int kept = 0;
            for (int i = 0; i < 400; i++) {
                var type = types.get(random.nextInt(types.size()));
                var base = random.nextInt(3) == 0 ? mutated(bases, random) : base(type, bases);
                if (type.verbs().contains("get") && attempt(() -> world.create(type, base))) {
                    kept++;
                }
                for (int j = 0; j < 4 && type.verbs().contains("get"); j++) {
                    step(world, type, base, random);
                }
            }
            assertThat(kept).as("enough got in to be a test").isGreaterThan(20);
            everythingCanBeShown(world);
        }
    }

    private static ObjectNode base(ResourceType type, List<ObjectNode> bases) {
        return bases.stream()
                .filter(b -> Tree.text(b, "kind").equals(type.kind()))
                .findFirst()
                .orElse(Fixture.json("{'metadata':{'name':'x'}}"));
    }

    private static void step(
            Fixture world, ResourceType type, ObjectNode base, RandomGenerator random) {
        var key = Fixture.key(type, "x");
        var parts = Subresource.values();
        var part = parts[random.nextInt(type.hasScale() ? 3 : type.hasStatus() ? 2 : 1)];
        switch (random.nextInt(6)) {
            case 0 ->
                    attempt(
                            () ->
                                    world.registry.update(
                                            type,
                                            key,
                                            part,
                                            mutated(List.of(base), random),
                                            WriteOptions.PLAIN));
            case 1 -> attempt(() -> world.registry.delete(type, key, DeleteOptions.PLAIN));
            case 2 -> attempt(() -> world.registry.bind(key, (ObjectNode) object(random, 3)));
            default -> {
                var how = PATCHES.get(random.nextInt(PATCHES.size()));
                var patch = how == PatchType.JSON ? jsonPatch(random) : object(random, 5);
                attempt(
                        () ->
                                world.registry.patch(
                                        type, key, part, how, patch, WriteOptions.PLAIN));
            }
        }
        assertThat(parts).contains(part);
    }

    private static boolean attempt(Runnable request) {
        try {
            request.run();
            return true;
        } catch (ApiFailure e) {
            assertThat(e.code()).isBetween(400, 499);
            assertThat(e.status().path("message").asString("")).isNotEmpty();
            return false;
        }
    }

    private static void everythingCanBeShown(Fixture world) {
        for (var type : world.registry.types()) {
            if (type.verbs().contains("list")) {
                var items = world.registry.list(type, "", ListQuery.ALL).items();
                var table = world.registry.table(type, items, true, Tables.Include.OBJECT);
                assertThat(table.path("rows").size()).isEqualTo(items.size());
                world.registry.cluster().list(type.model());
            }
        }
    }

    private static ObjectNode mutated(List<ObjectNode> bases, RandomGenerator random) {
        var object = bases.get(random.nextInt(bases.size())).deepCopy();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            mutate(object, random);
        }
        return object;
    }

    private static void mutate(ObjectNode object, RandomGenerator random) {
        var inner = new ArrayList<ObjectNode>();
        collect(object, inner);
        var at = inner.get(random.nextInt(inner.size()));
        var names = List.copyOf(at.propertyNames());
        var name =
                names.isEmpty() || random.nextInt(3) == 0
                        ? NAMES.get(random.nextInt(NAMES.size()))
                        : names.get(random.nextInt(names.size()));
        if (random.nextInt(4) == 0) {
            at.remove(name);
        } else {
            at.set(name, value(random, 3));
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.forEach(n -> collect(n, found));
    }

    private static JsonNode object(RandomGenerator random, int depth) {
        var object = NODES.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(NAMES.get(random.nextInt(NAMES.size())), value(random, depth - 1));
        }
        return object;
    }

    private static JsonNode value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth <= 0 ? 6 : 9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextInt(-2, 100_000));
            case 3 -> NODES.numberNode(random.nextDouble() * 1e20);
            case 4, 5 -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
            case 6 -> array(random, depth);
            default -> object(random, depth);
        };
    }

    private static ArrayNode array(RandomGenerator random, int depth) {
        var array = NODES.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
            array.add(value(random, depth - 1));
        }
        return array;
    }

    private static ArrayNode jsonPatch(RandomGenerator random) {
        var patch = NODES.arrayNode();
        var operations = List.of("add", "remove", "replace", "move", "copy", "test", "frob");
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            if (random.nextInt(20) == 0) {
                patch.add(value(random, 2));
                continue;
            }
            patch.addObject()
                    .put("op", operations.get(random.nextInt(operations.size())))
                    .put("path", path(random))
                    .put("from", path(random))
                    .set("value", value(random, 3));
        }
        return patch;
    }

    private static String path(RandomGenerator random) {
        var path = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            path.append('/');
            switch (random.nextInt(8)) {
                case 0 -> path.append('-');
                case 1 -> path.append(random.nextInt(-1, 3));
                case 2 -> path.append("~2");
                default -> path.append(NAMES.get(random.nextInt(NAMES.size())));
            }
        }
        return path.toString();
    }
}
