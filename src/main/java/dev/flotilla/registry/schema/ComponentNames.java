package dev.flotilla.registry.schema;

import java.util.Set;

/// What Kubernetes' OpenAPI calls the classes of the typed model.
final class ComponentNames {
    private static final String MODEL = "io.fabric8.kubernetes.api.model";
    private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    /// They lie beside the core kinds in the model, but belong to `meta/v1`.
    private static final Set<String> META_KINDS =
            Set.of(
                    "Condition",
                    "DeleteOptions",
                    "LabelSelector",
                    "LabelSelectorRequirement",
                    "ListMeta",
                    "ManagedFieldsEntry",
                    "ObjectMeta",
                    "OwnerReference",
                    "Preconditions",
                    "Status",
                    "StatusCause",
                    "StatusDetails");

    private ComponentNames() {}

    static String of(Class<?> model) {
        var name = model.getSimpleName();
        var in = model.getPackageName();
        if (in.equals(MODEL)) {
            return META_KINDS.contains(name) ? META + name : "io.k8s.api.core.v1." + name;
        }
        if (in.startsWith(MODEL + ".")) {
            var rest = in.substring(MODEL.length() + 1);
            return "io.k8s.api." + (rest.contains(".") ? rest : rest + ".v1") + "." + name;
        }
        var outer = model.getEnclosingClass();
        return "dev.flotilla.v1alpha1." + (outer == null ? name : outer.getSimpleName() + name);
    }

    /// As the table of facts has it, such as `core.v1.Pod`.
    static String inFacts(Class<?> model) {
        return of(model).replace("io.k8s.apimachinery.pkg.apis.", "").replace("io.k8s.api.", "");
    }

    static String meta(String name) {
        return META + name;
    }
}
