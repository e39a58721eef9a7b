package dev.flotilla.ui.state;

import static java.util.Objects.requireNonNullElse;

import dev.flotilla.model.Machine;
import dev.flotilla.model.MachineStatus;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.model.Resources;
import dev.flotilla.ui.state.NodeState.Ready;
import dev.flotilla.ui.state.PodState.Look;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Turns what the API holds into a [FleetState]. Remembers the last one, so that pods and events
/// that did not change are not read again. Used by one thread.
final class StateBuilder {
    private static final Comparator<PodState> OLDEST_FIRST =
            Comparator.comparing(PodState::created).thenComparing(PodState::key);

    private Map<String, Read> lastPods = Map.of();
    private Map<String, EventState> lastEvents = Map.of();

    FleetState build(Raw raw) {
        var lost = new HashSet<String>();
        for (var node : raw.nodes()) {
            if (NodeReader.read(node, Resources.NONE, null).ready() != Ready.READY) {
                lost.add(node.getMetadata().getName());
            }
        }
        var pods = pods(raw, lost);
        return new FleetState(
                raw.at(),
                raw.namespaces().stream().map(n -> n.getMetadata().getName()).sorted().toList(),
                nodes(raw, pods),
                pods,
                AppReader.read(raw.deployments(), pods),
                raw.machines().stream()
                        .map(StateBuilder::machine)
                        .sorted(Comparator.comparing(MachineState::name))
                        .toList(),
                events(raw.events()));
    }

    private List<PodState> pods(Raw raw, Set<String> lost) {
        var owners = new HashMap<ObjectKey, ObjectKey>();
        for (var set : raw.replicaSets()) {
            for (var owner : set.getMetadata().getOwnerReferences()) {
                if (owner.getKind().equals("Deployment")) {
                    owners.put(
                            ObjectKey.of(set),
                            new ObjectKey(set.getMetadata().getNamespace(), owner.getName()));
                }
            }
        }
        var now = new HashMap<String, Read>();
        for (var pod : raw.pods()) {
            var uid = requireNonNullElse(pod.getMetadata().getUid(), "");
            var version = requireNonNullElse(pod.getMetadata().getResourceVersion(), "");
            var use = raw.podUses().get(ObjectKey.of(pod));
            boolean away =
                    pod.getSpec().getNodeName() != null
                            && lost.contains(pod.getSpec().getNodeName());
            boolean owned = owners.containsKey(ownerOf(pod));
            var last = lastPods.get(uid);
            now.put(
                    uid,
                    last != null && last.same(version, use, away, owned)
                            ? last
                            : new Read(version, use, away, owned, read(pod, owners, use, away)));
        }
        lastPods = now;
        return now.values().stream().map(Read::pod).sorted(OLDEST_FIRST).toList();
    }

    private static PodState read(
            Pod pod, Map<ObjectKey, ObjectKey> owners, @Nullable Use use, boolean away) {
        var p = PodReader.read(pod, owners, use);
        if (!away || p.look() == Look.SUCCEEDED || p.look() == Look.FAILED) {
            return p;
        }
        return new PodState(
                p.uid(),
                p.key(),
                p.app(),
                p.appKind(),
                p.shortId(),
                p.node(),
                Look.LOST,
                p.status(),
                p.message(),
                p.restarts(),
                p.requests(),
                p.limits(),
                p.image(),
                p.ip(),
                p.created(),
                p.movingTo(),
                p.replaces(),
                null);
    }

    private static ObjectKey ownerOf(Pod pod) {
        var owners = pod.getMetadata().getOwnerReferences();
        return new ObjectKey(
                requireNonNullElse(pod.getMetadata().getNamespace(), ""),
                owners == null || owners.isEmpty() ? "" : owners.getFirst().getName());
    }

    private static List<NodeState> nodes(Raw raw, List<PodState> pods) {
        var requested = new HashMap<String, Resources>();
        for (var pod : pods) {
            if (pod.node() != null && pod.look() != Look.SUCCEEDED && pod.look() != Look.FAILED) {
                requested.merge(pod.node(), pod.requests(), Resources::plus);
            }
        }
        return raw.nodes().stream()
                .map(
                        n -> {
                            var name = n.getMetadata().getName();
                            return NodeReader.read(
                                    n,
                                    requested.getOrDefault(name, Resources.NONE),
                                    raw.nodeUses().get(name));
                        })
                .sorted(Comparator.comparing(NodeState::name, StateBuilder::natural))
                .toList();
    }

    /// `node-2` before `node-10`.
    static int natural(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        while (i > 0 && Character.isDigit(a.charAt(i - 1))) {
            i--;
        }
        var left = a.substring(i);
        var right = b.substring(i);
        boolean numbers = left.matches("\\d+.*") && right.matches("\\d+.*");
        int digits = numbers ? Integer.compare(digits(left), digits(right)) : 0;
        return digits != 0 ? digits : left.compareTo(right);
    }

    private static int digits(String s) {
        int n = 0;
        while (n < s.length() && Character.isDigit(s.charAt(n))) {
            n++;
        }
        return n;
    }

    private static MachineState machine(Machine m) {
        var spec = m.getSpec();
        var ssh = spec.ssh();
        var kind = ssh != null ? "ssh" : spec.local() != null ? "local" : "simulated";
        MachineStatus status = m.getStatus();
        if (status == null) {
            status = new MachineStatus(null, null, null, null, null, null);
        }
        return new MachineState(
                m.getMetadata().getName(),
                kind,
                ssh == null ? "" : ssh.host(),
                requireNonNullElse(status.phase(), "Pending"),
                requireNonNullElse(status.step(), ""),
                requireNonNullElse(status.reason(), ""),
                requireNonNullElse(status.message(), ""),
                status.hostKey(),
                status.nodeName());
    }

    private List<EventState> events(Collection<Event> raw) {
        var now = new HashMap<String, EventState>();
        for (var e : raw) {
            var id = e.getMetadata().getUid() + "@" + e.getMetadata().getResourceVersion();
            var last = lastEvents.get(id);
            now.put(id, last == null ? event(e) : last);
        }
        lastEvents = now;
        return now.values().stream()
                .sorted(
                        Comparator.comparing(EventState::time)
                                .reversed()
                                .thenComparing(EventState::uid))
                .limit(FleetState.MOST_EVENTS)
                .toList();
    }

    private static EventState event(Event e) {
        var about = e.getInvolvedObject();
        var stamp =
                e.getLastTimestamp() != null
                        ? e.getLastTimestamp()
                        : e.getEventTime() != null
                                ? e.getEventTime().getTime()
                                : e.getMetadata().getCreationTimestamp();
        Instant time = PodReader.time(stamp);
        var source = e.getSource() == null ? null : e.getSource().getHost();
        return new EventState(
                requireNonNullElse(e.getMetadata().getUid(), ""),
                time,
                !"Normal".equals(e.getType()),
                requireNonNullElse(e.getReason(), ""),
                requireNonNullElse(e.getMessage(), ""),
                requireNonNullElse(about.getKind(), ""),
                new ObjectKey(
                        requireNonNullElse(about.getNamespace(), ""),
                        requireNonNullElse(about.getName(), "")),
                requireNonNullElse(source, ""),
                requireNonNullElse(e.getCount(), 1));
    }

    private record Read(
            String version, @Nullable Use use, boolean away, boolean owned, PodState pod) {
        boolean same(String version, @Nullable Use use, boolean away, boolean owned) {
            return this.version.equals(version)
                    && Objects.equals(this.use, use)
                    && this.away == away
                    && this.owned == owned;
        }
    }
}
