/// Schemas: what fields each kind has, read once from the typed model, with the few facts that the
/// model does not hold. Checks bodies by them and writes them out as OpenAPI.
@NullMarked
package dev.flotilla.registry.schema;

import org.jspecify.annotations.NullMarked;
