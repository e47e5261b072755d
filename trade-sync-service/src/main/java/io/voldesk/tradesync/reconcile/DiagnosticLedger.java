package io.voldesk.tradesync.reconcile;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.kit.db.BinaryCopy;
import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The full-scope diagnostics that were taken, and every break with its age, its owner and what was said of it. */
@ApplicationScoped
@RegisterForReflection(targets = {FieldMatch.class, PortfolioPart.class}) // written as JSON text
public class DiagnosticLedger {
    private final Jdbi jdbi;
    private final ObjectMapper json;

    public DiagnosticLedger(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /** The latest diagnostic of a scope. */
    public record Taken(
            long runId,
            String scopeKey,
            Instant takenAt,
            boolean clean,
            long rows,
            @JsonRawValue String fields,
            @JsonRawValue String portfolios) {}

    /**
     * A break that is kept.
     *
     * @param ageDays full days since it was first seen, to when it was resolved or now
     * @param state {@code open, acknowledged, resolved}
     */
    public record Kept(
            long id,
            String scopeKey,
            String kind,
            String tradeId,
            @Nullable String portfolio,
            @Nullable String field,
            @Nullable String sourceValue,
            @Nullable String localValue,
            String state,
            long firstRun,
            Instant firstSeenAt,
            Instant lastSeenAt,
            long ageDays,
            @Nullable Instant resolvedAt,
            @Nullable String resolution,
            @Nullable String owner,
            @Nullable String reasonCode,
            @Nullable String note,
            @Nullable String acknowledgedBy,
            @Nullable Instant acknowledgedAt) {}

    /** How many breaks of a kind there are. */
    public record Tally(
            String kind,
            long open,
            long acknowledged,
            @Nullable Instant oldestOpen) {}

    /** Keeps a diagnostic, whether or not the run it was taken in stood. */
    public void record(
            Scope scope,
            long runId,
            Instant at,
            DiagnosticStore.Comparison comparison,
            boolean clean,
            Collection<Break> more) {
        jdbi.useTransaction(handle -> {
            handle.execute("select pg_advisory_xact_lock(hashtextextended('trade_sync.diagnostics', 0))");
            handle.createUpdate("""
                            insert into diagnostic (run_id, source, scope_key, taken_at, clean, rows, fields, portfolios)
                            values (:run, :source, :scope, :at, :clean, :rows, :fields, :portfolios)""")
                    .bind("run", runId)
                    .bind("source", scope.source())
                    .bind("scope", scope.key())
                    .bind("at", at)
                    .bind("clean", clean)
                    .bind("rows", comparison.diagnostic().sourceRowCount())
                    .bind("fields", write(comparison.fields()))
                    .bind("portfolios", write(comparison.portfolios()))
                    .execute();
            stage(handle, comparison.breaks(), more);
            keep(handle, scope, runId, at, cutOff(comparison.diagnostic()));
        });
    }

    private static void stage(Handle handle, Collection<Break> breaks, Collection<Break> more) {
        handle.execute("""
                create temp table met (kind text, source_trade_id text, portfolio text, field text, source_value text, local_value text)
                on commit drop""");
        try (BinaryCopy out = BinaryCopy.into(handle, "met")) {
            for (Collection<Break> list : List.of(breaks, more)) {
                for (Break met : list) {
                    out.row(6)
                            .text(met.kind().code())
                            .text(met.tradeId())
                            .text(met.portfolio())
                            .text(met.field())
                            .text(met.sourceValue())
                            .text(met.localValue());
                }
            }
        }
    }

    /** Kinds whose list was cut: what is not on it may be there all the same. */
    private static List<String> cutOff(Diagnostic diagnostic) {
        List<String> cut = new java.util.ArrayList<>();
        if (diagnostic.unmatchedSourceCount()
                > diagnostic.unmatchedSourceTradeIds().size()) {
            cut.add(Break.Kind.UNMATCHED_SOURCE.code());
        }
        if (diagnostic.unmatchedLocalCount()
                > diagnostic.unmatchedLocalTradeIds().size()) {
            cut.add(Break.Kind.UNMATCHED_LOCAL.code());
        }
        if (diagnostic.mismatchedCount() >= Diagnostic.MOST_LISTED
                || diagnostic.mismatchedTrades().size() >= Diagnostic.MOST_LISTED) {
            cut.add(Break.Kind.MISMATCHED.code());
        }
        if (diagnostic.premiumDisagreesCount() > diagnostic.premiumDisagrees().size()) {
            cut.add(Break.Kind.PREMIUM_DISAGREES.code());
        }
        return cut;
    }

    private static void keep(Handle handle, Scope scope, long runId, Instant at, List<String> cut) {
        handle.createUpdate("""
                        insert into diagnostic_break as b (source, scope_key, kind, source_trade_id, portfolio, field, source_value,
                          local_value, first_run, first_seen_at, last_run, last_seen_at)
                        select :source, :scope, kind, source_trade_id, portfolio, field, source_value, local_value,
                          :run, :at, :run, :at from met
                        on conflict (source, scope_key, kind, source_trade_id, field) where resolved_at is null
                        do update set last_run = excluded.last_run, last_seen_at = excluded.last_seen_at,
                          source_value = excluded.source_value, local_value = excluded.local_value""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("run", runId)
                .bind("at", at)
                .execute();
        handle.createUpdate("""
                        update diagnostic_break set resolved_at = :at, resolution = 'gone'
                        where source = :source and scope_key = :scope and resolved_at is null and last_run <> :run
                          and kind <> all(:cut)""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("run", runId)
                .bind("at", at)
                .bindArray("cut", String.class, cut)
                .execute();
    }

    /** Closes the breaks that a real run has mended; in its transaction. */
    public void mended(Handle handle, Scope scope, long runId, Instant at) {
        handle.createUpdate("""
                        update diagnostic_break b set resolved_at = :at, resolution = 'synced'
                        from execution e
                        where b.source = :source and b.resolved_at is null and b.kind in ('unmatched_source', 'mismatched')
                          and e.source = b.source and e.source_trade_id = b.source_trade_id and e.changed_by_run = :run""")
                .bind("source", scope.source())
                .bind("run", runId)
                .bind("at", at)
                .execute();
    }

    /** Local ids of the scope that an operator has said may stand without the source. */
    public Set<String> acceptedLocal(Handle handle, Scope scope) {
        return handle
                .createQuery("""
                        select source_trade_id from diagnostic_break
                        where source = :source and scope_key = :scope and kind = 'unmatched_local'
                          and acknowledged_at is not null and resolved_at is null""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .mapTo(String.class)
                .stream()
                .collect(Collectors.toSet());
    }

    public Optional<Taken> latest(Scope scope) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from diagnostic where source = :source and scope_key = :scope order by id desc limit 1""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .map((row, context) -> new Taken(
                        row.getLong("run_id"),
                        row.getString("scope_key"),
                        Rows.instant(row.getTimestamp("taken_at")),
                        row.getBoolean("clean"),
                        row.getLong("rows"),
                        row.getString("fields"),
                        row.getString("portfolios")))
                .findOne());
    }

    public List<Tally> tallies(Scope scope) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select kind, count(*) filter (where acknowledged_at is null),
                          count(*) filter (where acknowledged_at is not null),
                          min(first_seen_at) filter (where acknowledged_at is null)
                        from diagnostic_break where source = :source and scope_key = :scope and resolved_at is null
                        group by kind order by kind""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .map((row, context) ->
                        new Tally(row.getString(1), row.getLong(2), row.getLong(3), Rows.instant(row.getTimestamp(4))))
                .list());
    }

    /** What a list may be narrowed by; null where it is not. */
    public record Filter(String state, String kind, String portfolio) {}

    /** Breaks of a scope, the newest first, before an id. */
    public List<Kept> breaks(Scope scope, Filter filter, long before, int most, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select * from diagnostic_break
                        where source = :source and scope_key = :scope and id < :before
                          and (cast(:kind as text) is null or kind = :kind)
                          and (cast(:portfolio as text) is null or portfolio = :portfolio)
                          and case :state when 'open' then resolved_at is null and acknowledged_at is null
                                          when 'acknowledged' then resolved_at is null and acknowledged_at is not null
                                          when 'resolved' then resolved_at is not null
                                          else true end
                        order by id desc limit :most""")
                .bind("source", scope.source())
                .bind("scope", scope.key())
                .bind("before", before)
                .bind("kind", filter.kind())
                .bind("portfolio", filter.portfolio())
                .bind("state", filter.state())
                .bind("most", most)
                .map((row, context) -> kept(row, now))
                .list());
    }

    public Optional<Kept> find(long id, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from diagnostic_break where id = :id")
                .bind("id", id)
                .map((row, context) -> kept(row, now))
                .findOne());
    }

