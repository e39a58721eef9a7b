package dev.flotilla.server.call;

import java.util.List;
import java.util.Optional;

/// How an answer is to look: what the client's `Accept` says, as far as this server can.
public record Form(Shape shape, Syntax syntax) {
    static final Form PLAIN = new Form(Shape.OBJECT, Syntax.JSON);

    /// What is shown of an object.
    public enum Shape {
        OBJECT,
        TABLE,
        /// Only the metadata.
        METADATA
    }

    /// How it is written.
    enum Syntax {
        JSON("application/json"),
        YAML("application/yaml");

        final String mediaType;

        Syntax(String mediaType) {
            this.mediaType = mediaType;
        }
    }

    /// The first that fits. Who accepts protobuf alone gets JSON, which Kubernetes' clients read by
    /// the answer's own content type.
    ///
    /// @throws Refusal 406 if nothing fits
    static Form of(List<MediaType> accepted) {
        Optional<Form> viaProtobuf = Optional.empty();
        for (var type : accepted) {
            var form = shape(type).flatMap(s -> syntax(type).map(y -> new Form(s, y)));
            if (form.isPresent() && !type.name().equals(Bodies.PROTOBUF)) {
                return form.get();
            }
            viaProtobuf = viaProtobuf.or(() -> form);
        }
        return viaProtobuf.orElseThrow(Refusal::notAcceptable);
    }

    /// For what is no object of a table and has no metadata to show alone.
    ///
    /// @throws Refusal 406 if nothing fits
    static Form plain(List<MediaType> accepted) {
        return of(accepted.stream().filter(t -> t.parameter("as").isEmpty()).toList());
    }

    private static Optional<Shape> shape(MediaType type) {
        var as = type.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(Shape.OBJECT);
        }
        if (!type.parameter("g").equals("meta.k8s.io") || !type.parameter("v").equals("v1")) {
            return Optional.empty();
        }
        return switch (as) {
            case "Table" -> Optional.of(Shape.TABLE);
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    Optional.of(Shape.METADATA);
            default -> Optional.empty();
        };
    }

    private static Optional<Syntax> syntax(MediaType type) {
        return switch (type.name()) {
            case "*/*", "application/*", "application/json", Bodies.PROTOBUF ->
                    Optional.of(Syntax.JSON);
            case "application/yaml" -> Optional.of(Syntax.YAML);
            default -> Optional.empty();
        };
    }
}
