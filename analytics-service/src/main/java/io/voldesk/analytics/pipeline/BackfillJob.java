package io.voldesk.analytics.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import io.voldesk.model.Enrichment;
import jakarta.inject.Singleton;

/** A backfill as a job. Taken up again, it begins with the executions it had not come to: those are chosen first. */
@Singleton
public class BackfillJob implements JobKind {
    static final String NAME = "trade_analytics_backfill";

    private final Pipeline pipeline;
    private final ObjectMapper json;

    public BackfillJob(Pipeline pipeline, ObjectMapper json) {
        this.pipeline = pipeline;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Enrichment.Summary run(String requestedBy, String request, Progress progress) {
        try {
            return pipeline.backfill(json.readValue(request, BackfillRequest.class), requestedBy, progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
