package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.table.Tables;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.stream.Stream;

/// ReplicationControllers and PodTemplates.
class TemplateKindsTest {
    private static final String TEMPLATE =
            "{'metadata':{'labels':{'app':'web'}},'spec':{'containers':[{'name':'c','image':'x'}]}}";

    private final Fixture world = new Fixture();
    private final ResourceType controllers = world.type("", "v1", "replicationcontrollers");
    private final ResourceType templates = world.type("", "v1", "podtemplates");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode controller() {
        return Fixture.json("{'metadata':{'name':'rc'},'spec':{'template':" + TEMPLATE + "}}");
    }

    static Stream<List<String>> refused() {
        return Refusals.of(
                """
                {'spec':{'replicas':-1}}|spec.replicas: Invalid value: -1: must be greater than or equal to 0
                {'spec':{'template':null}}|[spec.selector: Required value, spec.template: Required value]
                {'spec':{'selector':{'app':'other'}}}|spec.template.metadata.labels: Invalid value: {"app":"web"}: `selector` does not match template `labels`
                {'spec':{'template':{'spec':{'restartPolicy':'Never'}}}}|spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"
                {'spec':{'template':{'spec':{'activeDeadlineSeconds':5}}}}|spec.template.spec.activeDeadlineSeconds: Forbidden: activeDeadlineSeconds in ReplicationController is not Supported
                """);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aControllerIsRefused(List<String> line) {
        Refusals.check(world, controllers, controller(), line);
    }

    @Test
    void aControllerTakesTheLabelsOfItsTemplateAndScales() {
        var made = world.create(controllers, controller());
        assertThat(made.path("spec").path("selector").toString()).isEqualTo("{\"app\":\"web\"}");
        assertThat(made.path("metadata").path("labels").toString()).isEqualTo("{\"app\":\"web\"}");
        assertThat(Tree.number(made, 0, "spec", "replicas")).isEqualTo(1);
        var key = new ObjectKey("default", "rc");
        world.registry.patch(
                controllers,
                key,
                Subresource.SCALE,
                PatchType.MERGE,
                Fixture.json("{'spec':{'replicas':3}}"),
                WriteOptions.STRICT);
        var scale = world.registry.get(controllers, key, Subresource.SCALE);
        assertThat(Tree.number(scale, 0, "spec", "replicas")).isEqualTo(3);
        assertThat(Tree.text(scale, "status", "selector")).isEqualTo("app=web");
        assertThat(row(controllers, world.get(controllers, "rc")))
                .isEqualTo("[\"rc\",3,0,0,\"0s\",\"c\",\"x\",\"app=web\"]");
    }

    @Test
    void aTemplateIsKept() {
        var made =
                world.create(
                        templates,
                        Fixture.json("{'metadata':{'name':'t'},'template':" + TEMPLATE + "}"));
        assertThat(Tree.number(made, 0, "metadata", "generation")).isEqualTo(1);
        assertThat(Tree.text(made, "template", "spec", "restartPolicy")).isEqualTo("Always");
        assertThat(row(templates, made)).isEqualTo("[\"t\",\"c\",\"x\",\"app=web\"]");
    }

    private String row(ResourceType type, ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
