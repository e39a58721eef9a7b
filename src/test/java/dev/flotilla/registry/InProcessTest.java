package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.cluster.Change;
import dev.flotilla.cluster.Cluster;
import dev.flotilla.cluster.Deletion;
import dev.flotilla.cluster.Written;
import dev.flotilla.model.ObjectKey;
import dev.flotilla.registry.tree.Tree;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The port that loops use.
class InProcessTest {
    private final Fixture world = new Fixture();
    private final Cluster cluster = world.registry.cluster();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void onlyWhatDiffersIsWritten() {
        world.create(world.pods, Fixture.pod("a"));
        var pod = pod("a");
        var after =
                new PodBuilder(pod).editMetadata().addToAnnotations("n", "1").endMetadata().build();
        var written = cluster.update(pod, after);
        assertThat(written).isInstanceOf(Written.Done.class);
        var tree = world.get(world.pods, "a");
        assertThat(Tree.text(tree, "metadata", "annotations", "n")).isEqualTo("1");
    }

    @Test
    void whatTheTypedModelDoesNotKeepStays() {
        var roles = world.type("rbac.authorization.k8s.io", "v1", "roles");
        world.create(roles, json("{'metadata':{'name':'r'},'rules':[]}"));
        var role = cluster.get(Role.class, new ObjectKey("default", "r")).orElseThrow();
        var after =
                new RoleBuilder(role).editMetadata().addToLabels("n", "1").endMetadata().build();
        assertThat(cluster.update(role, after).done()).isTrue();
        var tree = world.get(roles, "r");
        assertThat(Tree.text(tree, "metadata", "labels", "n")).isEqualTo("1");
        assertThat(tree.path("rules").toString()).isEqualTo("[]");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void aHeadIsWrittenBackWithoutLosingTheRest() {
        world.create(world.pods, Fixture.pod("a"));
        var heads = cluster.heads().list(Pod.class).items();
        assertThat(heads).hasSize(1);
        var head = heads.getFirst();
        assertThat(head.getMetadata().getUid()).isEqualTo(pod("a").getMetadata().getUid());
        assertThat(head.getSpec()).isNull();
        var named = new PodBuilder(head).editMetadata().addToLabels("n", "1").endMetadata().build();
        assertThat(cluster.update(head, named).done()).isTrue();
        assertThat(pod("a").getSpec().getContainers()).isNotEmpty();
        assertThat(pod("a").getMetadata().getLabels()).containsEntry("n", "1");
    }

    @Test
    void aStaleReaderConflicts() {
        world.create(world.pods, Fixture.pod("a"));
        var pod = pod("a");
        var running = new PodBuilder(pod).editStatus().withPhase("Running").endStatus().build();
        assertThat(cluster.updateStatus(pod, running).done()).isTrue();
        assertThat(cluster.updateStatus(pod, running)).isInstanceOf(Written.Conflict.class);
        assertThat(cluster.bind(pod, "n1")).isInstanceOf(Written.Conflict.class);
    }

    @Test
    void statusAndTheRestAreWrittenApart() {
        world.create(world.pods, Fixture.pod("a"));
        var pod = pod("a");
        var both =
                new PodBuilder(pod)
                        .editMetadata()
                        .addToLabels("x", "y")
                        .endMetadata()
                        .editStatus()
                        .withPhase("Running")
                        .endStatus()
                        .build();
        cluster.updateStatus(pod, both);
        assertThat(pod("a").getStatus().getPhase()).isEqualTo("Running");
        assertThat(pod("a").getMetadata().getLabels()).doesNotContainKey("x");
        cluster.update(pod("a"), both);
        assertThat(pod("a").getStatus().getPhase()).isEqualTo("Running");
    }

    @Test
    void aReportIsWrittenAsAPatchOfTheStatusIs() {
        var status =
                """
                {'phase':'Running','hostIP':'10.1.0.1','podIP':'10.42.0.2','message':'',
                'startTime':'2026-05-01T12:00:00Z',
                'conditions':[{'type':'Ready','status':'True','lastProbeTime':null}],
                'containerStatuses':[{'name':'c','image':'nginx:1.29','imageID':'','restartCount':0,
                'ready':false,'started':true,'state':{'running':{}},'lastState':{},
                'allocatedResources':{'cpu':'0.5'}}]}\
                """;
        world.create(world.pods, Fixture.pod("a"));
        world.create(world.pods, Fixture.pod("b"));
        var before = pod("a");
        var after =
                new PodBuilder(before)
                        .withStatus(Fixture.JSON.treeToValue(json(status), PodStatus.class))
                        .editMetadata()
                        .addToAnnotations("n", "1")
                        .endMetadata()
                        .build();
        assertThat(cluster.updateStatus(before, after).done()).isTrue();
        world.registry.patch(
                world.pods,
                Fixture.key(world.pods, "b"),
                Subresource.STATUS,
                PatchType.MERGE,
                json("{'metadata':{'annotations':{'n':'1'}},'status':" + status + "}"),
                WriteOptions.PLAIN);
        assertThat(withoutName("a")).isEqualTo(withoutName("b"));
        var written = pod("a");
        assertThat(cluster.updateStatus(written, written).done()).isTrue();
        assertThat(pod("a")).isEqualTo(written);
    }

    @Test
    void aReportThatSaysNonsenseIsRefused() {
        world.create(world.pods, Fixture.pod("a"));
        var pod = pod("a");
        var nowhere = new PodBuilder(pod).editStatus().addNewPodIP("nowhere").endStatus().build();
        assertThat(cluster.updateStatus(pod, nowhere))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.reason()).isEqualTo("Invalid"));
        var noted =
                new PodBuilder(pod)
                        .editMetadata()
                        .addToAnnotations("no key", "1")
                        .endMetadata()
                        .build();
        assertThat(cluster.updateStatus(pod, noted)).isInstanceOf(Written.Refused.class);
        assertThat(pod("a")).isEqualTo(pod);
    }

    private ObjectNode withoutName(String pod) {
        var tree = world.get(world.pods, pod);
        Tree.child(tree, "metadata").remove(List.of("name", "uid", "resourceVersion"));
        var volumes = Tree.objects(tree, "spec", "volumes");
        assertThat(volumes).hasSize(1); // the account's, of a name by chance
        Tree.child(tree, "spec").remove(List.of("volumes", "containers"));
        return tree;
    }

    @Test
    void aBoundPodStaysUntilItsNodeLetsGo() {
        world.create(world.pods, Fixture.pod("a"));
        var bound = done(cluster.bind(pod("a"), "n1"));
        assertThat(bound.getSpec().getNodeName()).isEqualTo("n1");
        assertThat(cluster.bind(bound, "n2")).isInstanceOf(Written.Conflict.class);
        var marked = done(cluster.delete(bound, Deletion.GRACEFUL));
        assertThat(marked.getMetadata().getDeletionTimestamp()).isEqualTo("2026-05-01T12:00:30Z");
        assertThat(marked.getMetadata().getDeletionGracePeriodSeconds()).isEqualTo(30);
        assertThat(cluster.get(Pod.class, ObjectKey.of(bound))).isPresent();
        assertThat(cluster.delete(marked, Deletion.NOW).done()).isTrue();
        assertThat(cluster.get(Pod.class, ObjectKey.of(bound))).isEmpty();
        assertThat(cluster.delete(marked, Deletion.NOW)).isInstanceOf(Written.Conflict.class);
    }

    @Test
    void anUnboundPodGoesAtOnce() {
        world.create(world.pods, Fixture.pod("a"));
        assertThat(cluster.delete(pod("a"), Deletion.GRACEFUL).done()).isTrue();
        assertThat(cluster.get(Pod.class, Fixture.key(world.pods, "a"))).isEmpty();
    }

    @Test
    void aNamespaceGoesWhenItsFinalizerDoes() {
        world.create(world.namespaces, Fixture.json("{'metadata':{'name':'shop'}}"));
        var shop = cluster.get(Namespace.class, ObjectKey.of("shop")).orElseThrow();
        var going = done(cluster.delete(shop, Deletion.GRACEFUL));
        assertThat(going.getStatus().getPhase()).isEqualTo("Terminating");
        var failure =
                RegistryTest.failure(
                        () ->
                                world.registry.create(
                                        world.pods,
                                        "shop",
                                        Fixture.pod("late"),
                                        WriteOptions.STRICT));
        assertThat(failure.code()).isEqualTo(403);
        assertThat(failure)
                .hasMessage(
                        "pods \"late\" is forbidden: unable to create new content in namespace shop"
                                + " because it is being terminated");
        var released = new NamespaceBuilder(going).editSpec().withFinalizers().endSpec().build();
        assertThat(cluster.update(going, released).done()).isTrue();
        assertThat(cluster.get(Namespace.class, ObjectKey.of("shop"))).isEmpty();
    }

    @Test
    void aPollSeesEveryAcknowledgedWrite() {
        var listing = cluster.list(Pod.class);
        try (var watch = cluster.watch(Pod.class, listing.revision())) {
            for (int i = 0; i < 50; i++) {
                var pod = done(cluster.create(typed("p" + i)));
                assertThat(watch.poll())
                        .singleElement()
                        .isEqualTo(
                                new Change.Put<>(
                                        Long.parseLong(pod.getMetadata().getResourceVersion()),
                                        pod));
            }
            cluster.delete(pod("p7"), Deletion.NOW);
            assertThat(watch.poll())
                    .singleElement()
                    .isInstanceOf(Change.Deleted.class)
                    .extracting(c -> c.object().getMetadata().getName())
                    .isEqualTo("p7");
            assertThat(watch.poll()).isEmpty();
        }
    }

    @Test
    void whatTheApiRefusesStaysRefused() {
        var wrong = new PodBuilder(typed("a")).editSpec().withContainers().endSpec().build();
        assertThat(cluster.create(wrong))
                .isInstanceOfSatisfying(
                        Written.Refused.class, r -> assertThat(r.reason()).isEqualTo("Invalid"));
    }

    private Pod pod(String name) {
        return cluster.get(Pod.class, Fixture.key(world.pods, name)).orElseThrow();
    }

    private static Pod typed(String name) {
        var pod = JsonMapper.shared().treeToValue(Fixture.pod(name), Pod.class);
        return new PodBuilder(pod).editMetadata().withNamespace("default").endMetadata().build();
    }

    private static <T> T done(Written<T> written) {
        assertThat(written).isInstanceOf(Written.Done.class);
        return ((Written.Done<T>) written).object();
    }
}
