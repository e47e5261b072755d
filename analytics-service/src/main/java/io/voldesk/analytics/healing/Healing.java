package io.voldesk.analytics.healing;

import io.quarkus.scheduler.Scheduled;
import io.voldesk.analytics.execution.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Makes good by itself what was not there when it was looked for: contexts whose hours market data has captured since, and what a
 * vendor failed to answer. Nothing of it is done twice by two instances, and a broken-off pass is done again.
 */
@ApplicationScoped
public class Healing {
    private static final Logger LOG = Logger.getLogger(Healing.class);

    private final ContextRefresh contexts;
    private final VendorRetry vendor;

    public Healing(ContextRefresh contexts, VendorRetry vendor) {
        this.contexts = contexts;
        this.vendor = vendor;
    }

    @Scheduled(
            every = "{voldesk.healing.every}",
            delayed = "{voldesk.healing.every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void heal() {
        heal(Projection.ALPHA_SYNC);
    }

    /** One pass; a part of it that fails leaves the others alone and is tried again in the next. */
    public void heal(String source) {
        attempt("contexts", () -> contexts.refresh(source));
        attempt("benchmarks", () -> vendor.retryBenchmarks(source));
        attempt("outcome marks", () -> vendor.retryMarks(source));
    }

    private static void attempt(String what, Runnable part) {
        try {
            part.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "%s were not made good: the next pass tries again", what);
        }
    }
}
