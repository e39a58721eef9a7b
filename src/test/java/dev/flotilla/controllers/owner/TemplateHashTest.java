package dev.flotilla.controllers.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flotilla.controllers.Given;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

class TemplateHashTest {
    @Test
    void onlyWhatTheTemplateSaysCounts() {
        var one = labeled("a", "1", "b", "2");
        var sameInOtherOrder = labeled("b", "2", "a", "1");
        var withHash =
                new PodTemplateSpecBuilder(one)
                        .editMetadata()
                        .addToLabels(TemplateHash.LABEL, "xyz")
                        .endMetadata()
                        .build();
        assertThat(TemplateHash.same(one, sameInOtherOrder)).isTrue();
        assertThat(TemplateHash.same(one, withHash)).isTrue();
        assertThat(TemplateHash.same(one, labeled("a", "1", "b", "3"))).isFalse();
        assertThat(TemplateHash.of(one, 0))
                .isEqualTo(TemplateHash.of(sameInOtherOrder, 0))
                .isEqualTo(TemplateHash.of(withHash, 0))
                .isNotEqualTo(TemplateHash.of(one, 1))
                .isNotEqualTo(TemplateHash.of(labeled("a", "1", "b", "3"), 0));
    }

    /// A new release must find the sets of the last one by template, and name new ones alike.
    @Test
    void theHashStaysTheSameFromReleaseToRelease() {
        assertThat(TemplateHash.of(Given.template("web:1"), 0)).isEqualTo("f8996df4");
    }

    private static PodTemplateSpec labeled(String k1, String v1, String k2, String v2) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(k1, v1);
        labels.put(k2, v2);
        return new PodTemplateSpecBuilder(Given.template("web:1"))
                .editMetadata()
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
