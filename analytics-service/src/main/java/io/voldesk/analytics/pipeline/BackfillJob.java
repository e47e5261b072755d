package io.voldesk.analytics.pipeline;

import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.Enrichment;
import jakarta.inject.Singleton;

/** A backfill as a job. Taken up again, it begins with the executions it had not come to: those are chosen first. */
@Singleton
public class BackfillJob implements JobKind<BackfillRequest> {
    static final String NAME = "trade_analytics_backfill";

    private final Pipeline pipeline;

    public BackfillJob(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<BackfillRequest> requestType() {
        return BackfillRequest.class;
    }

    @Override
    public Enrichment.Summary run(String requestedBy, BackfillRequest request, Progress progress) {
        return pipeline.backfill(request, requestedBy, progress);
    }
}
