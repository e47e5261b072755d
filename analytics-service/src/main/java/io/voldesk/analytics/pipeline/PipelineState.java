package io.voldesk.analytics.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.voldesk.analytics.enrichment.Selection;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.job.JobStopped;
import io.voldesk.kit.lock.RunLedger;
import io.voldesk.kit.lock.RunLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import org.jdbi.v3.core.Jdbi;

/** Freshness of the pipeline, in {@code internal_trade_sync_state} under {@code trade_analytics_pipeline}, and its ledger. */
@ApplicationScoped
public class PipelineState {
    private static final String SOURCE = "trade_analytics_pipeline";

    private final Jdbi jdbi;
    private final RunLedger ledger;
    private final ObjectMapper json;
    private final Clock clock;

    public PipelineState(Jdbi jdbi, RunLock locks, ObjectMapper json, Clock clock) {
        this.jdbi = jdbi;
        this.ledger = new RunLedger(jdbi, locks, "pipeline_run", "running", "status = 'abandoned'");
        this.json = json;
        this.clock = clock;
    }

    /** @param lastRunSummary JSON of the last real run, null before one */
    public record Freshness(
            Instant lastSuccessfulSyncAt, String lastError, Instant lastErrorAt, String lastRunSummary) {}

    /** Of the last run that covered the selection: a run of all portfolios covers each of them. */
    public Freshness read(Selection selection) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from internal_trade_sync_state where source = :source and scope_key in (:key, :whole)
                        order by greatest(last_successful_sync_at, last_error_at) desc limit 1""")
                .bind("source", SOURCE)
                .bind("key", selection.key())
                .bind("whole", Selection.all(selection.source(), null).key())
                .map((row, context) -> new Freshness(
                        Rows.instant(row.getTimestamp("last_successful_sync_at")),
                        row.getString("last_error"),
                        Rows.instant(row.getTimestamp("last_error_at")),
                        row.getString("last_run_summary")))
                .findOne()
                .orElse(new Freshness(null, null, null, null)));
    }

    /**
     * Enters a run into the ledger.
     *
     * @param session of the lock that the run holds
     */
    public long start(RunLock.Held session, PipelineRun.Kind kind, Selection selection, String requestedBy) {
        return ledger.enter(
                session,
                handle -> handle.createQuery("""
                        insert into pipeline_run (kind, scope_key, requested_by, status, started_at)
                        values (:kind, :scope, :by, 'running', :now) returning id""")
                        .bind("kind", kind.text())
                        .bind("scope", selection.key())
                        .bind("by", requestedBy)
                        .bind("now", clock.instant())
                        .mapTo(Long.class)
                        .one());
    }

    /** Closes the lines of runs that died. */
    void settle() {
        ledger.settle();
    }

    /** Closes a run's line in the ledger. */
    @Transactional
    public void end(long runId, String status, Object summary) {
        close(runId, status, clock.instant(), write(summary));
    }

    /** Closes the line of a run that was told to stop: by whoever started it, or with its instance. */
    @Transactional
    public void end(long runId, JobStopped stopped) {
        close(runId, stopped.cancelled() ? "cancelled" : "abandoned", clock.instant(), null);
    }

    /** Nothing is owed any more: an error that was a vendor's failure has been made good. */
    public void recovered(String source) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update internal_trade_sync_state
                        set last_successful_sync_at = :now, last_error = null, last_error_at = null
                        where source = :source and (scope_key = :whole or starts_with(scope_key, :whole || '|'))
                          and position(:failed in last_error) > 0""")
                .bind("now", clock.instant())
                .bind("source", SOURCE)
                .bind("whole", Selection.all(source, null).key())
                .bind("failed", Trouble.VENDOR_FAILED)
                .execute());
    }

    private static void close(long runId, String status, Instant now, String summary) {
        PipelineRun run = PipelineRun.findById(runId);
        run.status = status;
        run.finishedAt = now;
        run.summary = summary;
    }

    private String write(Object summary) {
        try {
            return json.writeValueAsString(summary);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Closes a pipeline run's line and brings freshness up to date, in one transaction.
     *
     * @param error null for a clean run, which alone moves the time of success and clears the last error
     */
    @Transactional
    public void finish(long runId, Selection selection, String status, String error, Object ofRun) {
        Instant now = clock.instant();
        String summary = write(ofRun);
        close(runId, status, now, summary);
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into internal_trade_sync_state as s
                          (source, scope_key, last_successful_sync_at, last_error, last_error_at, last_run_summary)
                        values (:source, :key, :success, :error, :failed, :summary)
                        on conflict (source, scope_key) do update set
                          last_successful_sync_at = coalesce(excluded.last_successful_sync_at, s.last_successful_sync_at),
                          last_error = excluded.last_error, last_error_at = excluded.last_error_at,
                          last_run_summary = excluded.last_run_summary""")
                .bind("source", SOURCE)
                .bind("key", selection.key())
                .bind("success", error == null ? now : null)
                .bind("error", error)
                .bind("failed", error == null ? null : now)
                .bind("summary", summary)
                .execute());
    }
}
