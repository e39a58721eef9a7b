package dev.flotilla.registry.engine;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Version;
import dev.flotilla.registry.kinds.Kinds;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds a kind's declaration by any of its names.
public final class Catalog {
    private final List<ResourceType> types;
    private final List<Class<? extends HasMetadata>> kept;
    private final Map<String, ResourceType> byPath = new HashMap<>();
    private final Map<Class<?>, Kind> byModel = new HashMap<>();
    private final Map<Class<?>, Version> versions = new HashMap<>();

    /// Of every kind that there is.
    public Catalog() {
        var all = new ArrayList<ResourceType>();
        for (var kind : Kinds.all()) {
            add(kind, Version.own(kind), all);
            kind.versions().forEach(v -> add(kind, v, all));
        }
        types = List.copyOf(all);
        var models = new ArrayList<Class<? extends HasMetadata>>();
        Kinds.all().stream().filter(k -> !k.virtual()).forEach(k -> models.add(k.type().model()));
        kept = List.copyOf(models);
    }

    private void add(Kind kind, Version version, List<ResourceType> all) {
        var type = version.type();
        byPath.put(path(type.group(), type.version(), type.plural()), type);
        byModel.put(type.model(), kind);
        versions.put(type.model(), version);
        all.add(type);
    }

    /// Every kind and version, in the order of discovery.
    public List<ResourceType> types() {
        return types;
    }

    /// The models of all kinds that are kept.
    public List<Class<? extends HasMetadata>> kept() {
        return kept;
    }

    /// The type of that name, if there is one.
    public Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural)));
    }

    /// The kind that a type, of whichever version, is of.
    public Kind of(ResourceType type) {
        return known(byModel.get(type.model()), type);
    }

    /// The kind of a model of ours, of whichever version.
    public Kind of(Class<? extends HasMetadata> model) {
        return known(byModel.get(model), model);
    }

    /// How the objects of a type's kind are seen under this type.
    Version version(ResourceType type) {
        return known(versions.get(type.model()), type);
    }

    private static <T> T known(@Nullable T kind, Object asked) {
        if (kind == null) {
            throw new IllegalArgumentException("no kind is declared for " + asked);
        }
        return kind;
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }
}
