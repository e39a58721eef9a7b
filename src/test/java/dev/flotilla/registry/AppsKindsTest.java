package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// DaemonSet, StatefulSet, Deployment, ReplicaSet and ControllerRevision, as the API has them.
class AppsKindsTest {
    private static final String TEMPLATE =
            "'template':{'metadata':{'labels':{'app':'web'}},"
                    + "'spec':{'containers':[{'name':'c','image':'nginx:1.29'}]}}";

    private final Fixture world = new Fixture();
    private final Verdicts daemonSets = verdicts("daemonsets", "");
    private final Verdicts statefulSets = verdicts("statefulsets", "'serviceName':'web',");
    private final Verdicts deployments = verdicts("deployments", "");
    private final Verdicts replicaSets = verdicts("replicasets", "");

    private Verdicts verdicts(String plural, String more) {
        var base =
                "{'metadata':{'name':'web'},'spec':{%s'selector':{'matchLabels':{'app':'web'}},%s}}"
                        .formatted(more, TEMPLATE);
        return new Verdicts(world, world.type("apps", "v1", plural), Fixture.json(base));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'selector':null}} | spec.template.metadata.labels: Invalid value:"
                        + " {\"app\":\"web\"}: `selector` does not match template `labels`",
                "{'spec':{'selector':{'matchLabels':null}}} | spec.selector: Invalid value: {}:"
                        + " empty selector is invalid for daemonset",
                "{'spec':{'template':{'spec':{'restartPolicy':'Never'}}}} |"
                        + " spec.template.spec.restartPolicy: Unsupported value: \"Never\":"
                        + " supported values: \"Always\"",
                "{'spec':{'template':{'spec':{'activeDeadlineSeconds':5}}}} |"
                        + " spec.template.spec.activeDeadlineSeconds: Forbidden:"
                        + " activeDeadlineSeconds in DaemonSet is not Supported",
                "{'spec':{'minReadySeconds':-1}} | spec.minReadySeconds: Invalid value: -1: must"
                        + " be greater than or equal to 0",
                "{'spec':{'updateStrategy':{'rollingUpdate':{'maxSurge':1}}}} |"
                        + " spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: 1: may not"
                        + " be set when maxUnavailable is non-zero",
                "{'spec':{'updateStrategy':{'rollingUpdate':{'maxUnavailable':0}}}} |"
                        + " spec.updateStrategy.rollingUpdate.maxUnavailable: Required value:"
                        + " cannot be 0 when maxSurge is 0",
                "{'spec':{'updateStrategy':{'rollingUpdate':{'maxUnavailable':'101%'}}}} |"
                        + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value:"
                        + " \"101%\": must not be greater than 100%",
                "{'spec':{'updateStrategy':{'type':'Odd'}}} | spec.updateStrategy: Unsupported"
                        + " value: {\"type\":\"Odd\"}: supported values: \"RollingUpdate\","
                        + " \"OnDelete\"",
                "{'spec':{'revisionHistoryLimit':-2}} | spec.revisionHistoryLimit: Invalid value:"
                        + " -2: must be greater than or equal to 0",
            })
    void aDaemonSetIsRefused(String patch, String problem) {
        assertThat(daemonSets.ofCreate(patch)).containsExactly(problem.replace("´", "`"));
    }

    @Test
    void aDaemonSetCountsItsTemplates() {
        var made = daemonSets.create("{}");
        assertThat(Tree.at(made, "spec", "updateStrategy"))
                .isEqualTo(
                        Fixture.json(
                                "{'type':'RollingUpdate','rollingUpdate':"
                                        + "{'maxUnavailable':1,'maxSurge':0}}"));
        assertThat(Tree.number(made, 0, "spec", "revisionHistoryLimit")).isEqualTo(10);
        assertThat(templates(made)).isEqualTo("1");
        assertThat(templates(daemonSets.change("{'spec':{'minReadySeconds':3}}"))).isEqualTo("1");
        var changed = daemonSets.change("{'spec':{'template':{'metadata':{'labels':{'b':'c'}}}}}");
        assertThat(templates(changed)).isEqualTo("2");
        assertThat(Tree.number(changed, 0, "metadata", "generation")).isEqualTo(3);
        assertThat(daemonSets.ofChange("{'spec':{'selector':{'matchLabels':{'b':'c'}}}}"))
                .containsExactly(
                        "spec.selector: Invalid value:"
                                + " {\"matchLabels\":{\"app\":\"web\",\"b\":\"c\"}}: field is"
                                + " immutable");
        assertThat(daemonSets.ofStatus("{'status':{'numberReady':-1,'collisionCount':2}}"))
                .containsExactly(
                        "status.numberReady: Invalid value: -1: must be greater than or equal to"
                                + " 0");
    }

    private static String templates(tools.jackson.databind.node.ObjectNode object) {
        return Tree.text(
                object, "metadata", "annotations", "deprecated.daemonset.template.generation");
    }

    @Test
    void aDaemonSetsRow() {
        daemonSets.create("{'spec':{'template':{'spec':{'nodeSelector':{'disk':'ssd'}}}}}");
        var seen =
                daemonSets.status(
                        "{'status':{'desiredNumberScheduled':3,'currentNumberScheduled':2,"
                                + "'numberReady':1,'updatedNumberScheduled':2}}");
        assertThat(daemonSets.row(seen))
                .containsExactly(
                        "Name=web",
                        "Desired=3",
                        "Current=2",
                        "Ready=1",
                        "Up-to-date=2",
                        "Available=0",
                        "Node Selector=disk=ssd",
                        "Age=0s",
                        "[Containers=c]",
                        "[Images=nginx:1.29]",
                        "[Selector=app=web]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'metadata':{'name':'a.b'}} | metadata.name: Invalid value: \"a.b\": must not"
                        + " contain dots",
                "{'spec':{'podManagementPolicy':'Odd'}} | spec.podManagementPolicy: Invalid value:"
                        + " \"Odd\": must be 'OrderedReady' or 'Parallel'",
                "{'spec':{'updateStrategy':{'rollingUpdate':{'partition':-1}}}} |"
                        + " spec.updateStrategy.rollingUpdate.partition: Invalid value: -1: must"
                        + " be greater than or equal to 0",
                "{'spec':{'updateStrategy':{'rollingUpdate':{'maxUnavailable':0}}}} |"
                        + " spec.updateStrategy.rollingUpdate.maxUnavailable: Invalid value: 0:"
                        + " cannot be 0",
                "{'spec':{'updateStrategy':{'type':'OnDelete','rollingUpdate':{'partition':1}}}} |"
                        + " spec.updateStrategy.rollingUpdate: Invalid value: {\"partition\":1}:"
                        + " only allowed for updateStrategy 'RollingUpdate'",
                "{'spec':{'persistentVolumeClaimRetentionPolicy':{'whenScaled':'Keep'}}} |"
                        + " spec.persistentVolumeClaimRetentionPolicy.whenScaled: Unsupported"
                        + " value: \"Keep\": supported values: \"Retain\", \"Delete\"",
                "{'spec':{'ordinals':{'start':-1}}} | spec.ordinals.start: Invalid value: -1: must"
                        + " be greater than or equal to 0",
                "{'spec':{'replicas':-1}} | spec.replicas: Invalid value: -1: must be greater than"
                        + " or equal to 0",
                "{'spec':{'template':{'spec':{'activeDeadlineSeconds':5}}}} |"
                        + " spec.template.spec.activeDeadlineSeconds: Forbidden:"
                        + " activeDeadlineSeconds in StatefulSet is not Supported",
            })
    void aStatefulSetIsRefused(String patch, String problem) {
        assertThat(statefulSets.ofCreate(patch)).containsExactly(problem);
    }

    @Test
    void aStatefulSetsClaimsAreVolumesOfItsPods() {
        var made =
                statefulSets.create(
                        "{'spec':{'volumeClaimTemplates':[{'metadata':{'name':'data'},'spec':{"
                            + "'accessModes':['ReadWriteOnce'],'resources':{'requests':{'storage':'1Gi'}}}}],"
                            + "'template':{'spec':{'containers':[{'name':'c','image':'i',"
                            + "'volumeMounts':[{'name':'data','mountPath':'/d'}]}]}}}}");
        var claim = Tree.objects(made, "spec", "volumeClaimTemplates").getFirst();
        assertThat(Tree.text(claim, "kind")).isEqualTo("PersistentVolumeClaim");
        assertThat(Tree.text(claim, "spec", "volumeMode")).isEqualTo("Filesystem");
        assertThat(Tree.text(claim, "status", "phase")).isEqualTo("Pending");
        assertThat(Tree.text(made, "spec", "podManagementPolicy")).isEqualTo("OrderedReady");
        assertThat(Tree.number(made, -1, "spec", "updateStrategy", "rollingUpdate", "partition"))
                .isZero();
        assertThat(statefulSets.ofChange("{'spec':{'replicas':4,'minReadySeconds':2}}")).isEmpty();
        assertThat(statefulSets.ofChange("{'spec':{'serviceName':'other'}}"))
                .containsExactly(
                        "spec: Forbidden: updates to statefulset spec for fields other than"
                            + " 'replicas', 'ordinals', 'template', 'updateStrategy',"
                            + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and"
                            + " 'minReadySeconds' are forbidden");
        assertThat(statefulSets.ofStatus("{'status':{'replicas':1,'currentReplicas':2}}"))
                .containsExactly(
                        "status.currentReplicas: Invalid value: 2: cannot be greater than"
                                + " status.replicas");
        var seen = statefulSets.status("{'status':{'replicas':2,'readyReplicas':1}}");
        assertThat(statefulSets.row(seen))
                .containsExactly("Name=web", "Ready=1/4", "Age=0s", "[Containers=c]", "[Images=i]");
    }

    @Test
    void aMissingSelectorIsToldOfTwice() {
        var expected =
                new String[] {
                    "spec.selector: Required value",
                    "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: `selector`"
                            + " does not match template `labels`"
                };
        assertThat(deployments.ofCreate("{'spec':{'selector':null}}")).containsExactly(expected);
        assertThat(replicaSets.ofCreate("{'spec':{'selector':null}}")).containsExactly(expected);
        assertThat(statefulSets.ofCreate("{'spec':{'selector':null}}")).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'matchExpressions':[{'key':'app','operator':'In'}]} |"
                        + " spec.selector.matchExpressions[0].values: Required value: must be"
                        + " specified when `operator` is 'In' or 'NotIn'",
                "{'matchExpressions':[{'key':'app','operator':'Exists','values':['a']}]} |"
                        + " spec.selector.matchExpressions[0].values: Forbidden: may not be"
                        + " specified when `operator` is 'Exists' or 'DoesNotExist'",
                "{'matchExpressions':[{'key':'app','operator':'Like'}]} |"
                        + " spec.selector.matchExpressions[0].operator: Invalid value: \"Like\":"
                        + " not a valid selector operator",
            })
    void selectorsHaveToMakeSense(String selector, String problem) {
        assertThat(deployments.ofCreate("{'spec':{'selector':" + selector + "}}"))
                .contains(problem.replace("operator is", "operator` is"));
    }

    @Test
    void aDeploymentsStrategyAndStatus() {
        assertThat(deployments.ofCreate("{'spec':{'strategy':{'type':'Odd'}}}"))
                .containsExactly(
                        "spec.strategy: Unsupported value: {\"type\":\"Odd\"}: supported values:"
                                + " \"Recreate\", \"RollingUpdate\"");
        assertThat(
                        deployments.ofCreate(
                                "{'spec':{'progressDeadlineSeconds':5,'minReadySeconds':5}}"))
                .containsExactly(
                        "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than"
                                + " minReadySeconds");
        deployments.create("{}");
        assertThat(deployments.ofStatus("{'status':{'replicas':1,'availableReplicas':1}}"))
                .containsExactly(
                        "status.availableReplicas: Invalid value: 1: cannot be greater than"
                                + " readyReplicas");
        var noted = deployments.change("{'metadata':{'annotations':{'a':'b'}}}");
        assertThat(Tree.number(noted, 0, "metadata", "generation")).isEqualTo(2);
        var labelled = deployments.change("{'metadata':{'labels':{'a':'b'}}}");
        assertThat(Tree.number(labelled, 0, "metadata", "generation")).isEqualTo(2);
    }

    @Test
    void aRevisionsDataIsForGood() {
        var revisions =
                new Verdicts(
                        world,
                        world.type("apps", "v1", "controllerrevisions"),
                        Fixture.json(
                                "{'metadata':{'name':'web-1','ownerReferences':[{'apiVersion':"
                                    + "'apps/v1','kind':'StatefulSet','name':'web','uid':'u',"
                                    + "'controller':true}]},'data':{'spec':{'a':1}},'revision':7}"));
        assertThat(revisions.ofCreate("{'data':null,'revision':-1}"))
                .containsExactly(
                        "data: Required value: data is mandatory",
                        "revision: Invalid value: -1: must be greater than or equal to 0");
        var made = revisions.create("{}");
        assertThat(revisions.row(made))
                .containsExactly(
                        "Name=web-1", "Controller=statefulset.apps/web", "Revision=7", "Age=0s");
        assertThat(revisions.ofChange("{'data':{'spec':{'a':2}}}"))
                .containsExactly("data: Invalid value: {\"spec\":{\"a\":2}}: field is immutable");
        assertThat(revisions.ofChange("{'revision':8}")).isEmpty();
    }
}
