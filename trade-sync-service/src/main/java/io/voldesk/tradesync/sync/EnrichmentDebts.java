package io.voldesk.tradesync.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.VertxException;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.lock.RunLock;
import io.voldesk.kit.queue.Recurrence;
import io.voldesk.kit.queue.Recurring;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.Enrichment;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Enrichment owed to committed syncs. A debt is written with the rows it is for, so a sync stands without analytics and its
 * enrichment is made good later, however often it takes.
 */
@ApplicationScoped
public class EnrichmentDebts implements Recurring {
    private static final Logger LOG = Logger.getLogger(EnrichmentDebts.class);
    private static final long PORTION = 5_000;
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    /** As long as an answer of analytics is waited for, at most. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final Jdbi jdbi;
    private final AnalyticsApi analytics;
    private final RunLock locks;
    private final ObjectMapper json;
    private final Clock clock;
    private final Optional<String> adminSecret;
    private final Duration retryEvery;

    public EnrichmentDebts(
            Jdbi jdbi,
            @RestClient AnalyticsApi analytics,
            RunLock locks,
            ObjectMapper json,
            Clock clock,
            @ConfigProperty(name = "voldesk.admin-secret") Optional<String> adminSecret,
            @ConfigProperty(name = "voldesk.enrichment.retry-every") Duration retryEvery) {
        this.jdbi = jdbi;
        this.analytics = analytics;
        this.locks = locks;
        this.json = json;
        this.clock = clock;
        this.adminSecret = adminSecret;
        this.retryEvery = retryEvery;
    }

    /** The open debts of a source, for the card. */
    public record Owed(
            long count, @Nullable Instant oldest, @Nullable String lastError) {}

    /** @param soFar what the portions before {@code after} came to, as JSON; null before the first */
    private record Debt(long runId, String source, long after, long upto, String soFar) {}

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

    /**
     * Settles the debt of one run while its caller waits, unless it is so large that nobody should. Where the retry is at work it
     * is waited for: it lets others in after each portion, and may have settled this very debt.
     */
    EnrichmentOutcome settleNow(long runId) {
        Optional<Debt> debt = open(runId);
        if (debt.isEmpty()) {
            return settled(runId).orElse(new EnrichmentOutcome("skipped", "no_execution_changed", null));
        }
        if (portionEnd(debt.get(), debt.get().after()) != debt.get().upto()) {
            return new EnrichmentOutcome(
                    "owed",
                    "more than " + PORTION + " executions changed: they are enriched portion by portion from now on",
                    null);
        }
        for (Instant until = clock.instant().plus(LONGEST_WAIT); clock.instant().isBefore(until); pause(LOOK_AGAIN)) {
            Optional<EnrichmentOutcome> outcome = settlePortion(debt.get());
            if (outcome.isPresent()) {
                return outcome.get();
            }
        }
        return new EnrichmentOutcome("owed", "an earlier enrichment is still under way", null);
    }

    @Override
    public String name() {
        return "enrichment_retry";
    }

    @Override
    public Recurrence when() {
        return new Recurrence.Every(retryEvery);
    }

    /** Settles what is owed, portion by portion, as far as analytics answers. */
    @Override
    public void recur() {
        List<Long> open = jdbi.withHandle(
                handle -> handle.createQuery("select run_id from enrichment_owed where done_at is null order by run_id")
                        .mapTo(Long.class)
                        .list());
        for (long runId : open) {
            for (Optional<Debt> debt = open(runId); debt.isPresent(); debt = open(runId)) {
                Optional<EnrichmentOutcome> outcome = settlePortion(debt.get());
                if (outcome.isEmpty() || open(runId).filter(debt.get()::equals).isPresent()) {
                    return;
                }
                // longer than a waiting sync takes to look again
                pause(LOOK_AGAIN.multipliedBy(3));
            }
        }
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private Optional<Debt> open(long runId) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select run_id, source, after_change_seq, upto_change_seq, summary from enrichment_owed
                        where run_id = :run and done_at is null""")
                .bind("run", runId)
                .map((row, context) ->
                        new Debt(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getString(5)))
                .findOne());
    }

    /** What a debt that is done came to; empty where there is none. */
    private Optional<EnrichmentOutcome> settled(long runId) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "select summary from enrichment_owed where run_id = :run and done_at is not null")
                        .bind("run", runId)
                        .mapTo(String.class)
                        .findOne())
                .map(summary -> outcome(read(summary)));
    }

    /** One portion at a time, across all instances; empty where another is under way. */
    private Optional<EnrichmentOutcome> settlePortion(Debt debt) {
        try (var held = locks.takeIfFree("enrichment:" + debt.source(), "enrichment of run " + debt.runId())
                .orElse(null)) {
            if (held == null) {
                return Optional.empty();
            }
            // whoever held the lock before may have settled this debt, too
            return open(debt.runId()).map(this::pay).or(() -> settled(debt.runId()));
        }
    }

    /** A portion that is done is noted, so that a broken run goes on where it was; one with a step broken off is not done. */
    private EnrichmentOutcome pay(Debt debt) {
        try {
            long upto = portionEnd(debt, debt.after());
            Enrichment.Summary summary =
                    analytics.enrich(adminSecret.orElse(""), new Enrichment.Request(debt.source(), debt.after(), upto));
            EnrichmentOutcome outcome = outcome(summary);
            if (summary.unfinished()) {
                return stillOwed(debt, summary.status(), outcome.reason(), summary);
            }
            Enrichment.Summary whole =
                    debt.soFar() == null ? summary : read(debt.soFar()).plus(summary);
            advance(debt, upto, write(whole));
            return outcome(whole);
        } catch (VendorFailure | ProcessingException | VertxException e) {
            return stillOwed(
                    debt, "failed", e instanceof VendorFailure ? e.getMessage() : "analytics did not answer", null);
        }
    }

    private EnrichmentOutcome stillOwed(Debt debt, String status, String reason, Enrichment.Summary summary) {
        LOG.warnf("enrichment of run %d stays owed: %s", debt.runId(), reason);
        jdbi.useHandle(handle -> handle.createUpdate(
                        "update enrichment_owed set attempts = attempts + 1, last_error = :error where run_id = :run")
                .bind("error", reason)
                .bind("run", debt.runId())
                .execute());
        return new EnrichmentOutcome(status, reason + "; it is owed and will be retried", summary);
    }

    private static EnrichmentOutcome outcome(Enrichment.Summary summary) {
        String reason = summary.errors().isEmpty()
                ? null
                : summary.errors().getFirst().step() + ": "
                        + summary.errors().getFirst().reason();
        return new EnrichmentOutcome(summary.status(), reason, summary);
    }

    private Enrichment.Summary read(String summary) {
        try {
            return json.readValue(summary, Enrichment.Summary.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Enrichment.Summary summary) {
        try {
            return json.writeValueAsString(summary);
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

    private void advance(Debt debt, long after, String summary) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        update enrichment_owed set attempts = attempts + 1, after_change_seq = :after, summary = :summary,
                          last_error = null, done_at = case when :after >= upto_change_seq then :now::timestamptz end
                        where run_id = :run""")
                .bind("after", after)
                .bind("summary", summary)
                .bind("now", clock.instant())
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
