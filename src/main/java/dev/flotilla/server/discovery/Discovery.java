package dev.flotilla.server.discovery;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Tells clients which kinds there are: group by group as ever, or all at once.
public final class Discovery {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final Comparator<Kind> BY_NAME = Comparator.comparing(k -> k.type().plural());

    private static final int HASHED_BYTES = 8;

    private final List<Resources> kinds;
    private final AggregatedDiscovery aggregated;

    public Discovery(List<Resources> kinds) {
        this.kinds = kinds;
        aggregated = new AggregatedDiscovery(this);
    }

    /// One kind, and who answers for it.
    record Kind(ResourceType type, Resources home) {
        List<Resources.Part> parts() {
            return home.parts(type);
        }
    }

    /// `/api`
    public void core(Call call) throws IOException {
        if (AggregatedDiscovery.isWanted(call)) {
            aggregated.answer(call, Set.of(""));
            return;
        }
        var body = JSON.createObjectNode().put("kind", "APIVersions");
        body.putArray("versions").add("v1");
        var address = body.putArray("serverAddressByClientCIDRs").addObject();
        address.put("clientCIDR", "0.0.0.0/0")
                .put("serverAddress", call.request().getHttpURI().getAuthority());
        call.answer(200, body);
    }

    /// `/apis`
    public void groups(Call call) throws IOException {
        if (AggregatedDiscovery.isWanted(call)) {
            aggregated.answer(call, groupNames());
            return;
        }
        var body = JSON.createObjectNode().put("kind", "APIGroupList").put("apiVersion", "v1");
        var groups = body.putArray("groups");
        groupNames().forEach(g -> groups.add(group(g)));
        call.answer(200, body);
    }

    /// `/apis/GROUP`
    public void group(Call call, String name) throws IOException {
        if (!groupNames().contains(name)) {
            throw Refusal.noSuchPath();
        }
        var body = JSON.createObjectNode().put("kind", "APIGroup").put("apiVersion", "v1");
        call.answer(200, body.setAll(group(name)));
    }

    /// `/api/v1` and `/apis/GROUP/VERSION`
    public void resources(Call call, String group, String version) throws IOException {
        var here = versions(group).get(version);
        if (here == null) {
            throw Refusal.noSuchPath();
        }
        var body = JSON.createObjectNode().put("kind", "APIResourceList").put("apiVersion", "v1");
        body.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        var resources = body.putArray("resources");
        for (var kind : here) {
            var resource = resources.addObject();
            resource(resource, kind.type());
            kind.home()
                    .kept(kind.type())
                    .ifPresent(kept -> resource.put("storageVersionHash", hash(kept)));
            kind.parts().forEach(p -> part(resources.addObject(), kind.type(), p));
        }
        call.answer(200, body);
    }

    /// The named groups, in the order in which clients resolve names.
    public Set<String> groupNames() {
        var names = new LinkedHashSet<String>();
        kinds.forEach(k -> k.types().forEach(t -> names.add(t.group())));
        names.remove("");
        return new LinkedHashSet<>(GroupOrder.of(names));
    }

    /// The kinds of each version of a group, by name.
    public Map<String, Collection<Kind>> versions(String group) {
        var versions = new LinkedHashMap<String, Collection<Kind>>();
        for (var home : kinds) {
            for (var type : home.types()) {
                if (type.group().equals(group)) {
                    versions.computeIfAbsent(type.version(), _ -> new TreeSet<>(BY_NAME))
                            .add(new Kind(type, home));
                }
            }
        }
        return versions;
    }

    private ObjectNode group(String name) {
        var group = JSON.createObjectNode().put("name", name);
        var versions = group.putArray("versions");
        versions(name)
                .keySet()
                .forEach(
                        v ->
                                versions.addObject()
                                        .put("groupVersion", name + "/" + v)
                                        .put("version", v));
        group.set("preferredVersion", versions.get(0).deepCopy());
        return group;
    }

    private static void resource(ObjectNode node, ResourceType type) {
        node.put("name", type.plural())
                .put("singularName", type.singular())
                .put("namespaced", type.namespaced())
                .put("kind", type.kind());
        texts(node.putArray("verbs"), sorted(type.verbs()));
        if (!type.shortNames().isEmpty()) {
            texts(node.putArray("shortNames"), type.shortNames());
        }
        if (!type.categories().isEmpty()) {
            texts(node.putArray("categories"), type.categories());
        }
    }

    /// By which clients notice that the version changed in which a kind is kept.
    private static String hash(ResourceType kept) {
        var text = kept.group() + "/" + kept.version() + "/" + kept.kind();
        try {
            var sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(sum, HASHED_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void part(ObjectNode node, ResourceType type, Resources.Part part) {
        node.put("name", type.plural() + "/" + part.name())
                .put("singularName", "")
                .put("namespaced", type.namespaced());
        if (!part.group().equals(type.group()) || !part.version().equals(type.version())) {
            node.put("group", part.group()).put("version", part.version());
        }
        node.put("kind", part.kind());
        texts(node.putArray("verbs"), part.verbs());
    }

    static List<String> sorted(Collection<String> texts) {
        return texts.stream().sorted().toList();
    }

    public static void texts(ArrayNode array, Collection<String> texts) {
        texts.forEach(array::add);
    }
}
