package dev.flotilla.registry;

import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kinds.Kinds;

import io.fabric8.kubernetes.api.model.HasMetadata;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds a kind's declaration by any of its names.
final class Catalog {
    private final List<ResourceType> types;
    private final Map<String, Kind> byPath = new HashMap<>();
    private final Map<Class<?>, Kind> byModel = new HashMap<>();

    Catalog() {
        for (var kind : Kinds.all()) {
            var type = kind.type();
            byPath.put(path(type.group(), type.version(), type.plural()), kind);
            byModel.put(type.model(), kind);
        }
        types = Kinds.all().stream().map(Kind::type).toList();
    }

    List<ResourceType> types() {
        return types;
    }

    Optional<ResourceType> find(String group, String version, String plural) {
        return Optional.ofNullable(byPath.get(path(group, version, plural))).map(Kind::type);
    }

    Kind of(ResourceType type) {
        return known(byModel.get(type.model()), type);
    }

    Kind of(Class<? extends HasMetadata> model) {
        return known(byModel.get(model), model);
    }

    private static Kind known(@Nullable Kind kind, Object asked) {
        if (kind == null) {
            throw new IllegalArgumentException("no kind is declared for " + asked);
        }
        return kind;
    }

    private static String path(String group, String version, String plural) {
        return group + "/" + version + "/" + plural;
    }
}
