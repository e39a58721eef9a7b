package dev.flotilla.registry;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.admission.Admission;
import dev.flotilla.registry.engine.Bodies;
import dev.flotilla.registry.engine.Catalog;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.engine.Metadata;
import dev.flotilla.registry.engine.Ownership;
import dev.flotilla.registry.inprocess.InProcess;
import dev.flotilla.registry.keep.Commits;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.keep.Trees;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kinds.Kinds;
import dev.flotilla.registry.read.Reader;
import dev.flotilla.registry.schema.ApplyTypes;
import dev.flotilla.registry.schema.Models;
import dev.flotilla.registry.schema.OpenApi;
import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.registry.write.Applier;
import dev.flotilla.registry.write.Binder;
import dev.flotilla.registry.write.Creator;
import dev.flotilla.registry.write.Editor;
import dev.flotilla.registry.write.Evictor;
import dev.flotilla.registry.write.Remover;
import dev.flotilla.registry.write.Seeds;
import dev.flotilla.store.Store;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/// All objects, by the rules of their kinds.
///
/// Every tree that goes out is the receiver's own, and every tree that comes in stays the sender's.
/// Whatever is refused is an [ApiFailure].
public final class Registry {
    private final Models models = new Models();
    private final Engine engine;
    private final Reader reader;
    private final Creator creator;
    private final Editor editor;
    private final Applier applier;
    private final Remover remover;
    private final Binder binder;
    private final Evictor evictor;
    private final Map<ResourceType, UnaryOperator<ObjectNode>> answers = new ConcurrentHashMap<>();

    /// The addresses that services get where nothing else is said.
    public static final String SERVICE_CIDR = "10.43.0.0/16";

    public Registry(Store store, InstantSource time, RandomGenerator random) {
        this(store, time, random, SERVICE_CIDR);
    }

