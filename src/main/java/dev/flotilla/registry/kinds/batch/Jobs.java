package dev.flotilla.registry.kinds.batch;

import dev.flotilla.registry.ResourceType;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kind.Problems;
import dev.flotilla.registry.kind.SelectorRules;
import dev.flotilla.registry.kind.Types;
import dev.flotilla.registry.kinds.pod.Templates;
import dev.flotilla.registry.table.Column;
import dev.flotilla.registry.table.JobCells;
import dev.flotilla.registry.tree.Names;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.batch.v1.Job;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Pods that have to end well, so many of them.
final class Jobs implements Kind {
    private static final ResourceType TYPE =
            Types.of("batch/v1", "jobs", Job.class).inAll().status().build();

    @Override
    public ResourceType type() {
        return TYPE;
    }

    @Override
    public boolean generation() {
        return true;
    }

    /// What Kubernetes never changed for its oldest clients.
    @Override
    public boolean orphans() {
        return true;
    }

    @Override
    public Optional<String> deletionWarning() {
        return Optional.of(
                "child pods are preserved by default when jobs are deleted; set"
                        + " propagationPolicy=Background to remove them or set"
                        + " propagationPolicy=Orphan to suppress this warning");
    }

    @Override
    public void defaults(ObjectNode object) {
        JobDefaults.fill(Tree.child(object, "spec"));
    }

    @Override
    public void prepareCreate(ObjectNode object) {
        if (!Tree.isTrue(object, "spec", "manualSelector")) {
            JobSelectors.generate(object);
        }
        JobSelectors.inheritLabels(object);
        object.putObject("status");
    }

    @Override
    public void prepareUpdate(ObjectNode before, ObjectNode after) {
        JobSelectors.inheritLabels(after);
    }

    @Override
    public void validate(ObjectNode object, Problems problems) {
        var spec = Tree.at(object, "spec");
        JobRules.check(spec, "spec", problems);
        var selector = Tree.at(spec, "selector");
        if (selector.isMissingNode()) {
            problems.required("spec.selector", "");
        } else {
            SelectorRules.check(selector, "spec.selector", problems);
        }
        Templates.checkMatch(spec, problems);
    }

    @Override
    public void validateCreate(ObjectNode object, Problems problems) {
        JobSelectors.check(object, problems);
        var spec = Tree.at(object, "spec");
        var name = Tree.text(object, "metadata", "name");
        long completions = Tree.number(spec, 0, "completions");
        if (Tree.text(spec, "completionMode").equals("Indexed") && completions > 0) {
            var last = name + "-" + (completions - 1);
            if (!Names.label(last).isEmpty()) {
                problems.invalid(
                        "metadata.name",
                        name,
                        "will not able to create pod with invalid DNS label: " + last);
            }
        }
    }

    @Override
    public void validateUpdate(ObjectNode before, ObjectNode after, Problems problems) {
        JobChanges.check(before, after, problems);
    }

    @Override
    public void validateStatus(ObjectNode before, ObjectNode after, Problems problems) {
        JobStatusRules.check(before, after, problems);
    }

    @Override
    public Map<String, Function<ObjectNode, String>> selectable() {
        return Map.of(
                "status.successful", o -> Long.toString(Tree.number(o, 0, "status", "succeeded")));
    }

    @Override
    public List<Column> columns() {
        return JobCells.COLUMNS;
    }
}
