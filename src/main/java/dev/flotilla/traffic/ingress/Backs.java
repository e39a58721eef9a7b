package dev.flotilla.traffic.ingress;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.traffic.plan.Back;
import dev.flotilla.traffic.plan.BackId;
import dev.flotilla.traffic.plan.BackId.Via;
import dev.flotilla.traffic.plan.Picture;
import dev.flotilla.traffic.plan.Words;
import dev.flotilla.traffic.service.Reach;
import dev.flotilla.traffic.service.ServiceFronts;
import dev.flotilla.traffic.service.Wishes;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceBackendPort;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where Ingresses lead: straight to the endpoints of Services, headless ones too.
final class Backs {
    private final Map<ObjectKey, Service> services = new HashMap<>();
    private final Reach reach;
    private final Map<String, Back> all = new TreeMap<>();

    Backs(Picture picture, Reach reach) {
        picture.services().forEach(s -> services.put(ObjectKey.of(s), s));
        this.reach = reach;
    }

    List<Back> all() {
        return List.copyOf(all.values());
    }

    /// Empty when there is no such Service or port, or it is none that has endpoints.
    Optional<Back> of(String namespace, IngressBackend backend) {
        var wanted = backend.getService();
        if (wanted == null || wanted.getPort() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(services.get(new ObjectKey(namespace, wanted.getName())))
                .filter(s -> !"ExternalName".equals(s.getSpec().getType()))
                .flatMap(s -> port(s, wanted.getPort()).flatMap(p -> back(s, p)));
    }

    private static Optional<ServicePort> port(Service service, ServiceBackendPort wanted) {
        return service.getSpec().getPorts().stream()
                .filter(p -> p.getProtocol() == null || p.getProtocol().equals("TCP"))
                .filter(
                        p ->
                                wanted.getNumber() == null
                                        ? p.getName() != null
                                                && p.getName().equals(wanted.getName())
                                        : wanted.getNumber().equals(p.getPort()))
                .findFirst();
    }

    private Optional<Back> back(Service service, ServicePort port) {
        var key = ObjectKey.of(service);
        var name = ServiceFronts.portName(port);
        if (!Words.label(key.namespace()) || !Words.label(key.name()) || !Words.label(name)) {
            return Optional.empty();
        }
        var id = new BackId(Via.INGRESS, key.namespace(), key.name(), name);
        return Optional.of(all.computeIfAbsent(id.toString(), _ -> back(id, service, port)));
    }

    private Back back(BackId id, Service service, ServicePort port) {
        var wishes = new Wishes(service);
        return new Back(
                id,
                true,
                wishes.balance(),
                wishes.stickySeconds(),
                wishes.wire(port),
                wishes.greeting(),
                reach.servers(ObjectKey.of(service), port, false));
    }
}
