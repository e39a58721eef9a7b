package dev.flotilla.registry.admission;

import dev.flotilla.registry.ApiFailure;
import dev.flotilla.registry.Problem;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Block;
import dev.flotilla.registry.kind.ServiceShape;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Service;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.node.ObjectNode;

import java.net.Inet4Address;
import java.util.List;

/// Gives each service that needs one an address in the cluster: the one it asks for, or a free one.
/// What someone holds is known by its claim, `clusterips/ADDRESS`, which the registry writes
/// together with the service, so no two ever hold the same.
///
/// As in Kubernetes, addresses are first given out above a lower band, which is left to those who
/// ask for one of their own; the band is a sixteenth, 16 to 256 addresses.
final class ServiceAddresses implements Step {
    private static final int SHARE = 16;
    private static final int LEAST = 16;
    private static final int MOST = 256;

    private final Block block;
    private final String family;

    ServiceAddresses(Block block) {
        this.block = block;
        family = block.network().length == 4 ? "IPv4" : "IPv6";
    }

    @Override
    public void fill(Attempt attempt, Surroundings around) {
        if (!attempt.of(Service.class)) {
            return;
        }
        var spec = attempt.spec();
        var was = attempt.before() == null ? null : Tree.child(attempt.before(), "spec");
        align(spec, was);
        if (!ServiceShape.needsAddress(spec)) {
            return;
        }
        keep(spec, was);
        families(attempt, spec);
        if (Tree.text(spec, "clusterIP").isEmpty() && Tree.at(spec, "clusterIPs").isEmpty()) {
            var address = free(around);
            spec.put("clusterIP", address).putArray("clusterIPs").add(address);
        } else {
            asked(attempt, spec, was, around);
        }
    }

    /// `clusterIP` is the first of `clusterIPs`, whichever of the two a writer knows.
    private static void align(ObjectNode spec, @Nullable ObjectNode was) {
        var one = Tree.text(spec, "clusterIP");
        boolean untouched =
                was != null && Tree.same(Tree.at(was, "clusterIPs"), Tree.at(spec, "clusterIPs"));
        if (was != null && untouched && !one.equals(Tree.text(was, "clusterIP"))) {
            spec.remove("clusterIPs");
        }
        if (!one.isEmpty() && Tree.at(spec, "clusterIPs").isEmpty()) {
            spec.putArray("clusterIPs").add(one);
        }
    }

    /// What was given out stays, even if a writer leaves it out.
    private static void keep(ObjectNode spec, @Nullable ObjectNode was) {
        if (was == null || !ServiceShape.needsAddress(was)) {
            return;
        }
        if (Tree.text(spec, "clusterIP").isEmpty() && Tree.at(spec, "clusterIPs").isEmpty()) {
            Tree.carry(was, spec, "clusterIP");
            Tree.carry(was, spec, "clusterIPs");
        }
        for (var name : List.of("ipFamilies", "ipFamilyPolicy")) {
            if (!spec.has(name)) {
                Tree.carry(was, spec, name);
            }
        }
    }

    private void families(Attempt attempt, ObjectNode spec) {
        boolean loose = ServiceShape.headless(spec) && Tree.at(spec, "selector").isEmpty();
        var policy = Tree.text(spec, "ipFamilyPolicy");
        var families = Tree.texts(spec, "ipFamilies");
        if (loose) {
            Tree.setDefault(
                    spec,
                    "ipFamilyPolicy",
                    families.size() == 1 ? "SingleStack" : "RequireDualStack");
            if (families.isEmpty()) {
                var list = spec.putArray("ipFamilies").add(family);
                if (!Tree.text(spec, "ipFamilyPolicy").equals("SingleStack")) {
                    list.add(family.equals("IPv4") ? "IPv6" : "IPv4");
                }
            }
            return;
        }
        if (policy.equals("RequireDualStack")) {
            throw invalid(
                    attempt,
                    "spec.ipFamilyPolicy",
                    '"' + policy + '"',
                    "this cluster is not configured for dual-stack services");
        }
        for (int i = 0; i < families.size(); i++) {
            if (!families.get(i).equals(family) && known(families.get(i))) {
                throw invalid(
                        attempt,
                        "spec.ipFamilies[" + i + "]",
                        '"' + families.get(i) + '"',
                        "not configured on this cluster");
            }
        }
        Tree.setDefault(spec, "ipFamilyPolicy", "SingleStack");
        if (families.isEmpty()) {
            spec.putArray("ipFamilies").add(family);
        }
    }

    private static boolean known(String family) {
        return family.equals("IPv4") || family.equals("IPv6");
    }

    private void asked(
            Attempt attempt, ObjectNode spec, @Nullable ObjectNode was, Surroundings around) {
        var held = was == null ? List.<String>of() : Tree.texts(was, "clusterIPs");
        for (var ip : Tree.texts(spec, "clusterIPs")) {
            var parsed = Addresses.parse(ip);
            if (parsed.isEmpty() || held.contains(ip)) {
                continue; // `None`, and what is no address, is judged by the kind's own rules
            }
            boolean v4 = parsed.get() instanceof Inet4Address;
            if (v4 != family.equals("IPv4")) {
                throw invalid(
                        attempt,
                        "spec.clusterIPs[0]",
                        Tree.at(spec, "clusterIPs"),
                        (v4 ? "IPv4" : "IPv6") + " is not configured on this cluster");
            }
            long offset = block.contains(parsed.get()) ? block.offset(parsed.get()) : -1;
            if (offset < 1 || offset > last()) {
                throw refused(
                        attempt,
                        ip,
                        "the provided IP (%s) is not in the valid range. The range of valid IPs is %s"
                                .formatted(ip, block));
            }
            if (around.claimed(ServiceShape.addressClaim(ip))) {
                throw refused(attempt, ip, "provided IP is already allocated");
            }
        }
    }

    private String free(Surroundings around) {
        long last = last();
        long band = band();
        long size = last - band;
        long start = size <= 0 ? 0 : around.draw(size);
        for (long i = 0; i < size; i++) {
            var ip = block.address(band + 1 + (start + i) % size);
            if (!around.claimed(ServiceShape.addressClaim(ip))) {
                return ip;
            }
        }
        for (long offset = 1; offset <= Math.min(band, last); offset++) {
            var ip = block.address(offset);
            if (!around.claimed(ServiceShape.addressClaim(ip))) {
                return ip;
            }
        }
        throw ApiFailure.internal("failed to allocate a serviceIP: range is full");
    }

    /// The last offset that can be given out: of IPv4, the very last address is for broadcasts.
    private long last() {
        return block.size() - (block.network().length == 4 ? 2 : 1);
    }

    private long band() {
        return last() < LEAST ? 0 : Math.clamp(last() / SHARE, LEAST, MOST);
    }

    private static ApiFailure refused(Attempt attempt, String ip, String why) {
        return invalid(
                attempt,
                "spec.clusterIPs",
                Tree.at(attempt.spec(), "clusterIPs"),
                "failed to allocate IP " + ip + ": " + why);
    }

    private static ApiFailure invalid(Attempt attempt, String field, Object value, String why) {
        return ApiFailure.invalid(
                attempt.type(), attempt.name(), List.of(Problem.invalid(field, value, why)));
    }
}
