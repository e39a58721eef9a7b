package dev.flotilla.ui.state;

import dev.flotilla.model.Machine;
import dev.flotilla.model.ObjectKey;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/// What the API holds, as read last.
record Raw(
        Instant at,
        Collection<Namespace> namespaces,
        Collection<Node> nodes,
        Collection<Pod> pods,
        Collection<ReplicaSet> replicaSets,
        Collection<Deployment> deployments,
        Collection<Machine> machines,
        Collection<Event> events,
        Map<String, Use> nodeUses,
        Map<ObjectKey, Use> podUses) {}
