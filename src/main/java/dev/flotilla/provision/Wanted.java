package dev.flotilla.provision;

import dev.flotilla.model.MachineSpec;
import dev.flotilla.remote.link.SshCredential;

import org.jspecify.annotations.Nullable;

/// All that provisioning reads, so that a change of any of it is noticed.
///
/// @param credential null if there is none, or none is needed
/// @param flaw why the spec or its Secret can't be used
record Wanted(
        @Nullable MachineSpec spec, @Nullable SshCredential credential, @Nullable Failure flaw) {}
