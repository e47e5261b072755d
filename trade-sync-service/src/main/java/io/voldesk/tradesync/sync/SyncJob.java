package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import io.voldesk.tradesync.alpha.AlphaSettings;
import jakarta.inject.Singleton;

/** A preview or sync as a job. After a crash it walks again from the start: a sync is one transaction, so nothing of it stands. */
@Singleton
public class SyncJob implements JobKind {
    static final String NAME = "trade_sync";

    private final SyncRunner runner;
    private final AlphaSettings settings;
    private final ObjectMapper json;

    public SyncJob(SyncRunner runner, AlphaSettings settings, ObjectMapper json) {
        this.runner = runner;
        this.settings = settings;
        this.json = json;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public SyncReport run(String requestedBy, String request, Progress progress) {
        try {
            SyncRequest asked = json.readValue(request, SyncRequest.class);
            return runner.run(asked, asked.scope(settings.portfolioNames()), requestedBy, progress);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
