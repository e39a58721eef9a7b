package dev.flotilla.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.lab.Command;
import dev.flotilla.lab.Kubectl;
import dev.flotilla.lab.Master;
import dev.flotilla.lab.MostlyWaits;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The real kubectl on a master without nodes: objects are made, changed, looked at and removed,
/// and kubectl says what it says of Kubernetes.
@MostlyWaits
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class KubectlObjectsTest {
    private static final String CONFIG =
            """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: %s
              labels: {set: %s}
            data:
              colour: %s
            """;

    @TempDir static Path folder;

    private Master master;
    private Kubectl kubectl;

    @BeforeAll
    void master() throws IOException {
        Kubectl.assumeInstalled(27);
        master = Master.start(folder);
        kubectl = new Kubectl(master.kubeconfig());
    }

    @AfterAll
    void end() {
        if (master != null) {
            master.close();
        }
    }

    /// Every generator that has a kind here; what it prints, and what `get` then finds.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    configmap c-1 --from-literal=a=1 | configmap/c-1
                    secret generic s-1 --from-literal=a=1 | secret/s-1
                    secret docker-registry s-2 --docker-server=r --docker-username=u --docker-password=p | secret/s-2
                    namespace n-1 | namespace/n-1
                    serviceaccount a-1 | serviceaccount/a-1
                    deployment d-1 --image=nginx --replicas=2 --port=80 | deployment.apps/d-1
                    job j-1 --image=busybox -- true | job.batch/j-1
                    cronjob k-1 --image=busybox --schedule=*/5~*~*~*~* -- true | cronjob.batch/k-1
                    service clusterip v-1 --tcp=80:8080 | service/v-1
                    service clusterip v-2 --clusterip=None | service/v-2
                    service nodeport v-3 --tcp=80 | service/v-3
                    service loadbalancer v-4 --tcp=80 | service/v-4
                    service externalname v-5 --external-name=example.org | service/v-5
                    ingress i-1 --rule=shop.example/*=web:80 --class=own | ingress.networking.k8s.io/i-1
                    poddisruptionbudget b-1 --selector=app=web --min-available=1 | poddisruptionbudget.policy/b-1
                    priorityclass p-1 --value=1000 --description=high | priorityclass.scheduling.k8s.io/p-1
                    quota q-1 --hard=pods=9 | resourcequota/q-1
                    """)
    void create(String words, String name) {
        var argv = argv("create " + words);
        var said = kubectl.run(argv);
        assertThat(said).isEqualTo(name + " created\n");
        assertThat(kubectl.run("get", name, "-o", "name")).isEqualTo(name + "\n");
        assertThat(kubectl.run("describe", name)).contains(name.substring(name.indexOf('/') + 1));
        var again = kubectl.ask(argv);
        assertThat(again.exit()).isEqualTo(1);
    }

    @Test
    void createRefusesWhatIsThere() {
        kubectl.run("create", "configmap", "twice");
        assertThat(fails("create", "configmap", "twice"))
                .isEqualTo(
                        "error: failed to create configmap: configmaps \"twice\" already exists\n");
        assertThat(fails("create", "configmap", "Wrong"))
                .contains("Invalid value: \"Wrong\": a lowercase RFC 1123 subdomain must consist");
    }

    @Test
    void replaceAndReplaceForce() {
        kubectl.apply(CONFIG.formatted("swap", "swap", "red"));
        var other = file(CONFIG.formatted("swap", "swap", "blue"));
        assertThat(kubectl.run("replace", "-f", other)).isEqualTo("configmap/swap replaced\n");
        assertThat(colour("swap")).isEqualTo("blue");
        assertThat(kubectl.run("replace", "--force", "-f", other))
                .contains("configmap \"swap\" deleted", "configmap/swap replaced");
        assertThat(fails("replace", "-f", file(CONFIG.formatted("none", "swap", "red"))))
                .startsWith("Error from server (NotFound)")
                .contains("configmaps \"none\" not found");
    }

    @Test
    void editSavesWhatTheEditorLeft() throws IOException {
        kubectl.apply(CONFIG.formatted("edited", "edited", "red"));
        var editor =
                Files.writeString(folder.resolve("editor"), "#!/bin/sh\nsed -i s/red/green/ $1\n");
        assertThat(editor.toFile().setExecutable(true)).isTrue();
        var edit = new ProcessBuilder("kubectl", "edit", "configmap", "edited");
        edit.environment().put("KUBECONFIG", master.kubeconfig().toString());
        edit.environment().put("KUBE_EDITOR", editor.toString());
        assertThat(Command.run(Duration.ofMinutes(1), edit).succeeded().out())
                .isEqualTo("configmap/edited edited\n");
        assertThat(colour("edited")).isEqualTo("green");
    }

    @Test
    void diffShowsAndJudges() {
        var red = CONFIG.formatted("differs", "differs", "red");
        kubectl.apply(red);
        assertThat(kubectl.ask("diff", "-f", file(red)).exit()).isZero();
        var diff = kubectl.ask("diff", "-f", file(red.replace("red", "blue")));
        assertThat(diff.exit()).isEqualTo(1);
        assertThat(diff.out()).contains("-  colour: red", "+  colour: blue");
        assertThat(colour("differs")).isEqualTo("red");
    }

    @Test
    void applyPrunes() {
        var both =
                CONFIG.formatted("stays", "pruned", "a")
                        + "---\n"
                        + CONFIG.formatted("goes", "pruned", "b");
        kubectl.apply(both);
        var said =
                kubectl.run(
                        "apply",
                        "--prune",
                        "-l",
                        "set=pruned",
                        "--prune-allowlist=core/v1/ConfigMap",
                        "-f",
                        file(CONFIG.formatted("stays", "pruned", "a")));
        assertThat(said).contains("configmap/stays unchanged", "configmap/goes pruned");
        assertThat(kubectl.run("get", "cm", "-l", "set=pruned", "-o", "name"))
                .isEqualTo("configmap/stays\n");
    }

    @Test
    void applyServerSideMeetsAnotherManager() {
        var red = file(CONFIG.formatted("owned", "owned", "red"));
        var blue = file(CONFIG.formatted("owned", "owned", "blue"));
        assertThat(kubectl.run("apply", "--server-side", "-f", red))
                .isEqualTo("configmap/owned serverside-applied\n");
        var conflict = kubectl.ask("apply", "--server-side", "--field-manager=other", "-f", blue);
        assertThat(conflict.exit()).isEqualTo(1);
        assertThat(conflict.err())
                .contains("Apply failed with 1 conflict: conflict with \"kubectl\": .data.colour");
        assertThat(
                        kubectl.run(
                                "apply",
                                "--server-side",
                                "--force-conflicts",
                                "--field-manager=other",
                                "-f",
                                blue))
                .isEqualTo("configmap/owned serverside-applied\n");
        assertThat(colour("owned")).isEqualTo("blue");
    }

    @Test
    void setWritesImageEnvironmentResourcesSelectorAndAccount() {
        kubectl.run("create", "deployment", "set-1", "--image=nginx:1");
        kubectl.run("create", "service", "clusterip", "set-1", "--tcp=80");
        assertThat(kubectl.run("set", "image", "deployment/set-1", "nginx=nginx:2"))
                .isEqualTo("deployment.apps/set-1 image updated\n");
        assertThat(kubectl.run("set", "env", "deployment/set-1", "A=b"))
                .isEqualTo("deployment.apps/set-1 env updated\n");
        assertThat(
                        kubectl.run(
                                "set",
                                "resources",
                                "deployment/set-1",
                                "--limits=cpu=200m,memory=64Mi"))
                .isEqualTo("deployment.apps/set-1 resource requirements updated\n");
        assertThat(kubectl.run("set", "serviceaccount", "deployment/set-1", "default"))
                .isEqualTo("deployment.apps/set-1 serviceaccount updated\n");
        assertThat(kubectl.run("set", "selector", "service/set-1", "app=other"))
                .isEqualTo("service/set-1 selector updated\n");
        var container = kubectl.get("deployment", "set-1").at("/spec/template/spec/containers/0");
        assertThat(container.at("/image").asString()).isEqualTo("nginx:2");
        assertThat(container.at("/env/0/name").asString()).isEqualTo("A");
        assertThat(container.at("/resources/limits/memory").asString()).isEqualTo("64Mi");
        assertThat(kubectl.get("service", "set-1").at("/spec/selector/app").asString())
                .isEqualTo("other");
    }

    @Test
    void exposeAndAutoscale() {
        kubectl.run("create", "deployment", "front", "--image=nginx", "--port=80");
        assertThat(kubectl.run("expose", "deployment", "front", "--port=80"))
                .isEqualTo("service/front exposed\n");
        assertThat(
                        kubectl.run(
                                "autoscale",
                                "deployment",
                                "front",
                                "--min=2",
                                "--max=5",
                                "--cpu-percent=70"))
                .isEqualTo("horizontalpodautoscaler.autoscaling/front autoscaled\n");
        assertThat(kubectl.run("get", "hpa", "front"))
                .contains("REFERENCE", "Deployment/front", "<unknown>/70%");
        assertThat(
                        kubectl.get("horizontalpodautoscalers.v2.autoscaling", "front")
                                .at("/spec/metrics/0/type")
                                .asString())
                .isEqualTo("Resource");
        assertThat(
                        kubectl.get("horizontalpodautoscalers.v1.autoscaling", "front")
                                .at("/spec/targetCPUUtilizationPercentage")
                                .asInt())
                .isEqualTo(70);
    }

    @Test
    void labelAndAnnotateManyAtOnce() {
        kubectl.apply(
                CONFIG.formatted("l-1", "labels", "a")
                        + "---\n"
                        + CONFIG.formatted("l-2", "labels", "b"));
        assertThat(kubectl.run("label", "cm", "-l", "set=labels", "tier=front"))
                .isEqualTo("configmap/l-1 labeled\nconfigmap/l-2 labeled\n");
        assertThat(kubectl.run("label", "cm", "l-1", "tier-"))
                .isEqualTo("configmap/l-1 unlabeled\n");
        assertThat(kubectl.run("annotate", "cm", "l-1", "note=x"))
                .isEqualTo("configmap/l-1 annotated\n");
        assertThat(kubectl.run("get", "cm", "-l", "set=labels,tier!=front", "-o", "name"))
                .isEqualTo("configmap/l-1\n");
        assertThat(kubectl.run("get", "cm", "-l", "set in (labels),tier", "-o", "name"))
                .isEqualTo("configmap/l-2\n");
    }

    @Test
    void getInItsForms() {
        kubectl.apply(
                CONFIG.formatted("g-2", "forms", "b")
                        + "---\n"
                        + CONFIG.formatted("g-1", "forms", "a"));
        assertThat(
                        kubectl.run(
                                "get",
                                "cm",
                                "-l",
                                "set=forms",
                                "-o",
                                "jsonpath={.items[*].data.colour}"))
                .isEqualTo("a b");
        assertThat(
                        kubectl.run(
                                "get",
                                "cm",
                                "-l",
                                "set=forms",
                                "--sort-by=.data.colour",
                                "-o",
                                "custom-columns=N:.metadata.name",
                                "--no-headers"))
                .isEqualTo("g-1\ng-2\n");
        assertThat(
                        kubectl.run(
                                        "get",
                                        "cm",
                                        "-l",
                                        "set=forms",
                                        "--chunk-size=1",
                                        "--no-headers")
                                .lines())
                .hasSize(2);
        assertThat(kubectl.run("get", "cm", "g-1", "--show-labels")).contains("set=forms");
        assertThat(fails("get", "cm", "absent"))
                .isEqualTo("Error from server (NotFound): configmaps \"absent\" not found\n");
        assertThat(fails("get", "nonsense"))
                .isEqualTo("error: the server doesn't have a resource type \"nonsense\"\n");
        assertThat(kubectl.ask("get", "cm", "-n", "empty-one").err())
                .isEqualTo("No resources found in empty-one namespace.\n");
    }

    @Test
    void deleteInItsForms() {
        for (var name : List.of("x-1", "x-2", "x-3")) {
            kubectl.apply(CONFIG.formatted(name, "gone", "a"));
        }
        assertThat(kubectl.run("delete", "cm", "x-1")).startsWith("configmap \"x-1\" deleted");
        assertThat(kubectl.run("delete", "cm", "-l", "set=gone", "--dry-run=server"))
                .contains("configmap \"x-2\" deleted (server dry run)");
        assertThat(kubectl.run("delete", "cm", "-l", "set=gone").lines()).hasSize(2);
        assertThat(fails("delete", "cm", "x-1"))
                .isEqualTo("Error from server (NotFound): configmaps \"x-1\" not found\n");
        assertThat(kubectl.run("delete", "cm", "x-1", "--ignore-not-found")).isEmpty();
    }

    @Test
    void aNamespaceGoesWithAllThatIsInIt() {
        kubectl.run("create", "namespace", "brief");
        kubectl.run("create", "configmap", "inside", "-n", "brief");
        kubectl.run("create", "deployment", "inside", "-n", "brief", "--image=nginx");
        assertThat(kubectl.run("delete", "namespace", "brief"))
                .startsWith("namespace \"brief\" deleted");
        assertThat(fails("get", "namespace", "brief")).contains("not found");
        kubectl.run("create", "namespace", "brief");
        assertThat(kubectl.run("get", "deployments,rs,pods", "-n", "brief", "-o", "name"))
                .isEmpty();
    }

    @Test
    void explainTellsOfFields() {
        assertThat(kubectl.run("explain", "deployment.spec.strategy"))
                .contains(
                        "GROUP:      apps",
                        "KIND:       Deployment",
                        "FIELD: strategy <DeploymentStrategy>")
                .contains("rollingUpdate", "<RollingUpdateDeployment>", "type\t<string>");
        assertThat(kubectl.run("explain", "machine.spec.ssh")).contains("hostKey");
        assertThat(fails("explain", "deployment.spec.nonsense"))
                .isEqualTo("error: field \"nonsense\" does not exist\n");
    }

    @Test
    void whatThereIsAndWhoMay() {
        assertThat(kubectl.run("api-resources", "--namespaced=false", "-o", "name"))
                .contains(
                        "nodes",
                        "namespaces",
                        "persistentvolumes",
                        "storageclasses.storage.k8s.io");
        assertThat(kubectl.run("api-versions").lines())
                .contains(
                        "v1",
                        "apps/v1",
                        "batch/v1",
                        "autoscaling/v2",
                        "policy/v1",
                        "flotilla.dev/v1alpha1");
        assertThat(kubectl.run("auth", "can-i", "create", "pods")).isEqualTo("yes\n");
        assertThat(kubectl.run("auth", "can-i", "--list")).contains("*.*");
        assertThat(kubectl.run("auth", "whoami")).contains("Username");
        assertThat(kubectl.run("get", "--raw", "/readyz")).isEqualTo("ok");
        assertThat(kubectl.run("cluster-info")).contains("control plane");
    }

    /// The words of a line; `~` stands for a space within a word.
    private static String[] argv(String line) {
        return Arrays.stream(line.split(" ")).map(w -> w.replace('~', ' ')).toArray(String[]::new);
    }

    private String colour(String name) {
        return kubectl.get("configmap", name).at("/data/colour").asString();
    }

    /// What it says as it exits with 1.
    private String fails(String... words) {
        var said = kubectl.ask(words);
        assertThat(said.exit()).as(said.out() + said.err()).isEqualTo(1);
        return said.err();
    }

    private static String file(String text) {
        try {
            return Files.writeString(Files.createTempFile(folder, "f", ".yaml"), text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