    /// Seeds what every cluster has from its first moment, where it is missing.
    ///
    /// @param serviceCidr the addresses that services get, such as `10.43.0.0/16`
    public Registry(Store store, InstantSource time, RandomGenerator random, String serviceCidr) {
        var services =
                Addresses.block(serviceCidr)
                        .filter(b -> b.size() >= 4)
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "'%s' is no block of addresses for services; give one such as %s"
                                                        .formatted(serviceCidr, SERVICE_CIDR)));
        var metadata = new Metadata(time, random);
        engine =
                new Engine(
                        store,
                        new Shelf(store),
                        new Trees(),
                        new Catalog(),
                        metadata,
                        new Bodies(models),
                        new Ownership(new ApplyTypes(models), metadata),
                        Admission.of(services),
                        new Commits(store));
        reader = new Reader(engine);
        creator = new Creator(engine);
        editor = new Editor(engine, creator);
        applier = new Applier(engine, creator, editor);
        remover = new Remover(engine);
        binder = new Binder(engine);
        evictor = new Evictor(engine, remover);
        new Seeds(engine, creator, editor, services.address(1)).plant();
        engine.commits().recountAll();
    }

    /// The keys of the store whose bodies have to be encrypted where they lie.
    public static Predicate<String> sealedKeys() {
        var prefixes =
                Kinds.all().stream()
                        .filter(Kind::sealed)
                        .map(k -> Shelf.prefix(k.type(), ""))
                        .toList();
        return key -> prefixes.stream().anyMatch(key::startsWith);
    }

    /// Every kind, in the order of discovery.
    public List<ResourceType> types() {
        return engine.catalog().types();
    }

    public Optional<ResourceType> type(String group, String version, String plural) {
        return engine.catalog().find(group, version, plural);
    }

    /// The version in which objects of that type are kept; empty where none are kept.
    public Optional<ResourceType> kept(ResourceType type) {
        var kind = engine.kind(type);
        return kind.virtual() ? Optional.empty() : Optional.of(kind.type());
    }

    public ObjectNode get(ResourceType type, ObjectKey key, Subresource part) {
        return reader.get(type, key, part).tree();
    }

    /// As [#get], for who hands on the object as it is kept.
    public Shown shown(ResourceType type, ObjectKey key, Subresource part) {
        return reader.get(type, key, part);
    }

    /// All objects there are now, as they are kept. Others look at the same trees: not to be
    /// changed.
    ///
    /// @param namespace empty for all
    public List<ObjectNode> look(ResourceType type, String namespace) {
        return engine.around().list(type.model(), namespace);
    }

    /// That a read which may not be older than this revision can be answered.
    ///
    /// @param wanted as clients write it, empty for any
    /// @throws ApiFailure 400 if it is no revision, 504 if it lies in the future
    public void checkRevision(String wanted) {
        long revision = Revisions.parse(wanted);
        if (revision > revision()) {
            throw ApiFailure.tooLargeRevision(revision, revision());
        }
    }

    /// @param namespace empty for all
    public ResourceList list(ResourceType type, String namespace, ListQuery query) {
        return reader.list(type, namespace, query);
    }

    /// @param namespace empty for all
    /// @param since the revision already seen
    /// @throws ApiFailure 410 if the history since then is gone
    public ResourceWatch watch(ResourceType type, String namespace, ListQuery query, long since) {
        return reader.watch(type, namespace, query, since);
    }

    /// The last durable revision.
    public long revision() {
        return engine.store().revision();
    }

    /// Calls `wake` soon after each commit, on a thread that must not be held up.
    public void onCommit(Runnable wake) {
        engine.store().onCommit(wake);
    }

    public void removeOnCommit(Runnable wake) {
        engine.store().removeOnCommit(wake);
    }

    /// @param namespace empty for a cluster-scoped kind
    public ObjectNode create(
            ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        return created(type, namespace, body, options).tree();
    }

    /// As [#create], for who hands on the object as it is kept.
    public Shown created(
            ResourceType type, String namespace, ObjectNode body, WriteOptions options) {
        if (!engine.kind(type).virtual()) {
            return creator.create(type, namespace, body, options);
        }
        var answer = answers.get(type);
        if (answer == null) {
            throw ApiFailure.methodNotAllowed(type, "create");
        }
        return new Shown(answer.apply(creator.checked(type, body, options)));
    }

    public ObjectNode update(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode body,
            WriteOptions options) {
        return put(type, key, part, body, options).object();
    }

    /// As [#update], telling whether the object was there before: some kinds make it.
    public Applied put(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode body,
            WriteOptions options) {
        return editor.update(type, key, part, body, options);
    }

    public ObjectNode patch(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            PatchType patchType,
            JsonNode patch,
            WriteOptions options) {
        return editor.patch(type, key, part, patchType, patch, options).tree();
    }

    /// Server-side apply: what `wanted` says is made so, and what it said last time and says no
    /// more is taken back.
    ///
    /// @param force takes over what other managers own
    public Applied apply(
            ResourceType type,
            ObjectKey key,
            Subresource part,
            ObjectNode wanted,
            boolean force,
            WriteOptions options) {
        return applier.apply(type, key, part, wanted, force, options);
    }

    /// @return the object if it is still there or its kind answers so, else a Status
    public ObjectNode delete(ResourceType type, ObjectKey key, DeleteOptions options) {
        return remover.delete(type, key, options);
    }

    /// @return what was found, as it was
    public ResourceList deleteCollection(
            ResourceType type, String namespace, ListQuery query, DeleteOptions options) {
        var found = list(type, namespace, query);
        for (var object : new ArrayList<>(found.items())) {
            try {
                delete(type, key(object), options);
            } catch (ApiFailure e) {
                if (e.code() != 404) {
                    throw e;
                }
            }
        }
        return found;
    }

    /// Gives an unbound pod its node.
    ///
    /// @return a Status
    public ObjectNode bind(ObjectKey pod, ObjectNode binding) {
        binder.bind(pod, binding, 0);
        var status = Tree.empty().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        return status.put("status", "Success").put("code", 201);
    }

    /// Removes a pod that has to make room, if its disruption budget allows.
    ///
    /// @throws ApiFailure 429 if it does not, now
    public void evict(ObjectKey pod, DeleteOptions options) {
        evictor.evict(pod, options);
    }

    /// What a person should know who deletes objects of this type in this way.
    public Optional<String> deletionWarning(ResourceType type, DeleteOptions options) {
        return options.propagation() == null
                ? engine.kind(type).deletionWarning()
                : Optional.empty();
    }

    /// A `meta.k8s.io/v1` Table with kubectl's columns.
    ///
    /// @param withColumns a watch's events after the first leave them out
    public ObjectNode table(
            ResourceType type,
            List<ObjectNode> items,
            boolean withColumns,
            Tables.Include include) {
        var version = engine.version(type);
        var kind = engine.kind(type);
        return Tables.of(
                kind.columns(),
                items,
                withColumns,
                include,
                o -> type.equals(kind.type()) ? o : version.kept(o.deepCopy()),
                engine.metadata().now());
    }

    /// The OpenAPI document of a group version, complete for its kinds.
    public ObjectNode openApiV3(String group, String version) {
        var types =
                types().stream()
                        .filter(t -> t.group().equals(group) && t.version().equals(version))
                        .toList();
        if (types.isEmpty()) {
            throw ApiFailure.noSuchPath();
        }
        return new OpenApi(models).document(types);
    }

    /// The OpenAPI v2 document of all kinds.
    public ObjectNode openApiV2() {
        var documents =
                types().stream()
                        .map(t -> Map.entry(t.group(), t.version()))
                        .distinct()
                        .map(v -> openApiV3(v.getKey(), v.getValue()))
                        .toList();
        return OpenApi.v2(documents);
    }

    /// From now on answers what is created of a kind that is not kept.
    public void answer(ResourceType virtual, UnaryOperator<ObjectNode> handler) {
        answers.put(virtual, handler);
    }

    /// The way in for loops of this process.
    public Cluster cluster() {
        return new InProcess(engine, creator, editor, remover, binder);
    }

    private static ObjectKey key(ObjectNode object) {
        return new ObjectKey(
                Tree.text(object, "metadata", "namespace"), Tree.text(object, "metadata", "name"));
    }
}
