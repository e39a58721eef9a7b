package dev.flotilla.registry.schema;

/// What a value has to look like.
sealed interface Shape {
    record Text() implements Shape {}

    /// Base64.
    record Bytes() implements Shape {}

    /// RFC 3339.
    ///
    /// @param micro with six digits of a second
    record Time(boolean micro) implements Shape {}

    /// @param bits 32 or 64
    record Whole(int bits) implements Shape {}

    record Real() implements Shape {}

    record Truth() implements Shape {}

    record Amount() implements Shape {}

    record IntOrText() implements Shape {}

    record Anything() implements Shape {}

    /// @param model the class that has the fields
    record Fields(Class<?> model) implements Shape {}

    record ListOf(Shape element) implements Shape {}

    record MapOf(Shape value) implements Shape {}
}
