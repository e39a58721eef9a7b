package dev.flotilla.server.kinds;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.Registry;
import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.Subresource;
import dev.flotilla.server.auth.AccountTokens;
import dev.flotilla.server.auth.Escalation;
import dev.flotilla.server.call.Answer;
import dev.flotilla.server.call.Call;
import dev.flotilla.server.call.Expected;
import dev.flotilla.server.call.Form;
import dev.flotilla.server.call.ListOptions;
import dev.flotilla.server.call.Refusal;
import dev.flotilla.server.call.Resources;
import dev.flotilla.server.call.Route;
import dev.flotilla.server.call.Shapes;
import dev.flotilla.server.call.WriteQuery;
import dev.flotilla.server.proxy.Proxies;
import dev.flotilla.server.stream.PodConnections;
import dev.flotilla.server.watch.Watches;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The kinds that the registry keeps: HTTP's methods to its verbs.
public final class Stored implements Resources {
    static final Expected BINDING = new Expected("", "v1", "Binding");

    /// The group of our own kinds, which as in Kubernetes have no protobuf.
    private static final String OWN = "flotilla.dev";

    private final Registry registry;
    private final Watches watches;
    private final PodLogs logs;
    private final PodConnections connections;
    private final Proxies proxies;
    private final Shapes shapes;
    private final Patches patches;
    private final TokenRequests tokens;
    private final Escalation escalation;

    public Stored(
            Registry registry,
            Watches watches,
            PodLogs logs,
            PodConnections connections,
            Proxies proxies,
            AccountTokens accounts,
            Escalation escalation) {
        this.registry = registry;
        this.logs = logs;
        this.connections = connections;
        this.proxies = proxies;
        this.watches = watches;
        shapes = new Shapes(registry);
        this.escalation = escalation;
        patches = new Patches(registry, escalation);
        tokens = new TokenRequests(registry, accounts);
    }

    @Override
    public List<ResourceType> types() {
        return registry.types();
    }

    @Override
    public Optional<ResourceType> kept(ResourceType type) {
        return registry.kept(type);
    }

    @Override
    public List<Part> parts(ResourceType type) {
        var parts = new ArrayList<Part>();
        var verbs = List.of("get", "patch", "update");
        if (type.group().isEmpty() && type.kind().equals("Namespace")) {
            parts.add(own(type, "finalize", List.of("update")));
        }
        if (isPod(type)) {
            parts.add(PodConnections.ATTACH);
            parts.add(new Part("binding", "", "v1", "Binding", List.of("create")));
            parts.add(own(type, "ephemeralcontainers", verbs));
            parts.add(Evictions.PART);
            parts.add(PodConnections.EXEC);
            parts.add(own(type, "log", List.of("get")));
            parts.add(PodConnections.PORT_FORWARD);
        }
        Proxies.part(type).ifPresent(parts::add);
        if (isPod(type)) {
            parts.add(own(type, "resize", verbs));
        }
        if (isAccount(type)) {
            parts.add(TokenRequests.PART);
        }
        if (type.hasScale()) {
            parts.add(new Part("scale", "autoscaling", "v1", "Scale", verbs));
        }
        if (type.hasStatus()) {
            parts.add(own(type, "status", verbs));
        }
        return parts;
    }

    private static Part own(ResourceType type, String name, List<String> verbs) {
        return new Part(name, type.group(), type.version(), type.kind(), verbs);
    }

    @Override
    public void serve(Call call, Route.Resource at, ResourceType type) throws IOException {
        if (at.subresource().equals("binding") && isPod(type)) {
            bind(call, at);
            return;
        }
        if (at.subresource().equals("log") && isPod(type)) {
            logs.serve(call, at, type);
            return;
        }
        if (PodConnections.serves(at.subresource()) && isPod(type)) {
            connections.serve(call, at, type);
            return;
        }
        if (at.subresource().equals(Proxies.NAME) && Proxies.part(type).isPresent()) {
            proxies.serve(call, at, type);
            return;
        }
        if (at.subresource().equals(Evictions.PART.name()) && isPod(type)) {
            new Evictions(registry).serve(call, new ObjectKey(at.namespace(), at.name()));
            return;
        }
        if (at.subresource().equals(TokenRequests.PART.name()) && isAccount(type)) {
            tokens.serve(call, new ObjectKey(at.namespace(), at.name()), type);
            return;
        }
        if (type.group().equals(OWN)) {
            call.refuseProtobuf();
        }
        var part = part(type, at.subresource());
        var form = call.form();
        if (at.watched()) {
            onlyGet(call);
            allow(type, "watch");
            var options = ListOptions.of(call.query(), at.name(), true);
            watches.serve(call, type, at.namespace(), options, form);
        } else if (at.name().isEmpty()) {
            serveCollection(call, at, type, form);
        } else {
            serveObject(call, new ObjectKey(at.namespace(), at.name()), type, part, form);
        }
    }

