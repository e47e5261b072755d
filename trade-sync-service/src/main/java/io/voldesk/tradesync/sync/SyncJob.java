package io.voldesk.tradesync.sync;

import io.voldesk.kit.job.JobKind;
import io.voldesk.kit.job.Progress;
import io.voldesk.tradesync.alpha.AlphaSettings;
import jakarta.inject.Singleton;

/** A preview or sync as a job. After a crash it walks again from the start: a sync is one transaction, so nothing of it stands. */
@Singleton
public class SyncJob implements JobKind<SyncRequest> {
    static final String NAME = "trade_sync";

    private final SyncRunner runner;
    private final AlphaSettings settings;

    public SyncJob(SyncRunner runner, AlphaSettings settings) {
        this.runner = runner;
        this.settings = settings;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<SyncRequest> requestType() {
        return SyncRequest.class;
    }

    @Override
    public SyncReport run(String requestedBy, SyncRequest request, Progress progress) {
        return runner.run(
                request, request.scope(settings.portfolioNames(), settings.includePending()), requestedBy, progress);
    }
}
