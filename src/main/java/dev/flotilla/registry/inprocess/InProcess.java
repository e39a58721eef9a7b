package dev.flotilla.registry.inprocess;

import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Listing;
import dev.flotilla.cluster.Watch;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.DeleteOptions;
import dev.flotilla.registry.DeleteOptions.Propagation;
import dev.flotilla.registry.PatchType;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Shown;
import dev.flotilla.registry.Subresource;
import dev.flotilla.registry.WriteOptions;
import dev.flotilla.registry.engine.Engine;
import dev.flotilla.registry.keep.Shelf;
import dev.flotilla.registry.tree.Tree;
import dev.flotilla.registry.write.Binder;
import dev.flotilla.registry.write.Creator;
import dev.flotilla.registry.write.Editor;
import dev.flotilla.registry.write.Remover;
import dev.flotilla.registry.write.Reporter;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The port that loops use, straight onto the registry.
public final class InProcess implements Cluster {
    private final Engine engine;
    private final Creator creator;
    private final Editor editor;
    private final Reporter reporter;
    private final Remover remover;
    private final Binder binder;
    private final Recent recent;
    private final Typed.Reader reader;

    public InProcess(
            Engine engine, Creator creator, Editor editor, Remover remover, Binder binder) {
        this.engine = engine;
        this.creator = creator;
        this.editor = editor;
        reporter = new Reporter(engine);
        this.remover = remover;
        this.binder = binder;
        recent = new Recent();
        reader = recent;
    }

    private InProcess(InProcess whole, Typed.Reader reader) {
        engine = whole.engine;
        creator = whole.creator;
        editor = whole.editor;
        reporter = whole.reporter;
        remover = whole.remover;
        binder = whole.binder;
        recent = whole.recent;
        this.reader = reader;
    }

    @Override
    public List<Class<? extends HasMetadata>> kinds() {
        return engine.catalog().kept();
    }

    @Override
    public <T extends HasMetadata> Optional<T> get(Class<T> kind, ObjectKey key) {
        return engine.shelf().find(type(kind), key).map(e -> recent.read(kind, e));
    }

    @Override
    public <T extends HasMetadata> Listing<T> list(Class<T> kind) {
        var snapshot = engine.store().list(Shelf.prefix(type(kind), ""));
        return new Listing<>(
                snapshot.revision(),
                snapshot.entries().stream().map(e -> reader.read(kind, e)).toList());
    }

    @Override
    public Cluster heads() {
        return new InProcess(this, Typed::head);
    }

    @Override
    public <T extends HasMetadata> Written<T> create(T object) {
        var kind = kind(object);
        var namespace = type(kind).namespaced() ? ObjectKey.of(object).namespace() : "";
        return attempt(
                () ->
                        typed(
                                kind,
                                creator.create(
                                        type(kind),
                                        namespace,
                                        Typed.tree(object),
                                        WriteOptions.PLAIN)));
    }

    @Override
    public <T extends HasMetadata> Written<T> update(T before, T after) {
        var kind = kind(before);
        var part = finalizing(before, after) ? Subresource.FINALIZE : Subresource.NONE;
        var patch = Typed.difference(before, after);
        var metadata = Tree.child(patch, "metadata");
        metadata.put("resourceVersion", before.getMetadata().getResourceVersion());
        metadata.put("uid", before.getMetadata().getUid());
        return attempt(
                () ->
                        typed(
                                kind,
                                editor.patch(
                                        type(kind),
                                        ObjectKey.of(before),
                                        part,
                                        PatchType.MERGE,
                                        patch,
                                        WriteOptions.NAMED)));
    }

    @Override
    public <T extends HasMetadata> Written<T> updateStatus(T before, T after) {
        var kind = kind(before);
        var report = Typed.report(before, after);
        return attempt(
                () ->
                        typed(
                                kind,
                                reporter.report(
                                        type(kind),
                                        ObjectKey.of(before),
                                        revision(before),
                                        report)));
    }

    @Override
    public <T extends HasMetadata> Written<T> delete(T object, Deletion how) {
        var kind = kind(object);
        var metadata = object.getMetadata();
        var options =
                new DeleteOptions(
                        false,
                        how.graceSeconds(),
                        metadata.getUid(),
                        how.unchanged() ? metadata.getResourceVersion() : null,
                        propagation(how));
        return attempt(
                () -> typed(kind, remover.removed(type(kind), ObjectKey.of(object), options)));
    }

    private static @Nullable Propagation propagation(Deletion how) {
        return switch (how.owned()) {
            case null -> null;
            case ORPHAN -> Propagation.ORPHAN;
            case BACKGROUND -> Propagation.BACKGROUND;
            case FOREGROUND -> Propagation.FOREGROUND;
        };
    }

    @Override
    public Written<Pod> bind(Pod pod, String node) {
        var binding = Tree.empty();
        binding.putObject("metadata").put("uid", pod.getMetadata().getUid());
        binding.putObject("target").put("name", node);
        return attempt(
                () -> typed(Pod.class, binder.bind(ObjectKey.of(pod), binding, revision(pod))));
    }

    /// 0 for what was never read.
    private static long revision(HasMetadata object) {
        var revision = object.getMetadata().getResourceVersion();
        return revision == null || revision.isEmpty() ? 0 : Long.parseLong(revision);
    }

    @Override
    public long revision() {
        return engine.store().revision();
    }

    @Override
    public <T extends HasMetadata> Watch<T> watch(Class<T> kind, long since) {
        return new TypedWatch<>(kind, engine.store(), reader, Shelf.prefix(type(kind), ""), since);
    }

    /// Letting go of a namespace is a write to its `/finalize`.
    private static boolean finalizing(HasMetadata before, HasMetadata after) {
        return before instanceof Namespace was
                && after instanceof Namespace is
                && was.getSpec() != null
                && !was.getSpec().equals(is.getSpec());
    }

    /// Someone else was first, or it is gone: read again. Everything else stays refused.
    private static <T> Written<T> attempt(Supplier<T> write) {
        try {
            return new Written.Done<>(write.get());
        } catch (ApiFailure e) {
            var message = String.valueOf(e.getMessage());
            return switch (e.code()) {
                case 404, 409 -> new Written.Conflict<>(message);
                default -> new Written.Refused<>(e.reason(), message);
            };
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends HasMetadata> Class<T> kind(T object) {
        return (Class<T>) object.getClass();
    }

    private ResourceType type(Class<? extends HasMetadata> kind) {
        return engine.catalog().of(kind).type();
    }

    private <T extends HasMetadata> T typed(Class<T> kind, Shown object) {
        return object.kept()
                .map(entry -> recent.read(kind, entry))
                .orElseGet(() -> Typed.of(kind, object.tree()));
    }
}
