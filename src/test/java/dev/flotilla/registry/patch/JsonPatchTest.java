package dev.flotilla.registry.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Kubernetes' JSON patches do; in the tables `'` stands for `"`.
class JsonPatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a':1}      | {'op':'add','path':'/b','value':2}          | {'a':1,'b':2}",
                "{'a':1}      | {'op':'add','path':'/b'}                    | {'a':1,'b':null}",
                "{'a':[1,2]}  | {'op':'add','path':'/a/1','value':9}        | {'a':[1,9,2]}",
                "{'a':[1,2]}  | {'op':'add','path':'/a/-','value':9}        | {'a':[1,2,9]}",
                "{'a':[1,2]}  | {'op':'add','path':'/a/-1','value':9}       | {'a':[1,2,9]}",
                "{'a':[1,2]}  | {'op':'remove','path':'/a/-1'}              | {'a':[1]}",
                "{'a':{'x/y':1,'b~c':2}} | {'op':'remove','path':'/a/x~1y'} | {'a':{'b~c':2}}",
                "{'a':{}}     | {'op':'replace','path':'/a/b','value':true} | {'a':{'b':true}}",
                "{'a':[1,2]}  | {'op':'replace','path':'/a/-2','value':7}   | {'a':[7,2]}",
                "{'a':1}      | {'op':'replace','path':'','value':{'z':0}}  | {'z':0}",
                "{'a':1}      | {'op':'move','from':'/a','path':'/b'}       | {'b':1}",
                "{'a':{'x':1}}| {'op':'copy','from':'/a','path':'/b'} | {'a':{'x':1},'b':{'x':1}}",
                "{'a':1}      | {'op':'test','path':'/a','value':1}         | {'a':1}",
                "{'a':1}      | {'op':'test','path':'/b','value':null}      | {'a':1}",
                "{'a':1}      | {'op':'test','path':'','value':{'a':1}}     | {'a':1}",
            })
    void applies(String target, String operation, String wanted) {
        var before = json(target);
        assertThat(JsonPatch.apply(before, json("[" + operation + "]"))).isEqualTo(json(wanted));
        assertThat(before).isEqualTo(json(target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'add','path':'/x/y','value':1} | add operation does not apply: doc is"
                        + " missing path: '/x/y': missing value",
                "{'op':'add','path':'/l/5','value':1} | error in add for path: \"/l/5\": Unable to"
                        + " access invalid index: 5: invalid index referenced",
                "{'op':'remove','path':'/x'} | error in remove for path: \"/x\": Unable to remove"
                        + " nonexistent key: x: missing value",
                "{'op':'replace','path':'/x/y','value':1} | replace operation does not apply: doc"
                        + " is missing path: /x/y: missing value",
                "{'op':'replace','path':'/l/2','value':1} | replace operation does not apply: doc"
                        + " is missing key: /l/2: missing value",
                "{'op':'replace','value':1} | replace operation failed to decode path: operation"
                        + " missing path field: missing value",
                "{'op':'test','path':'/a','value':2} | testing value /a failed: test failed",
                "{'op':'test','path':'/x','value':2} | testing value /x failed: test failed",
                "{'op':'move','from':'/x','path':'/y'} | error in move for path: \"x\": Unable to"
                        + " remove nonexistent key: x: missing value",
                "{'op':'copy','from':'/l/9','path':'/y'} | error in copy for from: \"/l/9\": Unable"
                        + " to access invalid index: 9: invalid index referenced",
                "{'op':'fly','path':'/a'} | Unexpected kind: fly",
                "{'path':'/a'} | Unexpected kind: unknown",
            })
    void refuses(String operation, String why) {
        // `"` and `'` change places in what is said.
        var said = why.replace('\'', '\0').replace('"', '\'').replace('\0', '"');
        assertThatThrownBy(
                        () ->
                                JsonPatch.apply(
                                        json("{'a':1,'l':[1,2]}"), json("[" + operation + "]")))
                .isInstanceOf(BadPatch.class)
                .hasMessage(said);
    }

    @Test
    void copiesEndSomewhere() {
        var doubling = "{'op':'copy','from':'/a','path':'/a/-'},".repeat(40);
        var patch = json("[" + doubling.substring(0, doubling.length() - 1) + "]");
        assertThatThrownBy(() -> JsonPatch.apply(json("{'a':['x']}"), patch))
                .isInstanceOf(BadPatch.class)
                .hasMessageContaining("exceeding the limit 3145728");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
