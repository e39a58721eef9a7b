package dev.flotilla.controllers.collect;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.controllers.collect.Collection.Owner;
import dev.flotilla.controllers.owner.Owners;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.OwnerReference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Who owns what, over all kinds that are collected.
final class Ownership {
    /// Index: objects by the uids of all their owners.
    private static final String OWNER = "owner";

    private final Cluster cluster;
    private final Kinds kinds;
    private final Map<Class<? extends HasMetadata>, Informer<? extends HasMetadata>> informers;

    Ownership(Cluster cluster, Informers all) {
        this.cluster = cluster;
        this.kinds = Kinds.of(cluster);
        this.informers = new LinkedHashMap<>();
        kinds.collected().forEach(kind -> informers.put(kind, indexed(all.headsOf(kind))));
    }

    Map<Class<? extends HasMetadata>, Informer<? extends HasMetadata>> informers() {
        return informers;
    }

    /// All objects that name this one as an owner.
    List<HasMetadata> dependents(HasMetadata owner) {
        var uid = owner.getMetadata().getUid();
        return informers.values().stream()
                .flatMap(i -> i.by(OWNER, uid).stream())
                .map(HasMetadata.class::cast)
                .toList();
    }

    /// Asks the cache first and the cluster before it says [Owner#GONE]: an owner may be younger
    /// than what the cache has seen.
    Owner owner(HasMetadata object, OwnerReference reference) {
        var known = cached(object, reference);
        if (known != Owner.GONE) {
            return known;
        }
        return kind(object, reference)
                .map(kind -> state(reference, cluster.get(kind, key(kind, object, reference))))
                .orElse(Owner.THERE);
    }

    /// Whether some owner is gone or goes, as far as the caches know.
    boolean bereft(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .anyMatch(o -> cached(object, o) != Owner.THERE);
    }

    /// The kind of an owner; empty when it can't be judged: it is not kept here, or lives in a
    /// namespace as `object` does not. Such an owner counts as there.
    Optional<Class<? extends HasMetadata>> kind(HasMetadata object, OwnerReference reference) {
        boolean anywhere = ObjectKey.of(object).namespace().isEmpty();
        return kinds.named(reference)
                .filter(k -> !anywhere || !Namespaced.class.isAssignableFrom(k));
    }

    private Owner cached(HasMetadata object, OwnerReference reference) {
        return kind(object, reference)
                .map(
                        kind -> {
                            var informer = informers.get(kind);
                            return informer == null
                                    ? Owner.GONE
                                    : state(reference, informer.get(key(kind, object, reference)));
                        })
                .orElse(Owner.THERE);
    }

    static ObjectKey key(
            Class<? extends HasMetadata> kind, HasMetadata object, OwnerReference reference) {
        return Kinds.key(kind, ObjectKey.of(object).namespace(), reference.getName());
    }

    /// An object of that name with another uid is another object.
    private static Owner state(OwnerReference reference, Optional<? extends HasMetadata> found) {
        if (found.isEmpty()
                || !Objects.equals(found.get().getMetadata().getUid(), reference.getUid())) {
            return Owner.GONE;
        }
        var meta = found.get().getMetadata();
        return Owners.leaving(found.get()) && meta.getFinalizers().contains(Collection.FOREGROUND)
                ? Owner.GOING_LAST
                : Owner.THERE;
    }

    private static <T extends HasMetadata> Informer<T> indexed(Informer<T> informer) {
        informer.indexBy(OWNER, Ownership::ownerUids);
        return informer;
    }

    private static List<String> ownerUids(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
    }
}
