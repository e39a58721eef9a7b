package dev.flotilla.model;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Where a node is reached, each list in the order in which the node tells it.
///
/// @param internal by the other nodes
/// @param external by all the world
public record NodeAddresses(List<String> internal, List<String> external) {
    /// IPv4 addresses by their numbers, all others after them by their letters.
    public static final Comparator<String> ORDER =
            Comparator.comparingLong(NodeAddresses::number)
                    .thenComparing(Comparator.naturalOrder());

    private static final Pattern FOUR = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    public static NodeAddresses of(Node node) {
        return new NodeAddresses(of(node, "InternalIP"), of(node, "ExternalIP"));
    }

    /// What to tell who comes from outside.
    public List<String> outward() {
        return external.isEmpty() ? internal : external;
    }

    private static List<String> of(Node node, String type) {
        return node.getStatus() == null
                ? List.of()
                : node.getStatus().getAddresses().stream()
                        .filter(a -> type.equals(a.getType()))
                        .map(NodeAddress::getAddress)
                        .toList();
    }

    private static long number(String address) {
        if (!FOUR.matcher(address).matches()) {
            return Long.MAX_VALUE;
        }
        long number = 0;
        for (var part : address.split("\\.", -1)) {
            number = number * 1000 + Integer.parseInt(part);
        }
        return number;
    }
}