    /** Notes an operator's word on an open break. */
    public void acknowledge(
            Handle handle,
            long id,
            String owner,
            String reasonCode,
            String note,
            String by,
            Instant now,
            boolean retired) {
        handle.createUpdate("""
                        update diagnostic_break set owner = :owner, reason_code = :reason, note = :note,
                          acknowledged_by = :by, acknowledged_at = :now,
                          resolved_at = case when :retired then cast(:now as timestamptz) end, resolution = case when :retired then 'retired' end
                        where id = :id and resolved_at is null""")
                .bind("id", id)
                .bind("owner", owner)
                .bind("reason", reasonCode)
                .bind("note", note)
                .bind("by", by)
                .bind("now", now)
                .bind("retired", retired)
                .execute();
    }

    private static Kept kept(ResultSet row, Instant now) throws SQLException {
        Instant first = Rows.instant(row.getTimestamp("first_seen_at"));
        Instant resolved = Rows.instant(row.getTimestamp("resolved_at"));
        Instant acknowledged = Rows.instant(row.getTimestamp("acknowledged_at"));
        String field = row.getString("field");
        return new Kept(
                row.getLong("id"),
                row.getString("scope_key"),
                row.getString("kind"),
                row.getString("source_trade_id"),
                row.getString("portfolio"),
                field.isEmpty() ? null : field,
                row.getString("source_value"),
                row.getString("local_value"),
                resolved != null ? "resolved" : acknowledged != null ? "acknowledged" : "open",
                row.getLong("first_run"),
                first,
                Rows.instant(row.getTimestamp("last_seen_at")),
                Duration.between(first, resolved == null ? now : resolved).toDays(),
                resolved,
                row.getString("resolution"),
                row.getString("owner"),
                row.getString("reason_code"),
                row.getString("note"),
                row.getString("acknowledged_by"),
                acknowledged);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
