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

class LimitKindsTest {
    private final Fixture world = new Fixture();
    private final ResourceType quotas = world.type("", "v1", "resourcequotas");
    private final ResourceType ranges = world.type("", "v1", "limitranges");
    private final ResourceType priorities =
            world.type("scheduling.k8s.io", "v1", "priorityclasses");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode quota() {
        return Fixture.json("{'metadata':{'name':'q'},'spec':{'hard':{'pods':'4'}}}");
    }

    private static ObjectNode range() {
        return Fixture.json("{'metadata':{'name':'r'},'spec':{'limits':[]}}");
    }

    private static ObjectNode priority() {
        return Fixture.json("{'metadata':{'name':'p'},'value':10}");
    }

    static Stream<List<String>> quotasRefused() {
        return Refusals.of(
                """
                {'spec':{'hard':{'pods':'1.5'}}}|spec.hard[pods]: Invalid value: "1500m": must be an integer
                {'spec':{'hard':{'pods':'-1'}}}|spec.hard[pods]: Invalid value: "-1": must be greater than or equal to 0
                {'spec':{'hard':{'storage':'1'}}}|spec.hard[storage]: Invalid value: "storage": must be a standard resource for quota
                {'spec':{'hard':{'cakes':'1'}}}|[spec.hard[cakes]: Invalid value: "cakes": must be a standard resource type or fully qualified, spec.hard[cakes]: Invalid value: "cakes": must be a standard resource for quota]
                {'spec':{'scopes':['Some']}}|spec.scopes: Invalid value: ["Some"]: unsupported scope
                {'spec':{'scopes':['Terminating','NotTerminating']}}|spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes
                {'spec':{'hard':{'pods':null,'services':'1'},'scopes':['BestEffort']}}|spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource
                {'spec':{'scopeSelector':{'matchExpressions':[{'scopeName':'PriorityClass','operator':'In'}]}}}|spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` is 'In' or 'NotIn' for scope selector
                """);
    }

    @ParameterizedTest
    @MethodSource("quotasRefused")
    void aQuotaIsRefused(List<String> line) {
        Refusals.check(world, quotas, quota(), line);
    }

    static Stream<List<String>> rangesRefused() {
        return Refusals.of(
                """
                {'spec':{'limits':[{'type':'Box'}]}}|spec.limits[0].type: Invalid value: "Box": must be a standard limit type or fully qualified
                {'spec':{'limits':[{'type':'Pod','default':{'cpu':'1'}}]}}|spec.limits[0].default: Forbidden: may not be specified when `type` is 'Pod'
                {'spec':{'limits':[{'type':'Container','min':{'cpu':'2'},'max':{'cpu':'1'},'default':{'cpu':'1'},'defaultRequest':{'cpu':'1'}}]}}|[spec.limits[0].min[cpu]: Invalid value: "2": min value 2 is greater than max value 1, spec.limits[0].defaultRequest[cpu]: Invalid value: "1": min value 2 is greater than default request value 1, spec.limits[0].default[cpu]: Invalid value: "2": min value 2 is greater than default value 1]
                {'spec':{'limits':[{'type':'Pod','maxLimitRequestRatio':{'cpu':'500m'}}]}}|spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "500m": ratio 500m is less than 1
                {'spec':{'limits':[{'type':'Pod','maxLimitRequestRatio':{'cpu':'3'},'min':{'cpu':'1'},'max':{'cpu':'2'}}]}}|spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: "3": ratio 3 is greater than max/min = 2.000000
                {'spec':{'limits':[{'type':'PersistentVolumeClaim'}]}}|spec.limits[0].limits: Required value: either minimum or maximum storage value is required, but neither was provided
                {'spec':{'limits':[{'type':'Pod'},{'type':'Pod'}]}}|spec.limits[1].type: Duplicate value: "Pod"
                """);
    }

    @ParameterizedTest
    @MethodSource("rangesRefused")
    void aRangeIsRefused(List<String> line) {
        Refusals.check(world, ranges, range(), line);
    }

    static Stream<List<String>> prioritiesRefused() {
        return Refusals.of(
                """
                {'value':1000000001}|value: Forbidden: maximum allowed value of a user defined priority is 1000000000
                {'preemptionPolicy':'Sometimes'}|preemptionPolicy: Unsupported value: "Sometimes": supported values: "PreemptLowerPriority", "Never"
                {'metadata':{'name':'system-mine'}}|metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class
                """);
    }

    @ParameterizedTest
    @MethodSource("prioritiesRefused")
    void aPriorityIsRefused(List<String> line) {
        Refusals.check(world, priorities, priority(), line);
    }

    @Test
    void aRangeFillsItsOwnDefaults() {
        var made =
                world.create(
                        ranges,
                        Fixture.json(
                                "{'metadata':{'name':'r'},'spec':{'limits':[{'type':'Container',"
                                        + "'max':{'cpu':'2'},'min':{'memory':'1Mi'}}]}}"));
        assertThat(made.path("spec").path("limits").path(0).toString())
                .contains(
                        "\"default\":{\"cpu\":\"2\"}",
                        "\"defaultRequest\":{\"cpu\":\"2\",\"memory\":\"1Mi\"}");
    }

    @Test
    void aPrioritysValueIsForGood() {
        var made = world.create(priorities, priority());
        assertThat(Tree.number(made, 0, "metadata", "generation")).isEqualTo(1);
        Refusals.checkChange(
                world,
                priorities,
                "p",
                List.of("{'value':11}", "value: Forbidden: may not be changed in an update."));
        var described = world.patch(priorities, "p", PatchType.MERGE, "{'description':'x'}");
        assertThat(Tree.number(described, 0, "metadata", "generation")).isEqualTo(1);
    }

    @Test
    void theSystemsTwoPrioritiesAreThere() {
        assertThat(
                        Tree.number(
                                world.registry.get(
                                        priorities,
                                        ObjectKey.of("system-node-critical"),
                                        Subresource.NONE),
                                0,
                                "value"))
                .isEqualTo(2_000_001_000);
        var cluster =
                world.registry.get(
                        priorities, ObjectKey.of("system-cluster-critical"), Subresource.NONE);
        assertThat(row(priorities, cluster))
                .isEqualTo(
                        "[\"system-cluster-critical\",2000000000,false,\"0s\",\"PreemptLowerPriority\"]");
    }

    @Test
    void theRowsAreKubectls() {
        var range = world.create(ranges, range());
        assertThat(row(ranges, range)).isEqualTo("[\"r\",\"2026-05-01T12:00:00Z\"]");
        var quota =
                Fixture.json(
                        "{'metadata':{'name':'q','creationTimestamp':'2026-05-01T12:00:00Z'},"
                                + "'status':{'hard':{'pods':'4','limits.cpu':'2',"
                                + "'requests.cpu':'1'},'used':{'pods':'1'}}}");
        assertThat(row(quotas, quota))
                .isEqualTo("[\"q\",\"pods: 1/4, requests.cpu: 0/1\",\"limits.cpu: 0/2\",\"0s\"]");
    }

    private String row(ResourceType type, ObjectNode object) {
        var table = world.registry.table(type, List.of(object), true, Tables.Include.NONE);
        return table.path("rows").path(0).path("cells").toString();
    }
}
