package dev.flotilla.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.registry.tree.Tree;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Jobs and CronJobs, as the API has them.
class BatchKindsTest {
    private static final String SPEC =
            "{'template':{'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i'}]}}}";

    private final Fixture world = new Fixture();
    private final Verdicts jobs =
            new Verdicts(
                    world,
                    world.type("batch", "v1", "jobs"),
                    Fixture.json("{'metadata':{'name':'pi'},'spec':" + SPEC + "}"));
    private final Verdicts crons =
            new Verdicts(
                    world,
                    world.type("batch", "v1", "cronjobs"),
                    Fixture.json(
                            "{'metadata':{'name':'nightly'},'spec':{'schedule':'*/5 0-6 * * mon',"
                                    + "'jobTemplate':{'spec':"
                                    + SPEC
                                    + "}}}"));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aJobKnowsItsPodsByItsUid() {
        var job = jobs.create("{}");
        var uid = Tree.text(job, "metadata", "uid");
        var labels =
                Fixture.json(
                        "{'controller-uid':'%s','batch.kubernetes.io/controller-uid':'%s','job-name':'pi','batch.kubernetes.io/job-name':'pi'}"
                                .formatted(uid, uid));
        assertThat(Tree.at(job, "spec", "template", "metadata", "labels")).isEqualTo(labels);
        assertThat(Tree.at(job, "metadata", "labels")).isEqualTo(labels);
        assertThat(Tree.at(job, "spec", "selector"))
                .isEqualTo(
                        Fixture.json(
                                "{'matchLabels':{'batch.kubernetes.io/controller-uid':'%s'}}"
                                        .formatted(uid)));
        var spec = Tree.copy(job, "spec");
        spec.remove(java.util.List.of("template", "selector"));
        assertThat(spec)
                .isEqualTo(
                        Fixture.json(
                                "{'completions':1,'parallelism':1,'backoffLimit':6,"
                                    + "'completionMode':'NonIndexed','suspend':false,"
                                    + "'manualSelector':false,'podReplacementPolicy':'TerminatingOrFailed'}"));
        assertThat(Tree.at(job, "status")).isEqualTo(Fixture.json("{}"));
        assertThat(Tree.number(job, 0, "metadata", "generation")).isEqualTo(1);
    }

