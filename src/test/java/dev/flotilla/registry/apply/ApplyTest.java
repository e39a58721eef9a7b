package dev.flotilla.registry.apply;

import static dev.flotilla.registry.apply.Wishes.by;
import static dev.flotilla.registry.apply.Wishes.deployment;
import static dev.flotilla.registry.apply.Wishes.json;
import static dev.flotilla.registry.apply.Wishes.kept;
import static dev.flotilla.registry.apply.Wishes.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

/// Server-side apply, case by case, as Kubernetes' documentation describes it. `'` stands for `"`.
class ApplyTest {
    @Test
    void aNewObjectBelongsToWhoAppliedIt() {
        var live = applied("me", Tree.empty(), "{'spec':{'replicas':1}}");
        assertThat(owned(live, 0)).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
        assertThat(live.at("/metadata/managedFields/0/operation").asString()).isEqualTo("Apply");
    }

    @Test
    void anotherValueConflictsAndTheSameIsShared() {
        var live = applied("a", Tree.empty(), "{'spec':{'replicas':1,'paused':true}}");
        assertThatThrownBy(() -> applied("b", live, "{'spec':{'replicas':2}}"))
                .isInstanceOf(Conflict.class)
                .hasMessage("Apply failed with 1 conflict: conflict with \"a\": .spec.replicas");
        var shared = applied("b", live, "{'spec':{'replicas':1}}");
        assertThat(owned(shared, 0)).isEqualTo(owned(live, 0));
        assertThat(owned(shared, 1)).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
        var left = applied("a", shared, "{'spec':{'paused':true}}");
        assertThat(left.at("/spec/replicas").asInt()).isEqualTo(1);
        var gone = applied("b", left, "{}");
        assertThat(gone.path("spec").has("replicas")).isFalse();
    }

    @Test
    void manyConflictsAreListedByOwner() {
        var live = applied("a", Tree.empty(), "{'spec':{'replicas':1,'paused':true}}");
        assertThatThrownBy(() -> applied("b", live, "{'spec':{'replicas':2,'paused':false}}"))
                .hasMessage(
                        "Apply failed with 2 conflicts: conflicts with \"a\":\n- .spec.paused\n-"
                                + " .spec.replicas");
    }

    @Test
    void forceTakesOver() {
        var live = applied("a", Tree.empty(), "{'spec':{'replicas':1,'paused':true}}");
        var taken = by("b").to(live, deployment("{'spec':{'replicas':2}}"), true);
        assertThat(owned(kept(taken), 0)).isEqualTo(json("{'f:spec':{'f:paused':{}}}"));
        assertThat(owned(kept(taken), 1)).isEqualTo(json("{'f:spec':{'f:replicas':{}}}"));
    }

