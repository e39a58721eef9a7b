/// Pretend VMs for tests: `src/test/lab` as a JUnit extension.
@NullMarked
package dev.flotilla.lab;

import org.jspecify.annotations.NullMarked;
