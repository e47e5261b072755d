package io.voldesk.tradesync.sync;

import io.voldesk.kit.problem.Problem;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Bad rows, kept as they came. An id stands open there exactly while its latest version is bad: a row is closed by a later good
 * version ({@code good_version}), by a later bad one ({@code later_version}), by a full walk that covers it and no longer meets it
 * ({@code withdrawn}), or by an operator ({@code dismissed}); never by an older version of its id. A walk covers a row whose own
 * portfolio is in its scope, and whose own status is; where the row does not say, the scope it was met in has to be within.
 */
@ApplicationScoped
public class Quarantine {
    /**
     * Whether version {@code a} of an id is later than {@code b}: by version, then by time; null where neither can tell. A row
     * whose version cannot be read is judged by its time alone; a time beyond the ceiling tells nothing.
     */
    private static final String LATER = """
            (case when %2$s.version is not null and %1$s.version is not null and %1$s.version <> %2$s.version
                    then %1$s.version > %2$s.version
                  when %2$s.updated_at <= :ceiling and %1$s.updated_at <= :ceiling and %1$s.updated_at <> %2$s.updated_at
                    then %1$s.updated_at > %2$s.updated_at end)""";

    private final Jdbi jdbi;

    public Quarantine(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Closes an open row by an operator's word.
     *
     * @throws Problem 404 where there is none, 409 where it is closed already
     */
    RejectedExecution dismiss(long id, String by, String reason, Instant now) {
        RejectedExecution row = RejectedExecution.findById(id);
        if (row == null) {
            throw Problem.notFound("no rejected row " + id);
        }
        int closed = jdbi.withHandle(handle -> handle.createUpdate("""
                        update rejected_execution set resolved_at = :now, resolution = 'dismissed', resolved_by = :by,
                          resolution_reason = :reason
                        where id = :id and resolved_at is null""")
                .bind("now", now)
                .bind("by", by)
                .bind("reason", reason)
                .bind("id", id)
                .execute());
        if (closed == 0) {
            throw Problem.conflict("the row is closed already: " + row.resolution, Map.of());
        }
        row.resolvedAt = now;
        row.resolution = "dismissed";
        row.resolvedBy = by;
        row.resolutionReason = reason;
        return row;
    }

    private static String later(String a, String b) {
        return LATER.formatted(a, b);
    }

    /**
     * Sets the walk's bad rows beside what is known: {@code staged_new_rejected}, one row per raw text. Before the merge.
     *
     * @param ceiling beyond it a row's time is from the future
     * @param any whether there are any: without, nothing large is read
     */
    void stage(Handle handle, Scope scope, Instant ceiling, boolean any) {
        handle.execute("analyze staged_rejected");
        handle.createUpdate("""
                        create temp table staged_new_rejected on commit drop as
                        with r as (
                          select distinct on (raw) *, md5(raw) as raw_md5 from staged_rejected where :any order by raw, ordinal desc
                        ), outdated as (
                          select r.ordinal from r
                          join execution g on g.source = :source and g.source_trade_id = r.source_trade_id where %1$s
                          union
                          select r.ordinal from r join staged g on g.source_trade_id = r.source_trade_id
                          where :any and coalesce(%1$s, g.ordinal > r.ordinal)
                        ), q as (
                          select raw_md5, bool_or(resolved_at is null) as open, bool_or(resolution = 'dismissed') as dismissed
                          from rejected_execution where source = :source and raw_md5 in (select raw_md5 from r) group by raw_md5
                        )
                        select r.*, coalesce(q.dismissed, false) as dismissed,
                               coalesce(q.open, false) or q.raw_md5 is not null and o.ordinal is not null as known
                        from r left join q using (raw_md5) left join outdated o on o.ordinal = r.ordinal""".formatted(later("g", "r")))
                .bind("source", scope.source())
                .bind("ceiling", ceiling)
                .bind("any", any)
                .execute();
    }

    /** Keeps what is new and closes what is over; after the merge. */
    void keep(Handle handle, Scope scope, Instant ceiling, boolean fullScope, long runId, Instant now) {
        Map<String, Object> bound = Map.of(
                "source",
                scope.source(),
                "scope",
                scope.key(),
                "run",
                runId,
                "now",
                now,
                "ceiling",
                ceiling,
                "portfolios",
                scope.portfolioNames().toArray(String[]::new),
                "pending",
                scope.includePending());
        update(handle, bound, """
                        insert into rejected_execution (source, source_trade_id, version, portfolio, status, updated_at, field, reason,
                          page, position, raw, raw_md5, scope_key, first_run, first_seen_at)
                        select :source, source_trade_id, version, portfolio, status, updated_at, field, reason,
                          page, position, raw, raw_md5, :scope, :run, :now
                        from staged_new_rejected where not known and not dismissed
                        order by ordinal
                        on conflict do nothing""");
        close(handle, bound, "good_version", """
                exists (select from execution e where e.source = q.source and e.source_trade_id = q.source_trade_id and %s)""".formatted(later("e", "q")));
        close(handle, bound, "good_version", """
                exists (select from staged s where s.source_trade_id = q.source_trade_id and %s is null
                        and not exists (select from staged_rejected r where r.source_trade_id = q.source_trade_id
                                        and r.raw = q.raw and r.ordinal > s.ordinal))""".formatted(later("s", "q")));
        close(handle, bound, "later_version", """
                exists (select from rejected_execution o where o.source = q.source and o.source_trade_id = q.source_trade_id
                        and o.id <> q.id and o.resolved_at is null
                        and coalesce(%s, o.id > q.id))""".formatted(later("o", "q")));
        if (fullScope) {
            close(handle, bound, "withdrawn", """
                    (q.portfolio = any(:portfolios)
                     or string_to_array(substring(q.scope_key from '^portfolio_names=([^|]*)'), ',') <@ cast(:portfolios as text[]))
                    and (:pending or q.status <> 'pending' or q.scope_key like '%|include_pending=false')
                    and not exists (select from staged_new_rejected r where r.raw_md5 = q.raw_md5)""");
        }
    }

    private static void close(Handle handle, Map<String, Object> bound, String resolution, String where) {
        update(handle, bound, """
                        update rejected_execution q set resolved_at = :now, resolved_by_run = :run, resolution = '%s'
                        where q.source = :source and q.resolved_at is null and (%s)""".formatted(resolution, where));
    }

    /** Not every statement needs all of what is bound. */
    private static void update(Handle handle, Map<String, Object> bound, String sql) {
        handle.createUpdate(sql)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(bound)
                .execute();
    }
}
