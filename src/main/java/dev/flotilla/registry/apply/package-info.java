/// Who owns which field, and server-side apply: what a manager says it wants is merged into the
/// object by the schema, and what others own is not taken without force. Pure: trees in, trees out.
///
/// After "Server-Side Apply" of Kubernetes' documentation; the sets of fields are written as
/// `FieldsV1` writes them.
@NullMarked
package dev.flotilla.registry.apply;

import org.jspecify.annotations.NullMarked;