    private void serveCollection(Call call, Route.Resource at, ResourceType type, Form form)
            throws IOException {
        switch (call.method()) {
            case "GET" -> {
                var options = ListOptions.of(call.query(), "");
                if (options.watch()) {
                    allow(type, "watch");
                    watches.serve(call, type, at.namespace(), options, form);
                } else {
                    allow(type, "list");
                    var list = registry.list(type, at.namespace(), options.query());
                    shapes.send(call, type, list, form);
                }
            }
            case "POST" -> {
                allow(type, "create");
                if (type.namespaced() && at.namespace().isEmpty()) {
                    throw Refusal.methodNotAllowed();
                }
                var sent = call.sent(Expected.kindOf(type));
                var options =
                        WriteQuery.of(call, "CreateOptions")
                                .with(sent.duplicates())
                                .approvedBy(escalation.judge(call.who(), type));
                var body = Expected.kindOf(type).in(sent.body());
                var made = registry.created(type, at.namespace(), body, options);
                shapes.send(call, 201, type, made, form);
            }
            case "DELETE" -> {
                allow(type, "deletecollection");
                if (type.namespaced() && at.namespace().isEmpty()) {
                    throw Refusal.methodNotAllowed();
                }
                var options = ListOptions.of(call.query(), "");
                var gone =
                        registry.deleteCollection(
                                type,
                                at.namespace(),
                                options.query(),
                                WriteQuery.deletion(call).options());
                shapes.send(call, type, gone, form);
            }
            default -> throw Refusal.methodNotAllowed();
        }
    }

    private void serveObject(
            Call call, ObjectKey key, ResourceType type, Subresource part, Form form)
            throws IOException {
        var shown = part == Subresource.SCALE ? new Form(Form.Shape.OBJECT, form.syntax()) : form;
        if (call.method().equals("GET")) {
            allow(type, "get");
            registry.checkRevision(call.query().text("resourceVersion"));
            shapes.send(call, 200, type, registry.shown(type, key, part), shown);
            return;
        }
        var code = 200;
        var result =
                switch (call.method()) {
                    case "PUT" -> {
                        allow(type, "update");
                        var expected = Expected.of(type, part);
                        var sent = call.sent(expected);
                        var options =
                                WriteQuery.of(call, "UpdateOptions")
                                        .with(sent.duplicates())
                                        .approvedBy(escalation.judge(call.who(), type));
                        var body = expected.in(sent.body());
                        var put = registry.put(type, key, part, body, options);
                        code = put.created() ? 201 : 200;
                        yield put.object();
                    }
                    case "PATCH" -> {
                        allow(type, "patch");
                        var patched = patches.serve(call, key, type, part);
                        code = patched.code();
                        yield patched.object();
                    }
                    case "DELETE" -> {
                        allow(type, "delete");
                        if (part != Subresource.NONE) {
                            throw Refusal.methodNotAllowed();
                        }
                        var asked = WriteQuery.deletion(call);
                        registry.deletionWarning(type, asked.options()).ifPresent(call::warn);
                        var deleted = registry.delete(type, key, asked.options());
                        code = asked.code(deleted);
                        yield deleted;
                    }
                    default -> throw Refusal.methodNotAllowed();
                };
        answer(call, code, shapes.object(type, result, shown, call.query()), shown);
    }

    private void bind(Call call, Route.Resource at) throws IOException {
        if (!call.method().equals("POST")) {
            throw Refusal.methodNotAllowed();
        }
        var binding = call.object(BINDING);
        if (!binding.path("metadata").path("name").asString("").equals(at.name())) {
            throw Refusal.badRequest("name in URL does not match name in Binding object");
        }
        bind(call, new ObjectKey(at.namespace(), at.name()), binding);
    }

    /// Binds a pod, by its own path or by the older one that names it in the body.
    void bind(Call call, ObjectKey pod, ObjectNode binding) throws IOException {
        registry.bind(pod, binding);
        var status = JsonMapper.shared().createObjectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        call.answer(201, status.put("status", "Success").put("code", 201));
    }

    private static Subresource part(ResourceType type, String name) {
        return switch (name) {
            case "" -> Subresource.NONE;
            case String s when s.equals("status") && type.hasStatus() -> Subresource.STATUS;
            case String s when s.equals("scale") && type.hasScale() -> Subresource.SCALE;
            case String s when s.equals("ephemeralcontainers") && isPod(type) ->
                    Subresource.EPHEMERAL_CONTAINERS;
            case String s when s.equals("resize") && isPod(type) -> Subresource.RESIZE;
            case String s when s.equals("finalize") && type.kind().equals("Namespace") ->
                    Subresource.FINALIZE;
            default -> throw Refusal.noSuchPath();
        };
    }

    private static void onlyGet(Call call) {
        if (!call.method().equals("GET")) {
            throw Refusal.methodNotAllowed();
        }
    }

    private static void allow(ResourceType type, String verb) {
        if (!type.verbs().contains(verb)) {
            throw type.verbs().contains("list") && !type.verbs().contains("create")
                    ? Refusal.onlyRead(type.plural())
                    : Refusal.methodNotAllowed();
        }
    }

    private static boolean isAccount(ResourceType type) {
        return type.group().isEmpty() && type.kind().equals("ServiceAccount");
    }

    private static boolean isPod(ResourceType type) {
        return type.group().isEmpty() && type.kind().equals("Pod");
    }

    private static void answer(Call call, int code, ObjectNode body, Form form) throws IOException {
        Answer.send(call, code, body, form.syntax());
    }
}
