package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Tree;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

/// Tables of what is refused. Each line is a merge patch to a good body, `|`, and what is said of
/// it behind `… is invalid: `; in the patch `'` stands for `"`.
final class Refusals {
    private Refusals() {}

    static Stream<List<String>> of(String table) {
        return table.lines().filter(l -> !l.isBlank()).map(l -> List.of(l.split("\\|", 2)));
    }

    /// That a body is refused, with one cause for each problem told.
    static void check(Fixture world, ResourceType type, ObjectNode good, List<String> line) {
        var body = (ObjectNode) MergePatch.apply(good.deepCopy(), Fixture.json(line.get(0)));
        var failure = RegistryTest.failure(() -> world.create(type, body));
        assertThat(failure.code()).as("%s", failure.getMessage()).isEqualTo(422);
        assertThat(told(failure)).isEqualTo(line.get(1).strip());
        assertThat(Tree.objects(failure.status(), "details", "causes")).isNotEmpty();
    }

    /// That a change of what is there is refused.
    static void checkChange(Fixture world, ResourceType type, String name, List<String> line) {
        var failure =
                RegistryTest.failure(() -> world.patch(type, name, PatchType.MERGE, line.get(0)));
        assertThat(failure.code()).as("%s", failure.getMessage()).isEqualTo(422);
        assertThat(told(failure)).isEqualTo(line.get(1).strip());
    }

    private static String told(ApiFailure failure) {
        var message = String.valueOf(failure.getMessage());
        return message.substring(message.indexOf(" is invalid: ") + " is invalid: ".length());
    }
}
