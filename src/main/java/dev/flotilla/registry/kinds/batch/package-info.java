/// Work that ends: Jobs, and the CronJobs that start them.
@NullMarked
package dev.flotilla.registry.kinds.batch;

import org.jspecify.annotations.NullMarked;
