package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.vertx.core.VertxException;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.Enrichment;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Enrichment owed to committed syncs. A debt is written with the rows it is for, so a sync stands without analytics and its
 * enrichment is made good later, however often it takes.
 */
@ApplicationScoped
public class EnrichmentDebts {
    private static final Logger LOG = Logger.getLogger(EnrichmentDebts.class);
    private static final long PORTION = 5_000;

    private final Jdbi jdbi;
    private final AnalyticsApi analytics;
    private final RunLock locks;
    private final ObjectMapper json;
    private final Clock clock;
    private final Optional<String> adminSecret;

    public EnrichmentDebts(
            Jdbi jdbi,
            @RestClient AnalyticsApi analytics,
            RunLock locks,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "voldesk.admin-secret") Optional<String> adminSecret) {
        this.jdbi = jdbi;
        this.analytics = analytics;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
        this.adminSecret = adminSecret;
    }

    /** The open debts of a source, for the card. */
    public record Owed(long count, Instant oldest, String lastError) {}

    private record Debt(long runId, String source, long after, long upto) {}

    void owe(Handle handle, long runId, Scope scope, MergeStore.ChangeRange range, Instant now) {
        handle.createUpdate("""
                        insert into enrichment_owed (run_id, source, after_change_seq, upto_change_seq, created_at)
                        values (:run, :source, :after, :upto, :now)""")
                .bind("run", runId)
                .bind("source", scope.source())
                .bind("after", range.after())
                .bind("upto", range.upto())
                .bind("now", now)
                .execute();
    }

    Owed owed(String source) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select count(*), min(created_at), (array_agg(last_error order by created_at desc))[1]
                        from enrichment_owed where source = :source and done_at is null""")
                .bind("source", source)
                .map((row, context) -> new Owed(row.getLong(1), Rows.instant(row.getTimestamp(2)), row.getString(3)))
                .one());
    }

    /** Tries the debt of one run now, unless it is so large that nobody should wait for it. */
    EnrichmentOutcome settleNow(long runId) {
        Optional<Debt> debt = open(runId);
        if (debt.isEmpty()) {
            return new EnrichmentOutcome("skipped", "no_execution_changed", null);
        }
        return portionEnd(debt.get(), debt.get().after()) == debt.get().upto()
                ? settle(debt.get())
                : new EnrichmentOutcome(
                        "owed",
                        "more than " + PORTION
                                + " executions changed: they are enriched portion by portion from now on",
                        null);
    }

    @Scheduled(
            every = "{voldesk.enrichment.retry-every}",
            delayed = "{voldesk.enrichment.retry-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void settleAll() {
        List<Long> open = jdbi.withHandle(
                handle -> handle.createQuery("select run_id from enrichment_owed where done_at is null order by run_id")
                        .mapTo(Long.class)
                        .list());
        for (long runId : open) {
            Optional<Debt> debt = open(runId);
            if (debt.isPresent()
                    && List.of("failed", "owed").contains(settle(debt.get()).status())) {
                return;
            }
        }
    }

    private Optional<Debt> open(long runId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select run_id, source, after_change_seq, upto_change_seq from enrichment_owed
                        where run_id = :run and done_at is null""")
                .bind("run", runId)
                .map((row, context) -> new Debt(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)))
                .findOne());
    }

    /** One at a time: the retry does not get into the way of a sync that is settling its own. */
    private EnrichmentOutcome settle(Debt debt) {
        try (var held = locks.takeIfFree("enrichment:" + debt.source(), "enrichment of run " + debt.runId())
                .orElse(null)) {
            // what the lock was waited for may have settled this debt, too
            return held == null
                    ? new EnrichmentOutcome("owed", "an earlier enrichment is still under way", null)
                    : open(debt.runId())
                            .map(this::pay)
                            .orElse(new EnrichmentOutcome("ok", "settled by the retry", null));
        }
    }

    /** Portion by portion; each one that is done is noted, so that a broken run goes on where it was. */
    private EnrichmentOutcome pay(Debt debt) {
        try {
            // stands where every portion was done and only the note of it was lost
            Enrichment.Summary last = new Enrichment.Summary("ok", false, 0, List.of(), List.of());
            for (long after = debt.after(); after < debt.upto(); ) {
                long upto = portionEnd(debt, after);
                last = analytics.enrich(adminSecret.orElse(""), new Enrichment.Request(debt.source(), after, upto));
                advance(debt, upto);
                after = upto;
            }
            close(debt, clock.instant(), json.writeValueAsString(last));
            String reason = last.errors().isEmpty()
                    ? null
                    : last.errors().getFirst().step() + ": "
                            + last.errors().getFirst().reason();
            return new EnrichmentOutcome(last.status(), reason, last);
        } catch (VendorFailure | ProcessingException | VertxException e) {
            String reason = e instanceof VendorFailure ? e.getMessage() : "analytics did not answer";
            LOG.warnf("enrichment of run %d stays owed: %s", debt.runId(), reason);
            jdbi.useHandle(handle -> handle.createUpdate(
                            "update enrichment_owed set attempts = attempts + 1, last_error = :error where run_id = :run")
                    .bind("error", reason)
                    .bind("run", debt.runId())
                    .execute());
            return new EnrichmentOutcome("failed", reason + "; it is owed and will be retried", null);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The number of change that ends the next portion; numbers may have gaps, so rows are counted, not numbers. */
    private long portionEnd(Debt debt, long after) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select change_seq from execution
                        where source = :source and change_seq > :after and change_seq <= :upto
                        order by change_seq offset %d limit 1""".formatted(PORTION - 1))
                .bind("source", debt.source())
                .bind("after", after)
                .bind("upto", debt.upto())
                .mapTo(Long.class)
                .findOne()
                .orElse(debt.upto()));
    }

    private void advance(Debt debt, long after) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update enrichment_owed set after_change_seq = :after where run_id = :run")
                .bind("after", after)
                .bind("run", debt.runId())
                .execute());
    }

    private void close(Debt debt, Instant now, String summary) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update enrichment_owed set attempts = attempts + 1, done_at = :now, summary = :summary, last_error = null
                        where run_id = :run""")
                .bind("now", now)
                .bind("summary", summary)
                .bind("run", debt.runId())
                .execute());
    }

    /** What the latest settled enrichment answered, as JSON; null where there was none. */
    String latestSummary(String source) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select summary from enrichment_owed
                        where source = :source and done_at is not null order by run_id desc limit 1""")
                .bind("source", source)
                .mapTo(String.class)
                .findOne()
                .orElse(null));
    }
}
