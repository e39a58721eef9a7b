/// Who did what when, on disk, never a secret and never in the way of a request.
@NullMarked
package dev.flotilla.server.audit;

import org.jspecify.annotations.NullMarked;
