package dev.flotilla.registry.kinds.pod;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.TemplateCells;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.PodTemplate;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;

final class PodTemplates implements Kind {
    private static final ResourceType TYPE =
            Types.of("v1", "podtemplates", PodTemplate.class).build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    @Override
    public void defaults(ObjectNode object) {
        PodDefaults.fill(Tree.child(Tree.child(object, "template"), "spec"));
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        Templates.checkTemplate(Tree.at(object, "template"), "template", problems);
    }

    @Override
    public boolean answersDeleted() {
        return true;
    }

    @Override
    public List<Column> columns() {
        return TemplateCells.POD_TEMPLATE;
    }
}