    @Test
    void aForeignSelectorIsRefused() {
        assertThat(
                        jobs.ofCreate(
                                "{'spec':{'selector':{'matchLabels':{'batch.kubernetes.io/controller-uid':'x'}}}}"))
                .anySatisfy(p -> assertThat(p).endsWith("`selector` not auto-generated"))
                .anySatisfy(
                        p -> assertThat(p).endsWith("`selector` does not match template `labels`"));
        assertThat(jobs.ofCreate("{'spec':{'template':{'metadata':{'labels':{'job-name':'x'}}}}}"))
                .singleElement()
                .asString()
                .startsWith("spec.template.metadata.labels[job-name]: Invalid value: {")
                .endsWith("must be 'pi'");
        assertThat(
                        jobs.ofCreate(
                                "{'spec':{'manualSelector':true,'selector':{'matchLabels':{'a':'b'}},"
                                    + "'template':{'metadata':{'labels':{'a':'b'}}}}}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'template':{'spec':{'restartPolicy':null}} | template.spec.restartPolicy:"
                        + " Required value: valid values: \"OnFailure\", \"Never\"",
                "'parallelism':-1 | parallelism: Invalid value: -1: must be greater than or equal"
                        + " to 0",
                "'backoffLimit':-1 | backoffLimit: Invalid value: -1: must be greater than or"
                        + " equal to 0",
                "'completionMode':'Odd' | completionMode: Unsupported value: \"Odd\": supported"
                        + " values: \"NonIndexed\", \"Indexed\"",
                "'completionMode':'Indexed','parallelism':2 | completions: Required value: when"
                        + " completion mode is Indexed",
                "'backoffLimitPerIndex':1 | backoffLimitPerIndex: Invalid value: 1: requires"
                        + " indexed completion mode",
                "'completionMode':'Indexed','completions':3,'maxFailedIndexes':4,'backoffLimitPerIndex':1"
                    + " | maxFailedIndexes: Invalid value: 4: must be less than or equal to"
                    + " completions",
                "'managedBy':'me' | managedBy: Invalid value: \"me\": must be a domain-prefixed"
                        + " path (such as \"acme.io/foo\")",
                "'podReplacementPolicy':'Odd' | podReplacementPolicy: Unsupported value: \"Odd\":"
                        + " supported values: \"Failed\", \"TerminatingOrFailed\"",
                "'podFailurePolicy':{'rules':[{'action':'Ignore'}]} | podFailurePolicy.rules[0]:"
                        + " Invalid value: specifying one of OnExitCodes and OnPodConditions is"
                        + " required",
                "'podFailurePolicy':{'rules':[{'action':'FailJob','onExitCodes':{'operator':'In','values':[0]}}]}"
                    + " | podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must"
                    + " not be 0 for the In operator",
                "'podFailurePolicy':{'rules':[{'action':'FailJob','onExitCodes':{'operator':'In','values':[3,2]}}]}"
                    + " | podFailurePolicy.rules[0].onExitCodes.values: Invalid value: [3,2]: must"
                    + " be ordered",
                "'podFailurePolicy':{'rules':[{'action':'FailJob','onExitCodes':{'containerName':'x','operator':'In','values':[3]}}]}"
                    + " | podFailurePolicy.rules[0].onExitCodes.containerName: Invalid value:"
                    + " \"x\": must be one of the container or initContainer names in the pod"
                    + " template",
                "'podFailurePolicy':{'rules':[{'action':'FailIndex','onPodConditions':[{'type':'A'}]}]}"
                    + " | podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires"
                    + " the backoffLimitPerIndex to be set",
                "'completionMode':'Indexed','completions':3,'successPolicy':{'rules':[{'succeededIndexes':'0-5'}]}"
                    + " | successPolicy.rules[0].succeededIndexes: Invalid value: \"0-5\": error"
                    + " parsing succeededIndexes: too large index: \"5\"",
                "'completionMode':'Indexed','completions':3,'successPolicy':{'rules':[{'succeededIndexes':'0,2','succeededCount':3}]}"
                    + " | successPolicy.rules[0].succeededCount: Invalid value: 3: must be less"
                    + " than or equal to 2 (the number of indexes in the specified succeededIndexes"
                    + " field)",
            })
    void aJobIsRefusedWhetherItsOwnOrOfACronJob(String spec, String problem) {
        assertThat(jobs.ofCreate("{'spec':{" + spec + "}}")).containsExactly("spec." + problem);
        var inCron = "{'spec':{'jobTemplate':{'spec':{" + spec + "}}}}";
        assertThat(crons.ofCreate(inCron)).contains("spec.jobTemplate.spec." + problem);
    }

    @Test
    void mostOfAJobStays() {
        jobs.create("{}");
        assertThat(jobs.ofChange("{'spec':{'completions':2}}"))
                .containsExactly("spec.completions: Invalid value: 2: field is immutable");
        assertThat(jobs.ofChange("{'spec':{'completionMode':'Indexed'}}"))
                .containsExactly(
                        "spec.completionMode: Invalid value: \"Indexed\": field is immutable");
        assertThat(jobs.ofChange("{'spec':{'template':{'spec':{'nodeSelector':{'a':'b'}}}}}"))
                .singleElement()
                .asString()
                .startsWith("spec.template: Invalid value: ")
                .endsWith("field is immutable");
        var changed = jobs.change("{'spec':{'parallelism':3,'suspend':true}}");
        assertThat(Tree.number(changed, 0, "metadata", "generation")).isEqualTo(2);
        assertThat(jobs.ofChange("{'spec':{'template':{'spec':{'nodeSelector':{'a':'b'}}}}}"))
                .as("a suspended job that never ran may move")
                .isEmpty();
    }

    @Test
    void anIndexedJobGrowsAsAWhole() {
        jobs.create("{'spec':{'completionMode':'Indexed','completions':3,'parallelism':3}}");
        assertThat(jobs.ofChange("{'spec':{'completions':4}}"))
                .containsExactly(
                        "spec.completions: Invalid value: 4: can only be modified in tandem with"
                                + " spec.parallelism");
        assertThat(jobs.ofChange("{'spec':{'completions':4,'parallelism':4}}")).isEmpty();
    }

    @Test
    void aJobsStatusHasToAgree() {
        jobs.create("{}");
        assertThat(jobs.ofStatus("{'status':{'active':1,'ready':2}}"))
                .containsExactly(
                        "status.ready: Invalid value: 2: cannot set more ready pods than active");
        assertThat(jobs.ofStatus("{'status':{'conditions':[{'type':'Failed','status':'True'}]}}"))
                .containsExactly(
                        "status.conditions: Invalid value: cannot set Failed=True condition"
                                + " without the FailureTarget=true condition",
                        "status.startTime: Required value: startTime is required for finished job");
        var ended =
                jobs.status(
                        "{'status':{'succeeded':1,'startTime':'2026-05-01T11:00:00Z','completionTime':"
                            + "'2026-05-01T11:01:35Z','conditions':[{'type':'SuccessCriteriaMet',"
                            + "'status':'True'},{'type':'Complete','status':'True'}]}}");
        assertThat(jobs.row(ended))
                .startsWith(
                        "Name=pi",
                        "Status=Complete",
                        "Completions=1/1",
                        "Duration=95s",
                        "Age=0s",
                        "[Containers=c]",
                        "[Images=i]");
        assertThat(jobs.ofStatus("{'status':{'succeeded':0}}"))
                .containsExactly(
                        "status.succeeded: Invalid value: 0: cannot decrease the succeeded"
                                + " counter");
        assertThat(
                        world.registry
                                .list(jobs.type(), "", ListQuery.where("", "status.successful=1"))
                                .items())
                .hasSize(1);
    }

    @Test
    void aNewJobsRow() {
        assertThat(jobs.row(jobs.create("{'spec':{'parallelism':3}}")))
                .startsWith("Name=pi", "Status=Running", "Completions=0/1 of 3", "Duration=");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "* * * * | expected exactly 5 fields, found 4: [* * * *]",
                "60 * * * * | end of range (60) above maximum (59): 60",
                "* * 0 * * | beginning of range (0) below minimum (1): 0",
                "* * * * 7 | end of range (7) above maximum (6): 7",
                "5-1 * * * * | beginning of range (5) beyond end of range (1): 5-1",
                "1-2-3 * * * * | too many hyphens: 1-2-3",
                "1/2/3 * * * * | too many slashes: 1/2/3",
                "*/0 * * * * | step of range should be a positive number: */0",
                "a * * * * | failed to parse int from a: strconv.Atoi: parsing \"a\": invalid"
                        + " syntax",
                "@reboot | unrecognized descriptor: @reboot",
                "@every soon | failed to parse duration @every soon: time: invalid duration"
                        + " \"soon\"",
            })
    void aScheduleIsRefused(String schedule, String why) {
        assertThat(crons.ofCreate("{'spec':{'schedule':'" + schedule + "'}}"))
                .containsExactly("spec.schedule: Invalid value: \"" + schedule + "\": " + why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@hourly",
                "@every 1h30m",
                "0 0 1 JAN-mar sun",
                "0,30 */2 ? * *",
                "5/15 * * * *"
            })
    void aScheduleIsTaken(String schedule) {
        assertThat(crons.ofCreate("{'spec':{'schedule':'" + schedule + "'}}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'spec':{'schedule':'TZ=UTC 0 * * * *'}} | spec.schedule: Invalid value: \"TZ=UTC"
                        + " 0 * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field"
                        + " instead",
                "{'spec':{'schedule':null}} | spec.schedule: Required value",
                "{'spec':{'timeZone':'Mars/Base'}} | spec.timeZone: Invalid value: \"Mars/Base\":"
                        + " unknown time zone Mars/Base",
                "{'spec':{'timeZone':''}} | spec.timeZone: Invalid value: \"\": timeZone must be"
                        + " nil or non-empty string",
                "{'spec':{'concurrencyPolicy':'Odd'}} | spec.concurrencyPolicy: Unsupported value:"
                        + " \"Odd\": supported values: \"Allow\", \"Forbid\", \"Replace\"",
                "{'spec':{'startingDeadlineSeconds':-1}} | spec.startingDeadlineSeconds: Invalid"
                        + " value: -1: must be greater than or equal to 0",
                "{'spec':{'failedJobsHistoryLimit':-1}} | spec.failedJobsHistoryLimit: Invalid"
                        + " value: -1: must be greater than or equal to 0",
                "{'metadata':{'name':'a123456789b123456789c123456789d123456789e123456789xyz'}} |"
                        + " metadata.name: Invalid value:"
                        + " \"a123456789b123456789c123456789d123456789e123456789xyz\": must be no"
                        + " more than 52 characters",
            })
    void aCronJobIsRefused(String patch, String problem) {
        assertThat(crons.ofCreate(patch)).containsExactly(problem);
    }

    @Test
    void aCronJobsRow() {
        crons.create("{'spec':{'timeZone':'Europe/Vienna','suspend':true}}");
        var seen =
                crons.status(
                        "{'status':{'active':[{'name':'a'}],'lastScheduleTime':'2026-05-01T11:57:00Z'}}");
        assertThat(crons.row(seen))
                .containsExactly(
                        "Name=nightly",
                        "Schedule=*/5 0-6 * * mon",
                        "Timezone=Europe/Vienna",
                        "Suspend=True",
                        "Active=1",
                        "Last Schedule=3m",
                        "Age=0s",
                        "[Containers=c]",
                        "[Images=i]",
                        "[Selector=<none>]");
    }

    @Test
    void aJobsStatusNamesEachPodAndIndexOnce() {
        jobs.create(
                "{'spec':{'completionMode':'Indexed','completions':9,'parallelism':9,'backoffLimitPerIndex':1}}");
        assertThat(
                        jobs.ofStatus(
                                "{'status':{'uncountedTerminatedPods':{'succeeded':['a',''],'failed':['a']}}}"))
                .containsExactly(
                        "status.uncountedTerminatedPods.succeeded[1]: Invalid value: \"\": must not"
                                + " be empty",
                        "status.uncountedTerminatedPods.failed[0]: Duplicate value: \"a\"");
        assertThat(
                        jobs.ofStatus(
                                "{'status':{'completedIndexes':'0-3,7','failedIndexes':'1-2,12'}}"))
                .containsExactly(
                        "status.failedIndexes: Invalid value: \"1-2,12\": error parsing"
                                + " failedIndexes: too large index: \"12\"",
                        "status.failedIndexes: Invalid value: \"1-2,12\": failedIndexes and"
                                + " completedIndexes overlap at index: 1");
        jobs.status("{'status':{'succeeded':3}}");
        assertThat(jobs.ofStatus("{'status':{'succeeded':2}}"))
                .as("a job of so many at once may have become smaller")
                .isEmpty();
    }

    @Test
    void whatIsAskedOfANewJobIsNotAskedAgain() {
        jobs.create("{'spec':{'suspend':true}}");
        assertThat(jobs.ofChange("{'spec':{'template':{'metadata':{'labels':{'job-name':null}}}}}"))
                .isEmpty();
        var labels = jobs.change("{'metadata':{'labels':null}}").at("/metadata/labels");
        assertThat(labels.has("controller-uid")).as("labels of its pods, if it has none").isTrue();
    }

    @Test
    void aCronJobsRulesOfFailureAreFilledIn() {
        var rules =
                "{'rules':[{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget'}]}]}";
        var cron =
                crons.create(
                        "{'spec':{'jobTemplate':{'spec':{'podFailurePolicy':" + rules + "}}}}");
        assertThat(
                        cron.at(
                                        "/spec/jobTemplate/spec/podFailurePolicy/rules/0/onPodConditions/0/status")
                                .asString())
                .isEqualTo("True");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "@every 5x|failed to parse duration @every 5x: time: unknown unit \"x\" in duration"
                        + " \"5x\"",
                "@every 1h5|failed to parse duration @every 1h5: time: missing unit in duration"
                        + " \"1h5\"",
                "@every soon|failed to parse duration @every soon: time: invalid duration \"soon\"",
            })
    void aSchedulesDurationIsRefused(String schedule, String why) {
        assertThat(crons.ofCreate("{'spec':{'schedule':'" + schedule + "'}}"))
                .containsExactly("spec.schedule: Invalid value: \"" + schedule + "\": " + why);
    }
}
