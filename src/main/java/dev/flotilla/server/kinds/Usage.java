package dev.flotilla.server.kinds;

import dev.flotilla.model.NodeUse;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceList;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.ListOptions;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// `metrics.k8s.io`: what nodes and pods use, for those that the registry has too.
public final class Usage implements Resources {
    private static final String GROUP = "metrics.k8s.io";
    private static final ResourceType NODES = type("nodes", false, NodeMetrics.class);
    private static final ResourceType PODS = type("pods", true, PodMetrics.class);

    private final Registry registry;
    private final Supplier<List<NodeUse>> use;

    public Usage(Registry registry, Supplier<List<NodeUse>> use) {
        this.registry = registry;
        this.use = use;
    }

    @Override
    public List<ResourceType> types() {
        return List.of(NODES, PODS);
    }

    @Override
    public List<Part> parts(ResourceType type) {
        return List.of();
    }

    @Override
    public void serve(Call call, Route.Resource at, ResourceType type) throws IOException {
        if (!at.subresource().isEmpty()) {
            throw Refusal.noSuchPath();
        }
        if (!call.method().equals("GET") || call.query().flag("watch")) {
            throw Refusal.methodNotAllowed();
        }
        call.form();
        var options = ListOptions.of(call.query(), at.name());
        var stored = registry.type("", "v1", type.plural()).orElseThrow(Refusal::noSuchPath);
        var there = registry.list(stored, at.namespace(), options.query());
        var items = type.equals(NODES) ? nodes(there) : pods(there);
        if (at.name().isEmpty()) {
            var list = JsonMapper.shared().createObjectNode();
            list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
            list.putObject("metadata").put("resourceVersion", Long.toString(there.revision()));
            list.putArray("items").addAll(items);
            call.answer(200, list);
        } else if (items.isEmpty()) {
            throw Refusal.noSuchObject(type.resource(), at.name());
        } else {
            call.answer(200, items.getFirst());
        }
    }

    private List<ObjectNode> nodes(ResourceList there) {
        var byName = new HashMap<String, NodeUse>();
        use.get().forEach(u -> byName.put(u.node(), u));
        var items = new ArrayList<ObjectNode>();
        for (var node : there.items()) {
            var u = byName.get(key(node).name());
            if (u != null) {
                var item = item(NODES, node, u);
                amount(item.putObject("usage"), u.cpuMillis(), u.memoryBytes());
                items.add(item);
            }
        }
        return items;
    }

    private List<ObjectNode> pods(ResourceList there) {
        record Seen(NodeUse node, NodeUse.PodUse pod) {}
        Map<ObjectKey, Seen> byKey = new HashMap<>();
        use.get().forEach(u -> u.pods().forEach(p -> byKey.put(p.pod(), new Seen(u, p))));
        var items = new ArrayList<ObjectNode>();
        for (var pod : there.items()) {
            var seen = byKey.get(key(pod));
            if (seen != null) {
                var item = item(PODS, pod, seen.node());
                var containers = item.putArray("containers");
                for (var c : seen.pod().containers()) {
                    var node = containers.addObject().put("name", c.name());
                    amount(node.putObject("usage"), c.cpuMillis(), c.memoryBytes());
                }
                items.add(item);
            }
        }
        return items;
    }

    private static ObjectNode item(ResourceType type, ObjectNode of, NodeUse use) {
        var item = JsonMapper.shared().createObjectNode();
        item.put("kind", type.kind()).put("apiVersion", type.apiVersion());
        var metadata = item.putObject("metadata");
        var time = use.time().truncatedTo(ChronoUnit.SECONDS).toString();
        for (var field : List.of("name", "namespace", "labels")) {
            var value = of.path("metadata").get(field);
            if (value != null) {
                metadata.set(field, value);
            }
        }
        metadata.put("creationTimestamp", time);
        item.put("timestamp", time);
        item.put("window", use.window().toMillis() / 1000.0 + "s");
        return item;
    }

    private static void amount(ObjectNode usage, long cpuMillis, long memoryBytes) {
        usage.put("cpu", cpuMillis + "m").put("memory", memoryBytes / 1024 + "Ki");
    }

    private static ObjectKey key(ObjectNode object) {
        var metadata = object.path("metadata");
        return new ObjectKey(
                metadata.path("namespace").asString(""), metadata.path("name").asString(""));
    }

    private static ResourceType type(
            String plural, boolean namespaced, Class<? extends HasMetadata> model) {
        return new ResourceType(
                GROUP,
                "v1beta1",
                plural,
                "",
                model.getSimpleName(),
                List.of(),
                List.of(),
                namespaced,
                Set.of("get", "list"),
                false,
                false,
                model);
    }
}
