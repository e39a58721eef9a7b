package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.model.ObjectKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class QuotaTest {
    private final Fixture world = new Fixture();
    private final ResourceType quotas = world.type("", "v1", "resourcequotas");
    private final ResourceType services = world.type("", "v1", "services");

    @AfterEach
    void close() {
        world.close();
    }

    private ObjectNode quota(String hard) {
        return world.create(
                quotas, Fixture.json("{'metadata':{'name':'q'},'spec':{'hard':" + hard + "}}"));
    }

    private String used() {
        return world.get(quotas, "q").path("status").path("used").toString();
    }

    private static ObjectNode pod(String name, String resources) {
        return Fixture.json(
                "{'metadata':{'name':'%s'},'spec':{'containers':[{'name':'c','image':'x','resources':%s}]}}"
                        .formatted(name, resources));
    }

    @Test
    void aNewQuotaCountsWhatIsThere() {
        world.create(world.configMaps, Fixture.configMap("a", "1"));
        world.create(world.pods, pod("p", "{'requests':{'cpu':'250m','memory':'1Gi'}}"));
        var made =
                quota(
                        "{'pods':'2','requests.cpu':'1','memory':'2Gi','configmaps':'9','resourcequotas':'1','count/pods':'3'}");
        assertThat(made.path("status").path("hard")).isEqualTo(made.path("spec").path("hard"));
        assertThat(used())
                .isEqualTo(
                        "{\"configmaps\":\"2\",\"count/pods\":\"1\",\"memory\":\"1Gi\",\"pods\":\"1\","
                            + "\"requests.cpu\":\"250m\",\"resourcequotas\":\"1\"}");
    }

    @Test
    void moreThanAllowedIsRefusedAndLessIsGivenBack() {
        quota("{'pods':'1','requests.cpu':'1'}");
        world.create(world.pods, pod("p", "{'requests':{'cpu':'600m'}}"));
        var failure =
                RegistryTest.failure(
                        () -> world.create(world.pods, pod("r", "{'requests':{'cpu':'500m'}}")));
        assertThat(failure.code()).isEqualTo(403);
        assertThat(failure)
                .hasMessage(
                        "pods \"r\" is forbidden: exceeded quota: q, requested:"
                            + " pods=1,requests.cpu=500m, used: pods=1,requests.cpu=600m, limited:"
                            + " pods=1,requests.cpu=1");
        world.registry.delete(world.pods, new ObjectKey("default", "p"), DeleteOptions.PLAIN);
        assertThat(used()).isEqualTo("{\"pods\":\"0\",\"requests.cpu\":\"0\"}");
        world.create(world.pods, pod("r", "{'requests':{'cpu':'500m'}}"));
        assertThat(used()).isEqualTo("{\"pods\":\"1\",\"requests.cpu\":\"500m\"}");
    }

    @Test
    void whoIsLimitedHasToSayWhatItAsksFor() {
        quota("{'requests.cpu':'1','limits.memory':'1Gi'}");
        assertThat(RegistryTest.failure(() -> world.create(world.pods, pod("p", "{}"))))
                .hasMessage(
                        "pods \"p\" is forbidden: failed quota: q: must specify limits.memory for:"
                                + " c; requests.cpu for: c");
    }

    @Test
    void aPodThatIsOverUsesNothingMore() {
        quota("{'pods':'1','count/pods':'5'}");
        world.create(world.pods, pod("p", "{}"));
        world.registry.patch(
                world.pods,
                new ObjectKey("default", "p"),
                Subresource.STATUS,
                PatchType.MERGE,
                Fixture.json("{'status':{'phase':'Succeeded'}}"),
                WriteOptions.STRICT);
        assertThat(used()).isEqualTo("{\"count/pods\":\"1\",\"pods\":\"0\"}");
        world.create(world.pods, pod("r", "{}"));
    }

    @Test
    void aServiceIsChargedByItsType() {
        quota("{'services':'2','services.nodeports':'2'}");
        world.create(
                services,
                Fixture.json(
                        "{'metadata':{'name':'s'},'spec':{'type':'NodePort','ports':[{'port':1,'name':'a'},{'port':2,'name':'b'}]}}"));
        assertThat(used()).isEqualTo("{\"services\":\"2\",\"services.nodeports\":\"2\"}");
        world.patch(services, "s", PatchType.MERGE, "{'spec':{'type':'ClusterIP'}}");
        assertThat(used()).isEqualTo("{\"services\":\"2\",\"services.nodeports\":\"0\"}");
    }

    @Test
    void aScopeChoosesPods() {
        world.create(
                quotas,
                Fixture.json(
                        "{'metadata':{'name':'q'},'spec':{'hard':{'pods':'1'},'scopes':['BestEffort']}}"));
        world.create(world.pods, pod("a", "{'requests':{'cpu':'1'}}"));
        world.create(world.pods, pod("b", "{}"));
        assertThat(used()).isEqualTo("{\"pods\":\"1\"}");
        assertThat(RegistryTest.failure(() -> world.create(world.pods, pod("c", "{}"))))
                .hasMessageContaining("exceeded quota: q, requested: pods=1, used: pods=1");
    }

    @Test
    void aDryRunIsRefusedTheSameAndChargesNothing() {
        quota("{'pods':'1'}");
        var dry = new WriteOptions(true, FieldValidation.STRICT, "", _ -> {});
        world.registry.create(world.pods, "default", pod("p", "{}"), dry);
        assertThat(used()).isEqualTo("{\"pods\":\"0\"}");
        world.create(world.pods, pod("p", "{}"));
        assertThat(
                        RegistryTest.failure(
                                () ->
                                        world.registry.create(
                                                world.pods, "default", pod("r", "{}"), dry)))
                .hasMessageContaining("exceeded quota: q");
    }

    @Test
    void aQuotaThatLimitsOtherThingsIsCountedAnew() {
        quota("{'pods':'5'}");
        world.create(world.pods, pod("p", "{}"));
        world.patch(quotas, "q", PatchType.MERGE, "{'spec':{'hard':{'services':'3'}}}");
        assertThat(used()).isEqualTo("{\"pods\":\"1\",\"services\":\"1\"}");
    }

    /// Many at once, and the quota comes and changes in their midst.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theAccountIsRightWhateverHappensAtOnce(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var all = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 12; i++) {
                var own = random.split();
                int number = i;
                all.add(
                        () -> {
                            for (int step = 0; step < 15; step++) {
                                write("c" + number + "-" + step % 4, own);
                            }
                            return null;
                        });
            }
            all.add(
                    () -> {
                        quota("{'configmaps':'20'}");
                        world.patch(
                                quotas,
                                "q",
                                PatchType.MERGE,
                                "{'spec':{'hard':{'count/configmaps':'20'}}}");
                        return null;
                    });
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        }
        int there = world.registry.list(world.configMaps, "default", ListQuery.ALL).items().size();
        assertThat(used())
                .isEqualTo(
                        "{\"configmaps\":\"%d\",\"count/configmaps\":\"%d\"}"
                                .formatted(there, there));
    }

    private void write(String name, SplittableRandom random) {
        try {
            if (random.nextInt(3) == 0) {
                world.registry.delete(
                        world.configMaps, new ObjectKey("default", name), DeleteOptions.PLAIN);
            } else {
                world.create(world.configMaps, Fixture.configMap(name, "1"));
            }
        } catch (ApiFailure e) {
            assertThat(e.code()).as(e.getMessage()).isIn(403, 404, 409);
        }
    }
}
