package dev.flotilla.model;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

/// What is copied where. Exactly one of `save` and `restore` is set: a path on the computer on
/// which the master runs, of a tar packed with gzip.
///
/// @param namespace the claim's
/// @param claim the PersistentVolumeClaim's name; its volume lies in a folder of a node
/// @param save where to; a file that is there already is not replaced
/// @param restore where from; what the volume held is gone then
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeCopySpec(
        String namespace, String claim, @Nullable String save, @Nullable String restore) {}
