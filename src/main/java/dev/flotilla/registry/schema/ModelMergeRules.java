package dev.flotilla.registry.schema;

import dev.flotilla.registry.patch.MergeRules;

import java.util.Optional;

/// The merge rules of a class of the typed model.
public final class ModelMergeRules implements MergeRules {
    private final Models models;
    private final Class<?> model;

    public ModelMergeRules(Models models, Class<?> model) {
        this.models = models;
        this.model = model;
    }

    @Override
    public boolean merged(String list) {
        return Facts.of(model, list).merged();
    }

    @Override
    public Optional<String> mergeKey(String list) {
        return Optional.ofNullable(Facts.of(model, list).mergeKey());
    }

    @Override
    public MergeRules within(String field) {
        var shape = models.fields(model).get(field);
        return shape == null ? MergeRules.NONE : of(shape);
    }

    private MergeRules of(Shape shape) {
        return switch (shape) {
            case Shape.Fields fields -> new ModelMergeRules(models, fields.model());
            case Shape.ListOf list -> of(list.element());
            case Shape.MapOf _ -> MergeRules.NONE;
            case Shape.Text _,
                    Shape.Bytes _,
                    Shape.Time _,
                    Shape.Whole _,
                    Shape.Real _,
                    Shape.Truth _,
                    Shape.Amount _,
                    Shape.IntOrText _,
                    Shape.Anything _ ->
                    MergeRules.NONE;
        };
    }
}
