package dev.flotilla.node.net;

import dev.flotilla.node.ContainerState;
import dev.flotilla.node.PodLabels;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The addresses of one node's pods. A pod keeps its own for life; one that was given back rests
/// for as long as others are free, because strangers may still remember it.
public final class Addresses {
    /// The network itself, and its gateway.
    private static final int FIRST = 2;

    private final Cidr cidr;
    private final Map<String, String> byPod = new HashMap<>();
    private final Set<String> foreign = new HashSet<>();
    private int last = FIRST - 1;

    /// @param cidr the node's own
    public Addresses(Cidr cidr) {
        this.cidr = cidr;
    }

    /// What a pod was seen to have; it has it even if another was thought to.
    public synchronized void seen(String podUid, String address) {
        if (cidr.contains(address)) {
            byPod.put(podUid, address);
            last = Math.max(last, cidr.indexOf(address));
        }
    }

    /// What a whole look at the engine showed.
    ///
    /// @param cluster ours; what containers of others have is not given out, for as long as they do
    public synchronized void seen(List<ContainerState> containers, String cluster) {
        foreign.clear();
        for (var state : containers) {
            var label = PodLabels.of(state, PodLabels.ADDRESS);
            var address = label.isEmpty() ? state.address() : label;
            if (PodLabels.of(state, PodLabels.CLUSTER).equals(cluster)) {
                seen(PodLabels.uid(state), address);
            } else {
                foreign.add(address);
            }
        }
    }

    /// The address that a pod has.
    public synchronized Optional<String> of(String podUid) {
        return Optional.ofNullable(byPod.get(podUid));
    }

    /// The pod's address, from now on its own.
    ///
    /// @return empty if the network is full
    public synchronized Optional<String> take(String podUid) {
        var own = byPod.get(podUid);
        if (own != null) {
            return Optional.of(own);
        }
        int usable = cidr.size() - FIRST - 1;
        var taken = new HashSet<>(foreign);
        taken.addAll(byPod.values());
        for (int i = 1; i <= usable; i++) {
            int n = FIRST + Math.floorMod(last - FIRST + i, usable);
            var address = cidr.address(n);
            if (!taken.contains(address)) {
                last = n;
                byPod.put(podUid, address);
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    /// The pod is gone: another may have its address.
    public synchronized void release(String podUid) {
        byPod.remove(podUid);
    }
}
