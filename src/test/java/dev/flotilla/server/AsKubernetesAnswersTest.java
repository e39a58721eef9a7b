package dev.flotilla.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Requests that a kube-apiserver was asked as well, with its answers.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AsKubernetesAnswersTest {
    private static final String NAMESPACE = "/api/v1/namespaces/default";
    private static final String MAPS = NAMESPACE + "/configmaps";

    /// Method, path, content type (or none), body with `'` for `"`, code, and what is said, or its
    /// beginning before `…`.
    private static final String REFUSED =
            """
            POST|M|json|{'apiVersion':'v1','kind':'Pod'}|400|Pod in version "v1" cannot be handled as a ConfigMap: converting (v1.Pod) to (core.ConfigMap): unknown conversion
            POST|M|json|{'apiVersion':'v1','kind':'ConfigMapList'}|400|ConfigMapList in version "v1" cannot be handled as a ConfigMap: converting (v1.ConfigMapList) to (core.ConfigMap): unknown conversion
            POST|M|json|{'apiVersion':'apps/v1','kind':'Deployment'}|400|Deployment in version "v1" cannot be handled as a ConfigMap: converting (v1.Deployment) to (core.ConfigMap): unknown conversion
            POST|M|json|{'apiVersion':'v1','kind':'Banana'}|400|Banana in version "v1" cannot be handled as a ConfigMap: no kind "Banana" is registered for version "v1" in scheme "pkg/api/legacyscheme/scheme.go:30"
            POST|M|json|{'apiVersion':'x.y/v9','kind':'ConfigMap'}|400|ConfigMap in version "v9" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "x.y/v9" in scheme "pkg/api/legacyscheme/scheme.go:30"
            POST|/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers|json|{'apiVersion':'autoscaling/v1','kind':'HorizontalPodAutoscaler'}|400|the API version in the data (autoscaling/v1) does not match the expected API version (autoscaling/v2)
            POST|M|json|null|422|ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required
            POST|M|yaml|a: [|400|the object provided is unrecognized (must be of type ConfigMap): yaml: line 1: did not find expected node content (613a205b)
            PUT|M/there|json|{'metadata':{'name':'there','uid':'abc'}}|409|Operation cannot be fulfilled on configmaps "there": StorageError: invalid object, Code: 4, Key: /registry/configmaps/default/there, …
            PUT|M/there|json|{'metadata':{'name':'there','deletionGracePeriodSeconds':5}}|422|ConfigMap "there" is invalid: metadata.deletionGracePeriodSeconds: Invalid value: 5: field is immutable
            PUT|/apis/coordination.k8s.io/v1/namespaces/default/leases/l|json|{'metadata':{'name':'l'}}|422|leases.coordination.k8s.io "l" is invalid: metadata.resourceVersion: Invalid value: 0x0: must be specified for an update
            PUT|/apis/coordination.k8s.io/v1/namespaces/default/leases/l|json|{'metadata':{'name':'l','uid':'abc'}}|409|Operation cannot be fulfilled on leases.coordination.k8s.io "l": StorageError…
            PATCH|M/there|merge-patch+json|{'metadata':{'uid':'abc'}}|422|ConfigMap "there" is invalid: metadata.uid: Invalid value: "abc": field is immutable
            PATCH|M/there|merge-patch+json|{'kind':'Pod'}|422| "" is invalid: patch: Invalid value: …
            PATCH|M/there|merge-patch+json|{|400|error decoding patch: unexpected end of JSON input
            PATCH|M/there|merge-patch+json||400|error decoding patch: unexpected end of JSON input
            PATCH|M/there|merge-patch+json|null|400|Invalid JSON Patch
            PATCH|M/there|strategic-merge-patch+json|{|400|unexpected end of JSON input
            PATCH|M/there|strategic-merge-patch+json|[]|400|json: cannot unmarshal array into Go value of type map[string]interface {}
            PATCH|M/there|json-patch+json|[{'op':'remove','path':'/data/nope'}]|422|the server rejected our request due to an error in our request
            PATCH|M/there?fieldManager=m|apply-patch+yaml|{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}|400|the name of the object (other) does not match the name on the URL (there)
            PATCH|M/there?fieldManager=m|apply-patch+yaml|a: [|400|error decoding YAML: error converting YAML to JSON: yaml: line 1: did not find expected node content
            PATCH|M/there?fieldManager=m|apply-patch+yaml|[]|400|error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}
            GET|M?labelSelector=%3Dx|||400|found '=', expected: !, identifier, or 'end of string'
            GET|M?labelSelector=i%3Da%20b|||400|found 'b', expected: ',' or 'end of string'
            GET|M?labelSelector=!!e|||400|unable to parse requirement: found '!', expected: identifier
            GET|M?labelSelector=e%3D1,,i|||400|found ',', expected: identifier after ','
            GET|M?labelSelector=(|||400|found '(', expected: !, identifier, or 'end of string'
            GET|M?fieldSelector=metadata.name%3Da%3Db|||400|invalid field selector: unescaped character in value: 61
            GET|M?resourceVersion=99999999|||504|Timeout: Too large resource version: 99999999, current: …
            GET|M?continue=eyJ2IjoiZm9vIn0|||400|invalid continue token: continue key is not valid: server does not recognize this encoded version "foo"
            DELETE|M/there?propagationPolicy=Foo|||422|DeleteOptions.meta.k8s.io "" is invalid: propagationPolicy: Unsupported value: "Foo": supported values: "Foreground", "Background", "Orphan", "nil"
            POST|N/pods|json|{'metadata':{'name':'p'},'spec':{'runtimeClassName':'nope','containers':[{'name':'c','image':'i'}]}}|403|pods "p" is forbidden: pod rejected: RuntimeClass "nope" not found
            POST|N/pods|json|{'metadata':{'name':'p'},'spec':{'overhead':{'cpu':'1'},'containers':[{'name':'c','image':'i'}]}}|403|pods "p" is forbidden: pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead
            POST|N/pods/p/binding|json|{'target':{'name':'n'}}|400|name in URL does not match name in Binding object
            POST|/apis/authorization.k8s.io/v1/selfsubjectaccessreviews|json|{'spec':{}}|422|.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified
            POST|/apis/authorization.k8s.io/v1/subjectaccessreviews|json|{'spec':{'nonResourceAttributes':{'path':'/x'}}}|422|.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified
            """;

    /// As above, with a pointer into the answer and the JSON that is there.
    private static final String TAKEN =
            """
            PATCH|M/there|strategic-merge-patch+json|{'kind':'Pod'}|200|/kind|"ConfigMap"
            PATCH|M/there|strategic-merge-patch+json|null|200|/kind|"ConfigMap"
            PATCH|M/there|json-patch+json|null|200|/kind|"ConfigMap"
            PATCH|M/there|json-patch+json|[{'op':'remove','path':'/data/nope'}]|422|/details|{}
            POST|/api/v1/nodes?dryRun=All|json|{'metadata':{'name':'n','namespace':'lost'}}|201|/metadata/namespace|
            POST|/apis/apps/v1/namespaces/default/deployments?dryRun=All|json|{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}|201|/status|{}
            POST|/apis/apps/v1/namespaces/default/daemonsets?dryRun=All|json|{'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},'template':{'metadata':{'labels':{'a':'b'}},'spec':{'containers':[{'name':'c','image':'i'}]}}}}|201|/status|{"currentNumberScheduled":0,"numberMisscheduled":0,"desiredNumberScheduled":0,"numberReady":0}
            POST|/apis/apps/v1/namespaces/default/controllerrevisions?dryRun=All|json|{'metadata':{'name':'r'},'revision':1,'data':{'a':1}}|201|/metadata/managedFields/0/fieldsV1|{"f:data":{},"f:revision":{}}
            POST|N/events?dryRun=All|json|{'metadata':{'name':'e'},'involvedObject':{'namespace':'default'}}|201|/source|{}
            POST|N/events?dryRun=All|json|{'metadata':{'name':'e'},'involvedObject':{'namespace':'default'}}|201|/reportingComponent|""
            POST|/apis/authentication.k8s.io/v1/tokenreviews|json|{'spec':{'token':'x'}}|201|/status/user|{}
            DELETE|/api/v1/namespaces/leaving|||200|/metadata/deletionGracePeriodSeconds|
            """;

    @TempDir static Path temp;
    private TestServer server;
    private Https admin;

    @BeforeAll
    void start() {
        server = new TestServer(temp);
        admin = server.https();
        admin.post(MAPS, "{\"metadata\":{\"name\":\"there\"},\"data\":{\"a\":\"b\"}}");
        admin.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"leaving\"}}");
        admin.post(
                "/apis/coordination.k8s.io/v1/namespaces/default/leases",
                "{\"metadata\":{\"name\":\"l\"}}");
    }

    @AfterAll
    void stop() {
        admin.close();
        server.close();
    }

    static Stream<List<String>> refused() {
        return lines(REFUSED);
    }

    static Stream<List<String>> taken() {
        return lines(TAKEN);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesInTheSameWords(List<String> line) {
        var reply = ask(line);
        var said = reply.json().path("message").asString();
        var wanted = line.get(5);
        assertThat(reply.code()).as(said).isEqualTo(Integer.parseInt(line.get(4)));
        if (wanted.endsWith("…")) {
            assertThat(said).startsWith(wanted.substring(0, wanted.length() - 1));
        } else {
            assertThat(said).isEqualTo(wanted);
        }
    }

    @ParameterizedTest
    @MethodSource("taken")
    void answersAlike(List<String> line) {
        var reply = ask(line);
        assertThat(reply.code()).as("%s", reply.json()).isEqualTo(Integer.parseInt(line.get(4)));
        var found = reply.json().at(line.get(5));
        assertThat(found.isMissingNode() ? "" : found.toString()).isEqualTo(line.get(6));
    }

    @Test
    void aPodThatGoesAtOnceSaysThatItWent() {
        var pods = NAMESPACE + "/pods";
        admin.post(
                NAMESPACE + "/serviceaccounts",
                "{\"metadata\":{\"name\":\"default\"},\"automountServiceAccountToken\":false}");
        admin.post(
                pods,
                "{\"metadata\":{\"name\":\"brief\"},\"spec\":{\"containers\":[{\"name\":\"c\","
                        + "\"image\":\"i\"}]}}");
        var without =
                admin.patch(
                        pods + "/brief", "merge-patch+json", "{\"spec\":{\"tolerations\":null}}");
        assertThat(without.json().at("/spec/tolerations").size()).isEqualTo(2);
        var gone = admin.delete(pods + "/brief").json();
        assertThat(gone.at("/metadata/deletionTimestamp").asString()).isNotEmpty();
        assertThat(gone.at("/metadata/deletionGracePeriodSeconds").asInt(-1)).isZero();
    }

    @Test
    void notesWrittenWithTheStatusAreNoChangeOfWhatIsWanted() {
        var deployments = "/apis/apps/v1/namespaces/default/deployments";
        admin.post(
                deployments,
                """
                {"metadata":{"name":"noted"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":
                {"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}}}
                """);
        var note = "{\"metadata\":{\"annotations\":{\"n\":\"1\"}}}";
        var path = deployments + "/noted";
        var noted = admin.patch(path + "/status", "merge-patch+json", note).json();
        assertThat(noted.at("/metadata/annotations/n").asString()).isEqualTo("1");
        assertThat(noted.at("/metadata/generation").asInt()).isEqualTo(1);
        var changed = admin.patch(path, "merge-patch+json", note.replace('1', '2')).json();
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void aLimitRangeWithoutANameGetsOne() {
        var made = admin.post(NAMESPACE + "/limitranges", "{\"spec\":{\"limits\":[]}}").json();
        assertThat(made.at("/metadata/name").asString()).matches("[0-9a-f-]{36}");
    }

    private Https.Reply ask(List<String> line) {
        var path = line.get(1);
        if (path.startsWith("M") || path.startsWith("N")) {
            path = (path.startsWith("M") ? MAPS : NAMESPACE) + path.substring(1);
        }
        var type = line.get(2);
        var request =
                type.isEmpty()
                        ? admin.request(path)
                        : admin.request(path, "Content-Type", "application/" + type);
        var body = line.get(3).replace('\'', '"');
        return admin.send(request.method(line.get(0), BodyPublishers.ofString(body)));
    }

    private static Stream<List<String>> lines(String table) {
        return table.lines().map(l -> List.of(l.split("\\|", -1)));
    }
}
