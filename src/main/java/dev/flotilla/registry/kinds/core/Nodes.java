package dev.flotilla.registry.kinds.core;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Addresses;
import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Node;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

final class Nodes implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "nodes", Node.class).shortNames("no").clusterScoped().status().build();
    private static final List<String> EFFECTS =
            List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
    private static final String ROLE = "node-role.kubernetes.io/";

    @Override
    public ResourceType type() {
        return TYPE;
    }

    /// A kubelet registers its node with what it already knows of it.
    @Override
    public boolean statusAtBirth() {
        return true;
    }

    /// `podCIDR` is the first of `podCIDRs`, whichever of the two a writer knows.
    @Override
    public void defaults(ObjectNode object) {
        var spec = Tree.child(object, "spec");
        var one = Tree.text(spec, "podCIDR");
        var all = Tree.texts(spec, "podCIDRs");
        if (all.isEmpty() && !one.isEmpty()) {
            spec.putArray("podCIDRs").add(one);
        } else if (!all.isEmpty() && one.isEmpty()) {
            spec.put("podCIDR", all.getFirst());
        }
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        taints(object, problems);
        amounts(object, problems);
        var blocks = Tree.texts(object, "spec", "podCIDRs");
        for (int i = 0; i < blocks.size(); i++) {
            Addresses.checkBlock(blocks.get(i), "spec.podCIDRs[" + i + "]", problems);
        }
        boolean both =
                blocks.size() == 2 && blocks.stream().filter(b -> b.contains(":")).count() == 1;
        if (blocks.size() > 1 && !both) {
            problems.invalid(
                    "spec.podCIDRs",
                    Tree.at(object, "spec", "podCIDRs"),
                    "may specify no more than one CIDR for each IP family");
        }
    }

    private static void taints(ObjectNode object, Problems problems) {
        var seen = new HashSet<String>();
        int i = 0;
        for (var taint : Tree.objects(object, "spec", "taints")) {
            var at = "metadata.taints[" + i++ + "]";
            var key = Tree.text(taint, "key");
            var value = Tree.text(taint, "value");
            Checks.qualified(key, at + ".key", problems);
            Names.labelValue(value).forEach(why -> problems.invalid(at + ".value", value, why));
            Checks.oneOfInOrder(taint, "effect", EFFECTS, at, problems);
            if (!seen.add(key + ":" + Tree.text(taint, "effect"))) {
                problems.duplicateValue(
                        at, taint + ": taints must be unique by key and effect pair");
            }
        }
    }

    private static void amounts(ObjectNode object, Problems problems) {
        for (var part : List.of("capacity", "allocatable")) {
            for (var amount : Tree.fields(object, "status", part)) {
                Checks.quantity(
                        amount.getKey(),
                        amount.getValue(),
                        "status." + part + "." + amount.getKey(),
                        problems);
            }
        }
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        amounts(after, problems);
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        var was = Tree.texts(before, "spec", "podCIDRs");
        if (!was.isEmpty() && !was.equals(Tree.texts(after, "spec", "podCIDRs"))) {
            problems.forbidden(
                    "spec.podCIDRs",
                    "node updates may not change podCIDR except from \"\" to valid");
        }
        var id = Tree.text(before, "spec", "providerID");
        if (!id.isEmpty() && !id.equals(Tree.text(after, "spec", "providerID"))) {
            problems.forbidden(
                    "spec.providerID",
                    "node updates may not change providerID except from \"\" to valid");
        }
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of(
                "spec.unschedulable",
                o -> Boolean.toString(Tree.isTrue(o, "spec", "unschedulable")));
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.NAME,
                Column.text("Status", "Whether it takes part.", (o, _) -> status(o)),
                Column.text("Roles", "What it is for.", (o, _) -> roles(o)),
                Column.AGE,
                Column.text(
                        "Version",
                        "Of its kubelet.",
                        (o, _) -> Tree.text(o, "status", "nodeInfo", "kubeletVersion")),
                Column.wide(
                        "Internal-IP", "Within the cluster.", (o, _) -> address(o, "InternalIP")),
                Column.wide("External-IP", "From outside.", (o, _) -> address(o, "ExternalIP")),
                Column.wide("OS-Image", "Its operating system.", (o, _) -> info(o, "osImage")),
                Column.wide("Kernel-Version", "Its kernel.", (o, _) -> info(o, "kernelVersion")),
                Column.wide(
                        "Container-Runtime",
                        "What runs its containers.",
                        (o, _) -> info(o, "containerRuntimeVersion")));
    }

    private static String status(ObjectNode node) {
        var words = new ArrayList<String>();
        for (var condition : Tree.objects(node, "status", "conditions")) {
            if (Tree.text(condition, "type").equals("Ready")) {
                words.add(Tree.text(condition, "status").equals("True") ? "Ready" : "NotReady");
            }
        }
        if (words.isEmpty()) {
            words.add("Unknown");
        }
        if (Tree.isTrue(node, "spec", "unschedulable")) {
            words.add("SchedulingDisabled");
        }
        return String.join(",", words);
    }

    private static String roles(ObjectNode node) {
        var roles = new TreeSet<String>();
        for (var label : Tree.fields(node, "metadata", "labels")) {
            if (label.getKey().startsWith(ROLE) && label.getKey().length() > ROLE.length()) {
                roles.add(label.getKey().substring(ROLE.length()));
            } else if (label.getKey().equals("kubernetes.io/role")) {
                roles.add(label.getValue().asString(""));
            }
        }
        return roles.isEmpty() ? "<none>" : String.join(",", roles);
    }

    private static String address(ObjectNode node, String type) {
        return Tree.objects(node, "status", "addresses").stream()
                .filter(a -> Tree.text(a, "type").equals(type))
                .map(a -> Tree.text(a, "address"))
                .findFirst()
                .orElse("<none>");
    }

    private static String info(ObjectNode node, String field) {
        var text = Tree.text(node, "status", "nodeInfo", field);
        return text.isEmpty() ? "<unknown>" : text;
    }
}
