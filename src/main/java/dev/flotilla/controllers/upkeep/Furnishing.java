package dev.flotilla.controllers.upkeep;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Informer;
import dev.flotilla.cluster.Informers;
import dev.flotilla.cluster.Loop;
import dev.flotilla.cluster.Outcome;
import dev.flotilla.cluster.Reconciler;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/// Sees to it that each namespace has a default account, and the certificate by which its pods
/// trust the API server. Both come with the namespace, and come back when someone removes them.
final class Furnishing implements Reconciler {
    static final String ACCOUNT = "default";
    static final String CERTIFICATE = "kube-root-ca.crt";
    private static final String FIELD = "ca.crt";
    private static final Duration REFUSED = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Informer<Namespace> namespaces;
    private final Informer<ServiceAccount> accounts;
    private final Informer<ConfigMap> maps;
    private final Map<String, String> wanted;

    private Furnishing(Cluster cluster, Informers informers, String authority) {
        this.cluster = cluster;
        namespaces = informers.of(Namespace.class);
        accounts = informers.of(ServiceAccount.class);
        maps = informers.headsOf(ConfigMap.class);
        wanted = authority.isEmpty() ? Map.of() : Map.of(FIELD, authority);
    }

    static Loop loop(Cluster cluster, Informers informers, InstantSource time, String authority) {
        var reconciler = new Furnishing(cluster, informers, authority);
        var loop = new Loop("furnishing", reconciler, informers, time);
        reconciler.namespaces.listen(
                change -> {
                    if (change instanceof Change.Put && !Upkeep.leaving(change.object())) {
                        loop.mark(ObjectKey.of(change.object()));
                    }
                });
        reconciler.accounts.listen(
                change -> {
                    if (change instanceof Change.Deleted) {
                        mark(loop, ObjectKey.of(change.object()), ACCOUNT);
                    }
                });
        reconciler.maps.listen(change -> mark(loop, ObjectKey.of(change.object()), CERTIFICATE));
        return loop;
    }

    private static void mark(Loop loop, ObjectKey changed, String name) {
        if (changed.name().equals(name)) {
            loop.mark(ObjectKey.of(changed.namespace()));
        }
    }

    @Override
    public Outcome reconcile(ObjectKey key) {
        var namespace = namespaces.get(key).filter(n -> !Upkeep.leaving(n));
        if (namespace.isEmpty()) {
            return Outcome.SETTLED;
        }
        var account = account(key.name());
        return account.equals(Outcome.SETTLED) ? certificate(key.name()) : account;
    }

    private Outcome account(String namespace) {
        if (accounts.get(new ObjectKey(namespace, ACCOUNT)).isPresent()) {
            return Outcome.SETTLED;
        }
        return outcome(
                cluster.create(
                        new ServiceAccountBuilder()
                                .withNewMetadata()
                                .withName(ACCOUNT)
                                .withNamespace(namespace)
                                .endMetadata()
                                .build()));
    }

    private Outcome certificate(String namespace) {
        var present = cluster.get(ConfigMap.class, new ObjectKey(namespace, CERTIFICATE));
        if (present.isEmpty()) {
            return outcome(
                    cluster.create(
                            new ConfigMapBuilder()
                                    .withNewMetadata()
                                    .withName(CERTIFICATE)
                                    .withNamespace(namespace)
                                    .endMetadata()
                                    .withData(wanted)
                                    .build()));
        }
        var data = present.get().getData();
        if (wanted.equals(data == null ? Map.of() : data)) {
            return Outcome.SETTLED;
        }
        var right = new ConfigMapBuilder(present.get()).withData(wanted).build();
        return outcome(cluster.update(present.get(), right));
    }

    /// A namespace that begins to go meanwhile refuses; its change settles it.
    private static Outcome outcome(Written<?> written) {
        return switch (written) {
            case Written.Done<?> _ -> Outcome.SETTLED;
            case Written.Conflict<?> _ -> Outcome.again(Duration.ZERO);
            case Written.Refused<?> _ -> Outcome.again(REFUSED);
        };
    }
}
