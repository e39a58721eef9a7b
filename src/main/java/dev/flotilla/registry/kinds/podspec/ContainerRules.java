package dev.flotilla.registry.kinds.podspec;

import dev.flotilla.registry.kind.Checks;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// What a container of any kind must not say.
final class ContainerRules {
    private static final List<String> PULL = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> MESSAGES = List.of("File", "FallbackToLogsOnError");

    private ContainerRules() {}

    static void check(ObjectNode c, String at, Frame frame) {
        var problems = frame.problems();
        var name = Tree.text(c, "name");
        if (name.isEmpty()) {
            problems.required(at + ".name", "");
        } else {
            Checks.label(name, at + ".name", problems);
        }
        if (Tree.text(c, "image").isEmpty()) {
            problems.required(at + ".image", "");
        }
        Checks.oneOfInOrder(c, "terminationMessagePolicy", MESSAGES, at, problems);
        PortRules.check(c, at + ".ports", problems);
        EnvironmentRules.check(c, at, problems);
        MountRules.check(c, at, frame);
        Checks.oneOf(c, "imagePullPolicy", PULL, at, problems);
        ResourceRules.container(Tree.at(c, "resources"), at + ".resources", frame);
        ResourceRules.resizing(c, at + ".resizePolicy", frame);
        if (Tree.has(c, "securityContext")) {
            SecurityRules.container(Tree.at(c, "securityContext"), at + ".securityContext", frame);
        }
    }

    static void checkSpace(ObjectNode c, String at, Problems problems) {
        var image = Tree.text(c, "image");
        if (!image.strip().equals(image)) {
            problems.invalid(at + ".image", image, "must not have leading or trailing whitespace");
        }
    }
}
