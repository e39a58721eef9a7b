package dev.flotilla.server.proto;

import java.util.Map;

/// One field of a message.
///
/// @param name as in JSON
/// @param many whether it holds one value, a list of them, or a map of texts to them
/// @param zeroSpeaks whether a zero on the wire says something: Go writes the zero of a plain field
///   into protobuf where its JSON has nothing
/// @param embedded whether its fields stand in JSON among those of the message around it
record Field(String name, Content type, Many many, boolean zeroSpeaks, boolean embedded) {
    enum Many {
        ONE,
        LIST,
        MAP
    }

    /// What one value is.
    sealed interface Content {
        record Text() implements Content {}

        record Bool() implements Content {}

        record Whole() implements Content {}

        record Real() implements Content {}

        record Bytes() implements Content {}

        record Nested(String message) implements Content {}
    }

    /// @param fields by number
    record Layout(String name, Map<Integer, Field> fields) {}
}
