package dev.flotilla.registry.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flotilla.registry.schema.ModelMergeRules;
import dev.flotilla.registry.schema.Models;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Strategic merge, case by case. In the tables a pod's spec is merged; `'` stands for `"`.
class StrategicPatchTest {
    private static final Models MODELS = new Models();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a container of a new name is added, first as the patch has it"
                        + "|{'containers':[{'name':'a','image':'x'}]}"
                        + "|{'containers':[{'name':'b','image':'y'}]}"
                        + "|{'containers':[{'name':'b','image':'y'},{'name':'a','image':'x'}]}",
                "a container of a known name is merged"
                        + "|{'containers':[{'name':'a','image':'x','tty':true}]}"
                        + "|{'containers':[{'name':'a','image':'y'}]}"
                        + "|{'containers':[{'name':'a','image':'y','tty':true}]}",
                "null takes a field away"
                        + "|{'containers':[{'name':'a','image':'x','tty':true}]}"
                        + "|{'containers':[{'name':'a','tty':null}]}"
                        + "|{'containers':[{'name':'a','image':'x'}]}",
                "null for nothing adds nothing|{'dnsPolicy':'Default'}|{'priority':null}"
                        + "|{'dnsPolicy':'Default'}",
                "tolerations are replaced"
                        + "|{'tolerations':[{'key':'a'},{'key':'b'}]}"
                        + "|{'tolerations':[{'key':'c'}]}"
                        + "|{'tolerations':[{'key':'c'}]}",
                "an element is deleted by its key"
                        + "|{'containers':[{'name':'a'},{'name':'b'}]}"
                        + "|{'containers':[{'$patch':'delete','name':'a'}]}"
                        + "|{'containers':[{'name':'b'}]}",
                "a list is replaced when the patch says so"
                        + "|{'containers':[{'name':'a'},{'name':'b'}]}"
                        + "|{'containers':[{'name':'c'},{'$patch':'replace'}]}"
                        + "|{'containers':[{'name':'c'}]}",
                "an object is replaced when the patch says so"
                        + "|{'securityContext':{'runAsUser':1,'fsGroup':2}}"
                        + "|{'securityContext':{'$patch':'replace','runAsUser':3}}"
                        + "|{'securityContext':{'runAsUser':3}}",
                "an object is emptied when the patch says so"
                        + "|{'securityContext':{'runAsUser':1}}"
                        + "|{'securityContext':{'$patch':'delete'}}"
                        + "|{'securityContext':{}}",
                "elements stand in the order that is asked for, others before what they preceded"
                        + "|{'containers':[{'name':'a'},{'name':'s'},{'name':'b'}]}"
                        + "|{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}"
                        + "|{'containers':[{'name':'s'},{'name':'b'},{'name':'a'}]}",
                "what the server added in front stays in front"
                    + "|{'containers':[{'name':'s'},{'name':'a'},{'name':'b'}]}"
                    + "|{'$setElementOrder/containers':[{'name':'a'},{'name':'b'},{'name':'c'}],"
                    + "'containers':[{'name':'c'}]}"
                    + "|{'containers':[{'name':'s'},{'name':'a'},{'name':'b'},{'name':'c'}]}",
                "only the retained fields of a volume stay"
                        + "|{'volumes':[{'name':'v','emptyDir':{}}]}"
                        + "|{'volumes':[{'name':'v','$retainKeys':['name','secret'],"
                        + "'secret':{'secretName':'s'}}]}"
                        + "|{'volumes':[{'name':'v','secret':{'secretName':'s'}}]}",
                "lists within elements are merged by their own keys"
                    + "|{'containers':[{'name':'a','env':[{'name':'X','value':'1'}],"
                    + "'ports':[{'containerPort':80}]}]}"
                    + "|{'containers':[{'name':'a','env':[{'name':'Y','value':'2'}],"
                    + "'ports':[{'containerPort':80,'name':'web'}]}]}"
                    + "|{'containers':[{'name':'a','env':[{'name':'Y','value':'2'},"
                    + "{'name':'X','value':'1'}],'ports':[{'containerPort':80,'name':'web'}]}]}",
                "two ports of one number are kept apart as far as can be"
                        + "|{'containers':[{'name':'a','ports':[{'containerPort':53,"
                        + "'protocol':'TCP'},{'containerPort':53,'protocol':'UDP'}]}]}"
                        + "|{'containers':[{'name':'a','ports':[{'containerPort':53,'name':'d'}]}]}"
                        + "|{'containers':[{'name':'a','ports':[{'containerPort':53,"
                        + "'protocol':'TCP','name':'d'},{'containerPort':53,'protocol':'UDP'}]}]}",
                "commands are replaced"
                        + "|{'containers':[{'name':'a','args':['x','y']}]}"
                        + "|{'containers':[{'name':'a','args':['z']}]}"
                        + "|{'containers':[{'name':'a','args':['z']}]}",
                "a patch for nothing yet leaves no directive behind|{}"
                    + "|{'$setElementOrder/containers':[{'name':'a'}],'containers':[{'name':'a',"
                    + "'$setElementOrder/env':[{'name':'X'}],'env':[{'name':'X','value':null},"
                    + "{'name':'Y','$patch':'delete'}]}]}"
                    + "|{'containers':[{'name':'a','env':[{'name':'X'}]}]}",
                "another type replaces|{'dnsConfig':'x'}|{'dnsConfig':{'nameservers':['1.1.1.1']}}"
                        + "|{'dnsConfig':{'nameservers':['1.1.1.1']}}"
            })
    void merges(String what, String target, String patch, String expected) {
        var merged = apply(Pod.class, wrapped(target), wrapped(patch));
        assertThat(merged).as(what).isEqualTo(wrapped(expected));
    }

    @Test
    void plainValuesAreAddedAndTakenAway() {
        var pod = json("{'metadata':{'finalizers':['a','b','c']}}");
        assertThat(apply(Pod.class, pod, json("{'metadata':{'finalizers':['d','b']}}")))
                .isEqualTo(json("{'metadata':{'finalizers':['d','a','b','c']}}"));
        assertThat(
                        apply(
                                Pod.class,
                                pod,
                                json(
                                        "{'metadata':{'$deleteFromPrimitiveList/finalizers':['b'],"
                                                + "'$setElementOrder/finalizers':['c','a']}}")))
                .isEqualTo(json("{'metadata':{'finalizers':['c','a']}}"));
    }

    @Test
    void aChangeOfStrategyLosesTheOldOnesSettings() {
        var deployment =
                json(
                        "{'spec':{'strategy':{'type':'RollingUpdate',"
                                + "'rollingUpdate':{'maxSurge':1}}}}");
        var patch = json("{'spec':{'strategy':{'$retainKeys':['type'],'type':'Recreate'}}}");
        assertThat(apply(Deployment.class, deployment, patch))
                .isEqualTo(json("{'spec':{'strategy':{'type':'Recreate'}}}"));
    }

    @Test
    void theArgumentsStayAsTheyAre() {
        var target = json("{'spec':{'containers':[{'name':'a','image':'x'}]}}");
        var patch = json("{'spec':{'containers':[{'name':'a','image':'y'},{'name':'b'}]}}");
        var targetBefore = target.deepCopy();
        var patchBefore = patch.deepCopy();
        apply(Pod.class, target, patch);
        assertThat(target).isEqualTo(targetBefore);
        assertThat(patch).isEqualTo(patchBefore);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'containers':[{'image':'y'}]}|merge key: name",
                "{'securityContext':{'$patch':'frob'}}|unknown $patch",
                "{'containers':[{'name':'a','$patch':'frob'}]}|unknown $patch in a list",
                "{'$setElementOrder/containers':'a'}|must be a list",
                "{'volumes':[{'name':'v','$retainKeys':['name'],'emptyDir':{}}]}|also emptyDir"
            })
    void saysWhatIsWrong(String patch, String why) {
        var target =
                wrapped(
                        "{'containers':[{'name':'a'}],'securityContext':{},"
                                + "'volumes':[{'name':'v'}]}");
        assertThatThrownBy(() -> apply(Pod.class, target, wrapped(patch)))
                .isInstanceOf(BadPatch.class)
                .hasMessageContaining(why);
    }

    private static ObjectNode apply(Class<?> kind, ObjectNode target, ObjectNode patch) {
        return StrategicPatch.apply(target, patch, new ModelMergeRules(MODELS, kind));
    }

    private static ObjectNode wrapped(String spec) {
        return json("{'spec':" + spec + "}");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
