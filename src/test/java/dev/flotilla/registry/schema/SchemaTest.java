package dev.flotilla.registry.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.model.Machine;
import dev.flotilla.registry.kind.Kind;
import dev.flotilla.registry.kinds.Kinds;
import dev.flotilla.registry.tree.Duplicates;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.TreeSet;

class SchemaTest {
    private final Models models = new Models();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'replcas':1}}|spec.replcas",
                "{'spec':{'template':{'spec':{'containers':[{},{'imag':'x'}]}}}}"
                        + "|spec.template.spec.containers[1].imag",
                "{'foo':1}|foo",
                "{'metadata':{'label':{}}}|metadata.label"
            })
    void findsWhatAKindDoesNotHave(String body, String path) {
        assertThat(faults(Deployment.class, body))
                .containsExactly("unknown field \"" + path + "\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'replicas':'3'}}|json: cannot unmarshal string into Go struct field"
                        + " DeploymentSpec.spec.replicas of type int32",
                "{'spec':{'replicas':99999999999}}|json: cannot unmarshal number 99999999999 into"
                        + " Go struct field DeploymentSpec.spec.replicas of type int32",
                "{'spec':{'template':{'spec':{'containers':{}}}}}|json: cannot unmarshal object"
                        + " into Go struct field PodSpec.spec.template.spec.containers of type"
                        + " []v1.Container",
                "{'metadata':{'labels':{'a':1}}}|json: cannot unmarshal number into Go struct field"
                        + " ObjectMeta.metadata.labels of type string",
                "{'spec':[]}|json: cannot unmarshal array into Go struct field Deployment.spec of"
                        + " type v1.DeploymentSpec",
                "{'spec':{'template':{'spec':{'containers':[{'resources':{'limits':{'cpu':'1x'}}}]}}}}|quantities"
                    + " must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
            })
    void saysWhichValueIsOfAWrongType(String body, String why) {
        assertThatThrownBy(() -> faults(Deployment.class, body))
                .isInstanceOf(WrongType.class)
                .hasMessage(why);
    }

    /// A tree that a strategic patch left is converted, and not decoded.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'replicas':'3'}}|unrecognized type: int32",
                "{'spec':{'replicas':1.5}}|cannot convert float64 to int32",
                "{'spec':{'paused':'yes'}}|unrecognized type: bool",
                "{'metadata':{'labels':{'a':1}}}|cannot convert int64 to string",
                "{'metadata':{'labels':{'a':true}}}|unrecognized type: string",
                "{'metadata':{'labels':'a'}}|cannot restore map from string",
                "{'spec':{'template':{'spec':{'containers':{}}}}}|cannot restore slice from map",
                "{'spec':[]}|cannot restore struct from: slice",
                "{'spec':{'strategy':{'rollingUpdate':{'maxSurge':true}}}}|json: cannot unmarshal"
                        + " bool into Go value of type int32"
            })
    void saysOfAPatchWhatCanNotBeConverted(String body, String why) {
        assertThatThrownBy(() -> faults(Deployment.class, body))
                .isInstanceOfSatisfying(
                        WrongType.class, e -> assertThat(e.inPatch()).isEqualTo(why));
    }

    @Test
    void ourOwnKindsHaveSchemasToo() {
        var body = json("{'spec':{'ssh':{'host':'h','prt':1}},'status':{'phase':'Ready'}}");
        assertThat(BodyCheck.faults(models, Machine.class, body, Duplicates.NONE))
                .containsExactly("unknown field \"spec.ssh.prt\"");
    }

    @Test
    void everyReferenceOfADocumentLeadsSomewhere() {
        for (var type : Kinds.all().stream().map(Kind::type).toList()) {
            var document = new OpenApi(models).document(List.of(type));
            var schemas = Tree.at(document, "components", "schemas");
            var missing = new TreeSet<String>();
            references(document, missing);
            missing.removeIf(r -> schemas.has(r.replace("#/components/schemas/", "")));
            assertThat(missing).as(type.kind()).isEmpty();
        }
    }

    @Test
    void aDocumentSaysHowListsAreMergedAndWhatApplyNeeds() {
        var pods =
                Kinds.all().stream().map(Kind::type).filter(t -> t.model() == Pod.class).toList();
        var document = new OpenApi(models).document(pods);
        var spec = Tree.at(document, "components", "schemas", "io.k8s.api.core.v1.PodSpec");
        var containers = Tree.at(spec, "properties", "containers");
        assertThat(Tree.text(containers, "x-kubernetes-patch-merge-key")).isEqualTo("name");
        assertThat(Tree.text(containers, "x-kubernetes-list-type")).isEqualTo("map");
        assertThat(Tree.texts(containers, "x-kubernetes-list-map-keys")).containsExactly("name");
        assertThat(Tree.texts(spec, "required")).containsExactly("containers");
        var patch =
                Tree.at(document, "paths", "/api/v1/namespaces/{namespace}/pods/{name}", "patch");
        assertThat(Tree.text(patch, "x-kubernetes-group-version-kind", "kind")).isEqualTo("Pod");
        assertThat(Tree.objects(patch, "parameters"))
                .extracting(p -> Tree.text(p, "name"))
                .contains("fieldValidation", "dryRun", "fieldManager");
    }

    private List<String> faults(Class<?> kind, String body) {
        return BodyCheck.faults(models, kind, json(body), Duplicates.NONE);
    }

    private static void references(JsonNode node, TreeSet<String> found) {
        if (node.path("$ref").isString()) {
            found.add(node.path("$ref").asString());
        }
        node.forEach(n -> references(n, found));
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
