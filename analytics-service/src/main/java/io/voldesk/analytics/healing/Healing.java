package io.voldesk.analytics.healing;

import io.voldesk.analytics.execution.Projection;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Makes good by itself what was not there when it was looked for: contexts whose hours market data has captured since, and what a
 * vendor failed to answer. Nothing of it is done twice by two instances, and a broken-off pass is done again.
 */
@ApplicationScoped
public class Healing implements Recurring {
    private static final Logger LOG = Logger.getLogger(Healing.class);

    private final ContextRefresh contexts;
    private final VendorRetry vendor;
    private final Duration pause;

    public Healing(
            ContextRefresh contexts,
            VendorRetry vendor,
            @ConfigProperty(name = "voldesk.healing.every") Duration pause) {
        this.contexts = contexts;
        this.vendor = vendor;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "healing";
    }

    @Override
    public Recurrence when() {
        return new Recurrence.Every(pause);
    }

    @Override
    public void recur() {
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
