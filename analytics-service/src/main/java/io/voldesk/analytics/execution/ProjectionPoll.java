package io.voldesk.analytics.execution;

import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps the local copy of the executions near execution sync's, whether or not anybody asks for an enrichment. */
@ApplicationScoped
public class ProjectionPoll implements Recurring {
    private final Projection projection;
    private final Duration pause;

    public ProjectionPoll(Projection projection, @ConfigProperty(name = "voldesk.projection.poll") Duration pause) {
        this.projection = projection;
        this.pause = pause;
    }

    @Override
    public String name() {
        return "projection_poll";
    }

    @Override
    public Recurrence when() {
        return new Recurrence.Every(pause);
    }

    @Override
    public void recur() {
        projection.catchUp(Projection.ALPHA_SYNC);
    }
}