    @Test
    void whoUpdatesAnAppliedFieldTakesItAndTheNextApplyConflicts() {
        var live = applied("a", Tree.empty(), "{'spec':{'replicas':1,'paused':true}}");
        var scaled = live.deepCopy();
        Tree.child(scaled, "spec").put("replicas", 5);
        var entries =
                requireNonNull(Tracking.updated(Wishes.DEPLOYMENT, live, scaled, writer("hand")));
        var next = kept(scaled, entries);
        assertThatThrownBy(() -> applied("a", next, "{'spec':{'replicas':1,'paused':true}}"))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"hand\" using apps/v1:"
                                + " .spec.replicas");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "elements are merged by their keys, and the applied order holds"
                    + "|'containers':[{'name':'a','image':'1'},{'name':'b'}]"
                    + "|'containers':[{'name':'c'},{'name':'a','tty':true}]"
                    + "|'containers':[{'name':'c'},{'name':'a','image':'1','tty':true},{'name':'b'}]",
                "a key that is left out has its default"
                    + "|'containers':[{'name':'a','ports':[{'containerPort':1,'protocol':'TCP'}]}]"
                    + "|'containers':[{'name':'a','ports':[{'containerPort':1,'name':'p'}]}]"
                    + "|'containers':[{'name':'a','ports':[{'containerPort':1,'protocol':'TCP','name':'p'}]}]",
                "a list without keys is one value"
                        + "|'schedulerName':'s'|'tolerations':[{'key':'c'}]"
                        + "|'schedulerName':'s','tolerations':[{'key':'c'}]",
                "a map is merged|'overhead':{'cpu':'1'}|'overhead':{'memory':'2'}"
                        + "|'overhead':{'cpu':'1','memory':'2'}"
            })
    void listsAndMaps(String what, String live, String wanted, String then) {
        var before = applied("a", Tree.empty(), pod(live));
        var after = applied("b", before, pod(wanted));
        assertThat(after.at("/spec/template/spec")).as(what).isEqualTo(json("{" + then + "}"));
    }

    @Test
    void anAtomicValueConflictsAsAWhole() {
        var live = applied("a", Tree.empty(), pod("'nodeSelector':{'x':'1'}"));
        assertThatThrownBy(() -> applied("b", live, pod("'nodeSelector':{'y':'1'}")))
                .hasMessageEndingWith(".spec.template.spec.nodeSelector");
    }

    @Test
    void elementsOfASetAreOwnedOneByOne() {
        var live = applied("a", Tree.empty(), "{'metadata':{'finalizers':['x/1']}}");
        var both = applied("b", live, "{'metadata':{'finalizers':['x/2']}}");
        assertThat(Tree.texts(both, "metadata", "finalizers")).containsExactly("x/1", "x/2");
        var left = applied("a", both, "{}");
        assertThat(Tree.texts(left, "metadata", "finalizers")).containsExactly("x/2");
        assertThat(owned(left, 0))
                .hasToString("{\"f:metadata\":{\"f:finalizers\":{\"v:\\\"x/2\\\"\":{}}}}");
    }

    @Test
    void whatWasThereBeforeAnyoneAppliedHasAnOwnerToo() {
        var live = deployment("{'spec':{'replicas':1,'paused':true}}");
        assertThatThrownBy(() -> applied("me", live, "{'spec':{'replicas':2}}"))
                .hasMessage(
                        "Apply failed with 1 conflict: conflict with \"before-first-apply\" using"
                                + " apps/v1: .spec.replicas");
        var shared = applied("me", live, "{'spec':{'replicas':1}}");
        assertThat(shared.at("/metadata/managedFields")).hasSize(2);
    }

    @Test
    void aNullIsOwnedAndTakesTheFieldAway() {
        var live = applied("a", Tree.empty(), "{'spec':{'replicas':1}}");
        var next = applied("a", live, "{'spec':{'replicas':null}}");
        assertThat(next.at("/spec/replicas").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'foo':1}}|.spec.foo: field not declared in schema",
                "{'spec':[]}|.spec: expected map, got []",
                "{'spec':{'template':{'spec':{'containers':[{'image':'x'}]}}}}"
                        + "|.spec.template.spec.containers: element 0: associative list with keys"
                        + " has an element that omits key field \"name\" (and doesn't have default"
                        + " value)",
                "{'spec':{'template':{'spec':{'containers':[{'name':'x'},{'name':'x'}]}}}}"
                        + "|.spec.template.spec.containers: duplicate entries for key [name=\"x\"]",
                "{'spec':{'template':{'spec':{'containers':[{'name':'x','foo':1}]}}}}"
                        + "|.spec.template.spec.containers[name=\"x\"].foo: field not declared in"
                        + " schema"
            })
    void saysWhatCanNotBeApplied(String wanted, String why) {
        assertThat(Typing.problem(Wishes.DEPLOYMENT, deployment(wanted))).contains(why);
    }

    private static ObjectNode applied(String who, ObjectNode live, String wanted) {
        return kept(by(who).to(live, deployment(wanted), false));
    }

    private static ObjectNode owned(ObjectNode object, int entry) {
        return (ObjectNode) object.at("/metadata/managedFields/" + entry + "/fieldsV1");
    }

    private static String pod(String fields) {
        return "{'spec':{'template':{'spec':{" + fields + "}}}}";
    }
}
