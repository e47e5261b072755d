package io.voldesk.tradesync.reconcile;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.voldesk.kit.db.Rows;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The full-scope diagnostics that were taken, and every break with its age, its owner and what was said of it. */
@ApplicationScoped
public class DiagnosticLedger {
    private final Jdbi jdbi;

    public DiagnosticLedger(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * The latest diagnostic of a scope.
     *
     * @param cutKinds kinds of breaks of which {@link Diagnostic#MOST_LISTED} are listed, and there may be more
     */
    public record Taken(
            long runId,
            String scopeKey,
            Instant takenAt,
            boolean clean,
            long rows,
            @JsonRawValue String fields,
            @JsonRawValue String portfolios,
            @JsonRawValue String cutKinds) {}

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
                        row.getString("portfolios"),
                        row.getString("cut_kinds")))
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
}
