package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.patch.MergePatch;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.List;

/// What is refused, in Kubernetes' words. Each case is a merge patch to a body that is good.
class ValidationTest {
    private final Fixture world = new Fixture();

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'replicas':-1}}|spec.replicas: Invalid value: -1: must be greater than or"
                        + " equal to 0",
                "{'spec':{'selector':{'matchLabels':{'app':'x'}}}}|spec.template.metadata.labels:"
                        + " Invalid value: {\"app\":\"web\"}: `selector` does not match template"
                        + " `labels`",
                "{'spec':{'template':{'spec':{'containers':[]}}}}|spec.template.spec.containers:"
                        + " Required value",
                "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x'},{'name':'a','image':'x'}]}}}}|spec.template.spec.containers[1].name:"
                    + " Duplicate value: \"a\"",
                "{'spec':{'template':{'spec':{'containers':[{'name':'a'}]}}}}"
                        + "|spec.template.spec.containers[0].image: Required value",
                "{'spec':{'template':{'spec':{'containers':[{'name':'A_','image':'x'}]}}}}|spec.template.spec.containers[0].name:"
                    + " Invalid value: \"A_\": a lowercase RFC 1123 label must consist of lower"
                    + " case alphanumeric characters or '-', and must start and end with an"
                    + " alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for"
                    + " validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                "{'spec':{'template':{'spec':{'restartPolicy':'Never'}}}}|spec.template.spec.restartPolicy:"
                    + " Unsupported value: \"Never\": supported values: \"Always\"",
                "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x',"
                        + "'ports':[{'containerPort':70000}]}]}}}}"
                        + "|spec.template.spec.containers[0].ports[0].containerPort: Invalid value:"
                        + " 70000: must be between 1 and 65535, inclusive",
                "{'spec':{'template':{'spec':{'containers':[{'name':'a','image':'x','resources':{"
                    + "'requests':{'cpu':'2'},'limits':{'cpu':'1'}}}]}}}}|spec.template.spec.containers[0].resources.requests:"
                    + " Invalid value: \"2\": must be less than or equal to cpu limit of 1",
                "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':0,'maxUnavailable':0}}}}|spec.strategy.rollingUpdate.maxUnavailable:"
                    + " Invalid value: 0: may not be 0 when `maxSurge` is 0",
                "{'metadata':{'labels':{'a b':'c'}}}|metadata.labels: Invalid value: \"a b\": name"
                        + " part must consist of alphanumeric characters, '-', '_' or '.', and must"
                        + " start and end with an alphanumeric character (e.g. 'MyName',  or"
                        + " 'my.name',  or '123-abc', regex used for validation is"
                        + " '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                "{'metadata':{'name':'Web'}}|metadata.name: Invalid value: \"Web\": a lowercase RFC"
                    + " 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
                    + " '.', and must start and end with an alphanumeric character (e.g."
                    + " 'example.com', regex used for validation is"
                    + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
            })
    void aDeploymentIsRefusedFor(String patch, String why) {
        var body = (ObjectNode) MergePatch.apply(Fixture.deployment("web"), Fixture.json(patch));
        var failure = RegistryTest.failure(() -> world.create(world.deployments, body));
        assertThat(failure.code()).isEqualTo(422);
        var name = Tree.text(body, "metadata", "name");
        assertThat(failure).hasMessage("Deployment.apps \"" + name + "\" is invalid: " + why);
        assertThat(Tree.objects(failure.status(), "details", "causes")).hasSize(1);
    }

    @Test
    void manyProblemsAreToldTogether() {
        var body = Fixture.deployment("web");
        Tree.child(body, "spec").put("replicas", -1).put("minReadySeconds", -1);
        var failure = RegistryTest.failure(() -> world.create(world.deployments, body));
        assertThat(failure)
                .hasMessage(
                        "Deployment.apps \"web\" is invalid: [spec.replicas: Invalid value: -1:"
                            + " must be greater than or equal to 0, spec.minReadySeconds: Invalid"
                            + " value: -1: must be greater than or equal to 0]");
        assertThat(Tree.objects(failure.status(), "details", "causes"))
                .extracting(c -> Tree.text(c, "field"))
                .containsExactly("spec.replicas", "spec.minReadySeconds");
    }

    @Test
    void aMisspelledFieldIsRefusedOrWarnedOfAndDropped() {
        var body = Fixture.deployment("web");
        Tree.child(body, "spec").put("replcas", 3);
        var failure = RegistryTest.failure(() -> world.create(world.deployments, body));
        assertThat(failure.code()).isEqualTo(400);
        assertThat(failure)
                .hasMessage(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                                + " decoding error: unknown field \"spec.replcas\"");
        var warnings = new ArrayList<String>();
        var warn = new WriteOptions(false, FieldValidation.WARN, "", warnings::add);
        var made = world.registry.create(world.deployments, "default", body, warn);
        assertThat(warnings).containsExactly("unknown field \"spec.replcas\"");
        assertThat(Tree.has(made, "spec", "replcas")).isFalse();
    }

    @Test
    void fieldsGivenTwiceAreToldToo() {
        var options =
                new WriteOptions(false, FieldValidation.STRICT, "", _ -> {})
                        .with(new Duplicates(List.of("spec.replicas"), List.of()));
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.registry.create(
                                                world.deployments,
                                                "default",
                                                Fixture.deployment("web"),
                                                options)))
                .hasMessageEndingWith("strict decoding error: duplicate field \"spec.replicas\"");
    }

    @Test
    void aDeploymentGetsKubernetesDefaults() {
        var spec = Tree.at(world.create(world.deployments, Fixture.deployment("web")), "spec");
        assertThat(spec.toString())
                .contains(
                        "\"strategy\":{\"type\":\"RollingUpdate\",\"rollingUpdate\":"
                                + "{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}")
                .contains("\"revisionHistoryLimit\":10", "\"progressDeadlineSeconds\":600");
        var pod = Tree.at(spec, "template", "spec");
        assertThat(pod.toString())
                .isEqualTo(
                        "{\"containers\":[{\"name\":\"c\",\"image\":\"nginx\","
                            + "\"terminationMessagePath\":\"/dev/termination-log\","
                            + "\"terminationMessagePolicy\":\"File\",\"imagePullPolicy\":\"Always\","
                            + "\"resources\":{}}],\"restartPolicy\":\"Always\","
                            + "\"terminationGracePeriodSeconds\":30,\"dnsPolicy\":\"ClusterFirst\","
                            + "\"schedulerName\":\"default-scheduler\",\"securityContext\":{}}");
    }

    @Test
    void aSelectorAndAPodsSpecAreForGood() {
        world.create(world.deployments, Fixture.deployment("web"));
        var selector =
                RegistryTest.failure(
                        () ->
                                world.patch(
                                        world.deployments,
                                        "web",
                                        PatchType.MERGE,
                                        "{'spec':{'selector':{'matchLabels':{'x':'y'}},"
                                            + "'template':{'metadata':{'labels':{'x':'y'}}}}}"));
        assertThat(selector).hasMessageContaining("spec.selector: Invalid value: ");
        assertThat(selector).hasMessageContaining("field is immutable");
        world.create(world.pods, Fixture.pod("p"));
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.patch(
                                                world.pods,
                                                "p",
                                                PatchType.MERGE,
                                                "{'spec':{'dnsPolicy':'Default'}}")))
                .hasMessageContaining("pod updates may not change fields other than");
        var image =
                world.patch(
                        world.pods,
                        "p",
                        PatchType.STRATEGIC,
                        "{'spec':{'containers':[{'name':'c','image':'nginx:2'}]}}");
        assertThat(Tree.text(Tree.objects(image, "spec", "containers").getFirst(), "image"))
                .isEqualTo("nginx:2");
    }

    @Test
    void aSecretsPlainValuesAreEncoded() {
        var secrets = world.type("", "v1", "secrets");
        var secret =
                world.create(
                        secrets,
                        Fixture.json(
                                "{'metadata':{'name':'s'},'data':{'a':'eA=='},"
                                        + "'stringData':{'b':'hello'}}"));
        assertThat(secret.path("data").toString()).isEqualTo("{\"a\":\"eA==\",\"b\":\"aGVsbG8=\"}");
        assertThat(secret.has("stringData")).isFalse();
        assertThat(Registry.sealedKeys())
                .accepts("/core/secrets/default/s")
                .rejects("/core/configmaps/default/s", "/core/secretsx/default/s");
    }

    @Test
    void quantitiesAreKeptInOneForm() {
        var pod = Fixture.pod("p");
        Tree.objects(pod, "spec", "containers")
                .getFirst()
                .set("resources", Fixture.json("{'limits':{'cpu':0.5,'memory':'1024Mi'}}"));
        var made = world.create(world.pods, pod);
        var container = Tree.objects(made, "spec", "containers").getFirst();
        assertThat(container.path("resources").toString())
                .isEqualTo(
                        "{\"limits\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"},"
                                + "\"requests\":{\"cpu\":\"500m\",\"memory\":\"1Gi\"}}");
        assertThat(Tree.text(made, "status", "qosClass")).isEqualTo("Guaranteed");
    }
}
