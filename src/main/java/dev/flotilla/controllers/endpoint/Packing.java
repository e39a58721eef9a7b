package dev.flotilla.controllers.endpoint;

import dev.flotilla.controllers.endpoint.PodEndpoint.Identity;

import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// How endpoints with the same ports lie in slices, with few slices written.
///
/// What lies somewhere stays there. Slices that are written anyway are filled up, the fullest
/// first. What is left then goes into one more slice if it has the room, else into new ones.
final class Packing {
    private final int most;
    private final List<Box> boxes = new ArrayList<>();
    private final Deque<Endpoint> left;

    /// A slice as it will be.
    ///
    /// @param slice as it is; null for a new one
    record Box(@Nullable EndpointSlice slice, List<Endpoint> endpoints, boolean written) {
        private Box with(Deque<Endpoint> more, int most) {
            var all = new ArrayList<>(endpoints);
            while (all.size() < most && !more.isEmpty()) {
                all.add(more.removeFirst());
            }
            return new Box(slice, all, written || all.size() > endpoints.size());
        }
    }

    private Packing(int most, Deque<Endpoint> left) {
        this.most = most;
        this.left = left;
    }

    /// @param known slices with these ports
    /// @param stale whether a slice has to be written whatever it holds
    /// @param most endpoints in a slice
    static List<Box> of(
            List<EndpointSlice> known,
            Map<Identity, Endpoint> wanted,
            Predicate<EndpointSlice> stale,
            int most) {
        var homeless = new LinkedHashMap<>(wanted);
        var kept = known.stream().map(s -> kept(s, homeless, stale.test(s))).toList();
        var packing = new Packing(most, new ArrayDeque<>(homeless.values()));
        packing.boxes.addAll(kept);
        packing.fillWritten();
        packing.placeRest();
        return packing.boxes;
    }

    private static Box kept(EndpointSlice slice, Map<Identity, Endpoint> homeless, boolean stale) {
        var endpoints = new ArrayList<Endpoint>();
        boolean written = stale;
        for (var endpoint : slice.getEndpoints()) {
            var now = homeless.remove(Identity.of(endpoint));
            if (now == null) {
                written = true;
            } else {
                endpoints.add(now);
                written |= !PodEndpoint.same(now, endpoint);
            }
        }
        return new Box(slice, endpoints, written);
    }

    private void fillWritten() {
        boxes.stream()
                .filter(b -> b.written && !b.endpoints.isEmpty())
                .sorted(Comparator.comparingInt((Box b) -> b.endpoints.size()).reversed())
                .toList()
                .forEach(b -> boxes.set(boxes.indexOf(b), b.with(left, most)));
    }

    private void placeRest() {
        while (!left.isEmpty()) {
            var room = roomForAll();
            if (room.isPresent()) {
                boxes.set(boxes.indexOf(room.get()), room.get().with(left, most));
            } else {
                boxes.add(new Box(null, List.of(), true).with(left, most));
            }
        }
    }

    private Optional<Box> roomForAll() {
        return boxes.stream()
                .filter(b -> !b.written)
                .filter(b -> left.size() < most && b.endpoints.size() + left.size() <= most)
                .max(Comparator.comparingInt(b -> b.endpoints.size()));
    }
}
