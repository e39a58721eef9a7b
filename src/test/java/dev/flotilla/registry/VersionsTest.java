package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Objects that are kept once and read and written in two versions.
class VersionsTest {
    private static final String NOTES = "autoscaling.alpha.kubernetes.io/";

    private final Fixture world = new Fixture();
    private final ResourceType v1 = world.type("autoscaling", "v1", "horizontalpodautoscalers");
    private final ResourceType v2 = world.type("autoscaling", "v2", "horizontalpodautoscalers");
    private final ResourceType core = world.type("", "v1", "events");
    private final ResourceType events = world.type("events.k8s.io", "v1", "events");

    @AfterEach
    void close() {
        world.close();
    }

    private static ObjectNode autoscaler(String more) {
        return Fixture.json(
                "{'metadata':{'name':'web'},'spec':{'scaleTargetRef':{'apiVersion':'apps/v1',"
                        + "'kind':'Deployment','name':'web'},'maxReplicas':5"
                        + more
                        + "}}");
    }

    @Test
    void theNumberOfV1IsAMetricOfV2() {
        var made = world.create(v1, autoscaler(",'targetCPUUtilizationPercentage':70"));
        assertThat(Tree.text(made, "apiVersion")).isEqualTo("autoscaling/v1");
        assertThat(Tree.at(made, "spec"))
                .isEqualTo(
                        Tree.at(
                                autoscaler(",'minReplicas':1,'targetCPUUtilizationPercentage':70"),
                                "spec"));
        var seen = world.get(v2, "web");
        assertThat(Tree.text(seen, "apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(Tree.at(seen, "spec", "metrics"))
                .isEqualTo(
                        Fixture.json(
                                        "{'m':[{'type':'Resource','resource':{'name':'cpu','target':"
                                            + "{'type':'Utilization','averageUtilization':70}}}]}")
                                .path("m"));
        world.patch(v1, "web", PatchType.MERGE, "{'spec':{'targetCPUUtilizationPercentage':60}}");
        assertThat(
                        world.get(v2, "web")
                                .at("/spec/metrics/0/resource/target/averageUtilization")
                                .asInt())
                .isEqualTo(60);
        assertThat(world.registry.list(v1, "default", ListQuery.ALL).items())
                .containsExactly(world.get(v1, "web"));
    }

    @Test
    void whatV1HasNoFieldForGoesThroughItsAnnotations() {
        world.create(
                v2,
                autoscaler(
                        ",'metrics':[{'type':'Pods','pods':{'metric':{'name':'hits'},'target':"
                                + "{'type':'AverageValue','averageValue':'10'}}}],"
                                + "'behavior':{'scaleDown':{'stabilizationWindowSeconds':60}}"));
        var seen = world.get(v1, "web");
        assertThat(Tree.text(seen, "metadata", "annotations", NOTES + "metrics"))
                .isEqualTo(
                        "[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"hits\",\"targetAverageValue\":\"10\"}}]");
        assertThat(Tree.text(seen, "metadata", "annotations", NOTES + "behavior"))
                .startsWith("{\"ScaleUp\":{\"StabilizationWindowSeconds\":0,");
        var before = world.get(v2, "web");
        var after =
                world.patch(v1, "web", PatchType.STRATEGIC, "{'metadata':{'labels':{'a':'b'}}}");
        assertThat(after.path("spec").has("metrics")).isFalse();
        assertThat(Tree.at(world.get(v2, "web"), "spec")).isEqualTo(Tree.at(before, "spec"));
        assertThat(Tree.has(world.get(v2, "web"), "metadata", "annotations")).isFalse();
    }

    @Test
    void strictnessIsOfTheVersionThatIsWritten() {
        assertThat(Verdicts.problems(() -> world.create(v1, autoscaler(",'metrics':[]"))))
                .singleElement()
                .asString()
                .contains("strict decoding error: unknown field \"spec.metrics\"");
        assertThat(
                        Verdicts.problems(
                                () ->
                                        world.create(
                                                v1,
                                                autoscaler(",'targetCPUUtilizationPercentage':0"))))
                .containsExactly(
                        "spec.metrics[0].resource.target.averageUtilization: Invalid value: 0: must"
                                + " be greater than 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'minReplicas':0 | spec.minReplicas: Invalid value: 0: must be greater than or"
                        + " equal to 1",
                "'maxReplicas':0 | spec.maxReplicas: Invalid value: 0: must be greater than 0",
                "'minReplicas':6 | spec.maxReplicas: Invalid value: 5: must be greater than or"
                        + " equal to `minReplicas`",
                "'scaleTargetRef':{'name':null} | spec.scaleTargetRef.name: Required" + " value",
                "'scaleTargetRef':{'kind':'a/b','name':'c'} | spec.scaleTargetRef.kind: Invalid"
                        + " value: \"a/b\": may not contain '/'",
                "'metrics':[{'type':'Pods'}] | spec.metrics[0].pods: Required value: must"
                        + " populate information for the given metric source",
                "'metrics':[{'type':'Resource','resource':{'name':'cpu','target':{'type':'Utilization'}}}]"
                    + " | spec.metrics[0].resource.target.averageUtilization: Required value: must"
                    + " set either a target raw value or a target utilization",
                "'metrics':[{'type':'External','external':{'metric':{'name':'q'},'target':{'type':'Value','value':'-1'}}}]"
                    + " | spec.metrics[0].external.target.value: Invalid value: \"-1\": must be"
                    + " positive",
                "'behavior':{'scaleUp':{'policies':[]}} | spec.behavior.scaleUp.policies: Required"
                        + " value: must specify at least one Policy",
                "'behavior':{'scaleUp':{'selectPolicy':'Odd'}} |"
                    + " spec.behavior.scaleUp.selectPolicy: Unsupported value: \"Odd\": supported"
                    + " values: \"Disabled\", \"Max\", \"Min\"",
                "'behavior':{'scaleDown':{'policies':[{'type':'Pods','value':0,'periodSeconds':15}]}}"
                    + " | spec.behavior.scaleDown.policies[0].value: Invalid value: 0: must be"
                    + " greater than zero",
            })
    void anAutoscalerIsRefused(String spec, String problem) {
        var verdicts = new Verdicts(world, v2, autoscaler(""));
        assertThat(verdicts.ofCreate("{'spec':{" + spec + "}}")).contains(problem);
    }

    @Test
    void anAutoscalersRowIsTheSameInBoth() {
        world.create(v2, autoscaler(""));
        var verdicts = new Verdicts(world, v2, autoscaler(""));
        verdicts.status(
                "{'status':{'currentReplicas':3,'desiredReplicas':3,'currentMetrics':[{'type':"
                        + "'Resource','resource':{'name':'cpu','current':{'averageUtilization':42,"
                        + "'averageValue':'420m'}}}]}}");
        var row =
                List.of(
                        "Name=web",
                        "Reference=Deployment/web",
                        "Targets=cpu: 42%/80%",
                        "MinPods=1",
                        "MaxPods=5",
                        "Replicas=3",
                        "Age=0s");
        assertThat(verdicts.row(world.get(v2, "web"))).isEqualTo(row);
        var old = new Verdicts(world, v1, autoscaler(""));
        assertThat(old.row(world.get(v1, "web"))).isEqualTo(row);
        assertThat(
                        Tree.number(
                                world.get(v1, "web"),
                                0,
                                "status",
                                "currentCPUUtilizationPercentage"))
                .isEqualTo(42);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsLostOnTheWayThroughV1(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 40; i++) {
            var object = random(random, "a" + i);
            var kept = world.create(v2, object);
            var throughV1 = world.registry.get(v1, Fixture.key(v1, "a" + i), Subresource.NONE);
            Tree.child(throughV1, "metadata").putObject("labels").put("seen", "yes");
            world.update(v1, throughV1);
            var back = world.get(v2, "a" + i);
            assertThat(Tree.objects(back, "spec", "metrics"))
                    .as("the metric that v1 has a field for goes last")
                    .containsExactlyInAnyOrderElementsOf(Tree.objects(kept, "spec", "metrics"));
            Tree.child(back, "spec").remove("metrics");
            Tree.child(kept, "spec").remove("metrics");
            assertThat(Tree.at(back, "spec")).isEqualTo(Tree.at(kept, "spec"));
            assertThat(Tree.at(back, "metadata", "annotations"))
                    .isEqualTo(Tree.at(kept, "metadata", "annotations"));
            var status = world.registry.get(v1, Fixture.key(v1, "a" + i), Subresource.STATUS);
            assertThat(
                            Tree.at(
                                    world.registry.update(
                                            v1,
                                            Fixture.key(v1, "a" + i),
                                            Subresource.STATUS,
                                            status,
                                            WriteOptions.STRICT),
                                    "status"))
                    .isEqualTo(Tree.at(status, "status"));
        }
    }

    private static ObjectNode random(RandomGenerator random, String name) {
        var object = autoscaler("");
        Tree.child(object, "metadata").put("name", name);
        if (random.nextBoolean()) {
            Tree.child(object, "metadata").putObject("annotations").put("own", "note");
        }
        var metrics = Tree.child(object, "spec").putArray("metrics");
        for (int i = random.nextInt(4); i > 0; i--) {
            metric(random, metrics);
        }
        if (random.nextBoolean()) {
            var rules = Tree.child(Tree.child(object, "spec"), "behavior").putObject("scaleUp");
            rules.put("stabilizationWindowSeconds", random.nextInt(3600));
            rules.putArray("policies")
                    .addObject()
                    .put("type", "Pods")
                    .put("value", 1 + random.nextInt(9))
                    .put("periodSeconds", 15);
        }
        return object;
    }

    private static void metric(RandomGenerator random, ArrayNode metrics) {
        var amount = Integer.toString(1 + random.nextInt(999)) + (random.nextBoolean() ? "m" : "");
        int kind = random.nextInt(5);
        var type = List.of("Resource", "ContainerResource", "Pods", "Object", "External").get(kind);
        var metric = metrics.addObject().put("type", type);
        var field = Character.toLowerCase(type.charAt(0)) + type.substring(1);
        var source = metric.putObject(field);
        if (kind < 2) {
            source.put("name", random.nextBoolean() ? "cpu" : "memory");
        } else {
            var identifier = source.putObject("metric").put("name", "m");
            if (random.nextBoolean()) {
                identifier.putObject("selector").putObject("matchLabels").put("a", "b");
            }
        }
        if (kind == 1) {
            source.put("container", "c");
        }
        if (kind == 3) {
            source.putObject("describedObject").put("kind", "Service").put("name", "s");
        }
        var target = source.putObject("target");
        boolean average = kind == 2 || random.nextBoolean();
        if (average) {
            target.put("type", "AverageValue").put("averageValue", amount);
        } else if (kind < 2) {
            target.put("type", "Utilization").put("averageUtilization", 1 + random.nextInt(200));
        } else {
            target.put("type", "Value").put("value", amount);
        }
    }

    @Test
    void anEventIsOneInBothGroups() {
        world.create(
                core,
                Fixture.json(
                        "{'metadata':{'name':'web.1'},'involvedObject':{'kind':'Pod','name':'web','namespace':'default'},'reason':'Started','message':'It"
                            + " runs.','type':'Normal',"
                            + "'count':3,'source':{'component':'kubelet','host':'n1'},"
                            + "'firstTimestamp':'2026-05-01T11:50:00Z','lastTimestamp':'2026-05-01T11:58:00Z'}"));
        var seen = world.get(events, "web.1");
        assertThat(Tree.text(seen, "apiVersion")).isEqualTo("events.k8s.io/v1");
        assertThat(Tree.text(seen, "regarding", "name")).isEqualTo("web");
        assertThat(Tree.text(seen, "note")).isEqualTo("It runs.");
        assertThat(Tree.number(seen, 0, "deprecatedCount")).isEqualTo(3);
        assertThat(Tree.text(seen, "deprecatedSource", "component")).isEqualTo("kubelet");
        var row = new Verdicts(world, events, seen).row(seen);
        assertThat(row)
                .containsExactly(
                        "Last Seen=2m",
                        "Type=Normal",
                        "Reason=Started",
                        "Object=pod/web",
                        "[Subobject=]",
                        "[Source=kubelet, n1]",
                        "Message=It runs.",
                        "[First Seen=10m]",
                        "[Count=3]",
                        "[Name=web.1]");
        for (var selector :
                List.of(
                        "regarding.name=web",
                        "regarding.kind=Pod,type!=Warning",
                        "reason=Started")) {
            assertThat(found(events, selector)).as(selector).isEqualTo(1);
        }
        assertThat(found(core, "involvedObject.name=web,source=kubelet")).isEqualTo(1);
        assertThat(found(core, "involvedObject.name=other")).isZero();
        assertThat(Verdicts.problems(() -> found(events, "involvedObject.name=web")))
                .containsExactly("field label not supported: involvedObject.name");
    }

    private int found(ResourceType type, String selector) {
        return world.registry.list(type, "default", ListQuery.where("", selector)).items().size();
    }

    @Test
    void aWatchShowsItsOwnVersion() {
        try (var watch =
                world.registry.watch(
                        events,
                        "default",
                        ListQuery.where("", "regarding.name=web"),
                        world.registry.revision())) {
            world.create(
                    core,
                    Fixture.json(
                            "{'metadata':{'name':'e'},'involvedObject':{'namespace':'default',"
                                    + "'name':'web'},'message':'m'}"));
            assertThat(watch.poll(10))
                    .singleElement()
                    .satisfies(
                            e -> {
                                assertThat(Tree.text(e.object(), "note")).isEqualTo("m");
                                assertThat(Tree.text(e.object(), "apiVersion"))
                                        .isEqualTo("events.k8s.io/v1");
                            });
        }
    }

    @Test
    void theNewerGroupIsStricter() {
        var strict =
                new Verdicts(
                        world,
                        events,
                        Fixture.json(
                                "{'metadata':{'name':'e'},'regarding':{'namespace':'default','name':'web'},"
                                    + "'eventTime':'2026-05-01T11:59:00.000001Z','reportingController':'example.com/c',"
                                    + "'reportingInstance':'c-1','action':'Look','reason':'Seen','type':'Normal'}"));
        assertThat(strict.ofCreate("{'eventTime':null,'type':'Odd'}"))
                .contains(
                        "eventTime: Required value",
                        "type: Invalid value: \"\": has invalid value: Odd");
        assertThat(strict.ofCreate("{'reportingController':null}"))
                .contains("reportingController: Required value");
        assertThat(strict.ofCreate("{'series':{'count':1}}"))
                .containsExactly(
                        "series.count: Invalid value: \"\": should be at least 2",
                        "series.lastObservedTime: Required value");
        strict.create("{}");
        assertThat(strict.ofChange("{'reason':'Other'}"))
                .as("looked at twice, as Kubernetes does")
                .containsExactly(
                        "reason: Invalid value: \"Other\": field is immutable",
                        "reason: Invalid value: \"Other\": field is immutable");
        assertThat(
                        strict.ofChange(
                                "{'series':{'count':2,'lastObservedTime':'2026-05-01T11:59:30.000000Z'}}"))
                .isEmpty();
        assertThat(Tree.text(world.get(core, "e"), "reportingComponent"))
                .isEqualTo("example.com/c");
        world.registry.delete(core, Fixture.key(core, "e"), DeleteOptions.PLAIN);
        assertThat(Verdicts.problems(() -> world.get(events, "e")))
                .containsExactly("events.events.k8s.io \"e\" not found");
    }
}
