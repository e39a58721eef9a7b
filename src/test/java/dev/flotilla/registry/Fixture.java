package dev.flotilla.registry;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.store.Store;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGeneratorFactory;

/// A registry on a store in memory, with a clock that a test may set.
final class Fixture implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private volatile Instant now = Instant.parse("2026-05-01T12:00:00Z");
    final Store store = Store.inMemory(() -> now);
    final Registry registry =
            new Registry(
                    store,
                    (InstantSource) () -> now,
                    RandomGeneratorFactory.of("L64X128MixRandom").create(7));
    final ResourceType pods = type("", "v1", "pods");
    final ResourceType configMaps = type("", "v1", "configmaps");
    final ResourceType namespaces = type("", "v1", "namespaces");
    final ResourceType deployments = type("apps", "v1", "deployments");

    ResourceType type(String group, String version, String plural) {
        return registry.type(group, version, plural).orElseThrow();
    }

    void passSeconds(long seconds) {
        now = now.plusSeconds(seconds);
    }

    ObjectNode create(ResourceType type, ObjectNode object) {
        return registry.create(
                type, type.namespaced() ? "default" : "", object, WriteOptions.STRICT);
    }

    ObjectNode get(ResourceType type, String name) {
        return registry.get(type, key(type, name), Subresource.NONE);
    }

    ObjectNode update(ResourceType type, ObjectNode object) {
        var name = Tree.text(object, "metadata", "name");
        return registry.update(
                type, key(type, name), Subresource.NONE, object, WriteOptions.STRICT);
    }

    ObjectNode patch(ResourceType type, String name, PatchType how, String patch) {
        return registry.patch(
                type,
                key(type, name),
                Subresource.NONE,
                how,
                JSON.readTree(patch.replace('\'', '"')),
                WriteOptions.STRICT);
    }

    static ObjectKey key(ResourceType type, String name) {
        return new ObjectKey(type.namespaced() ? "default" : "", name);
    }

    /// @param text JSON with `'` for `"`
    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    static ObjectNode pod(String name) {
        return json(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'%s','labels':{'app':'web'}},"
                                .formatted(name)
                        + "'spec':{'containers':[{'name':'c','image':'nginx:1.29','args':[]}]}}");
    }

    static ObjectNode configMap(String name, String value) {
        return json(
                "{'apiVersion':'v1','kind':'ConfigMap','metadata':{'name':'%s'},'data':{'k':'%s'}}"
                        .formatted(name, value));
    }

    static ObjectNode deployment(String name) {
        return json(
                """
                {'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%s'},'spec':{
                 'replicas':2,'selector':{'matchLabels':{'app':'web'}},
                 'template':{'metadata':{'labels':{'app':'web'}},
                  'spec':{'containers':[{'name':'c','image':'nginx'}]}}}}
                """
                        .formatted(name));
    }

    @Override
    public void close() {
        store.close();
    }
}
