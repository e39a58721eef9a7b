/// Work that ends: Jobs, which want so many pods to end well, and CronJobs, which start a Job at
/// times.
///
/// Every pod of a Job carries a finalizer until its end stands in the Job's status, so no end is
/// counted twice or missed, whoever deletes the pod and whenever the master dies.
@NullMarked
package dev.flotilla.controllers.job;

import org.jspecify.annotations.NullMarked;
