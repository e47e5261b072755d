package io.voldesk.tradesync.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.tradesync.execution.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Keeps a full-scope diagnostic and its breaks, in the transaction of the run that took it and off its tables. Whether a break
 * that is kept still stands is asked of all there is; of new ones {@link Diagnostic#MOST_LISTED} of a kind are listed at most.
 */
@ApplicationScoped
@RegisterForReflection(targets = {FieldMatch.class, PortfolioPart.class}) // written as JSON text
public class BreakKeeper {
    private final ObjectMapper json;

    public BreakKeeper(ObjectMapper json) {
        this.json = json;
    }

    /** One at a time; taken before any break is touched, so that no two runs wait for each other. */
    private static void lock(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('trade_sync.diagnostics', 0))");
    }

    /** @param premiums whether there is a row whose two premiums differ; {@code recons} whether one the custodian has a break of */
    public void keep(
            Handle handle,
            Scope scope,
            long runId,
            Instant at,
            DiagnosticStore.Comparison comparison,
            boolean clean,
            boolean premiums,
            boolean recons) {
        lock(handle);
        Map<String, Object> bound = Map.of(
                "source", scope.source(), "scope", scope.key(), "run", runId, "at", at, "most", Diagnostic.MOST_LISTED);
        Diagnostic diagnostic = comparison.diagnostic();
        meet(handle, bound, BreakKind.UNMATCHED_SOURCE, diagnostic.unmatchedSourceCount() > 0);
        meet(handle, bound, BreakKind.UNMATCHED_LOCAL, diagnostic.unmatchedLocalCount() > 0);
        meet(handle, bound, BreakKind.MISMATCHED, diagnostic.mismatchedCount() > 0);
        meet(handle, bound, BreakKind.PREMIUM_DISAGREES, premiums);
        meet(handle, bound, BreakKind.RECON_BREAK, recons);
        comparison.portfolios().stream().filter(PortfolioPart::atOdds).forEach(part -> portfolio(handle, bound, part));
        update(handle, bound, """
                update diagnostic_break set resolved_at = :at, resolution = 'gone'
                where source = :source and scope_key = :scope and resolved_at is null and last_run <> :run""");
        handle.createUpdate("""
                        insert into diagnostic (run_id, source, scope_key, taken_at, clean, rows, fields, portfolios, cut_kinds)
                        values (:run, :source, :scope, :at, :clean, :rows, :fields, :portfolios, :cut)""")
                .bindMap(bound)
                .bind("clean", clean)
                .bind("rows", diagnostic.sourceRowCount())
                .bind("fields", write(comparison.fields()))
                .bind("portfolios", write(comparison.portfolios()))
                .bind("cut", write(cutKinds(handle, bound)))
                .execute();
    }

    /** Notes what of a kind stands now: first what is kept of it, whatever its place in the order, then what is new. */
    private static void meet(Handle handle, Map<String, Object> bound, BreakKind kind, boolean any) {
        if (!any) {
            return;
        }
        String all = BreakSet.of(kind);
        update(handle, bound, """
                update diagnostic_break b set last_run = :run, last_seen_at = :at,
                  source_value = m.source_value, local_value = m.local_value
                from (%s) m
                where b.source = :source and b.scope_key = :scope and b.kind = '%s' and b.resolved_at is null
                  and b.source_trade_id = m.source_trade_id and b.field = m.field""".formatted(all, kind.code()));
        String first = kind == BreakKind.MISMATCHED ? BreakSet.firstMismatches() : all;
        update(handle, bound, """
                insert into diagnostic_break (source, scope_key, kind, source_trade_id, portfolio, field, source_value, local_value,
                  first_run, first_seen_at, last_run, last_seen_at)
                select :source, :scope, '%s', source_trade_id, portfolio, field, source_value, local_value, :run, :at, :run, :at
                from (%s) m order by source_trade_id, field limit :most
                on conflict (source, scope_key, kind, source_trade_id, field) where resolved_at is null do nothing""".formatted(kind.code(), first));
    }

    private static void portfolio(Handle handle, Map<String, Object> bound, PortfolioPart part) {
        handle.createUpdate("""
                        insert into diagnostic_break (source, scope_key, kind, source_trade_id, portfolio, field, source_value,
                          first_run, first_seen_at, last_run, last_seen_at)
                        values (:source, :scope, 'portfolio', :name, :name, '', :state, :run, :at, :run, :at)
                        on conflict (source, scope_key, kind, source_trade_id, field) where resolved_at is null
                        do update set last_run = excluded.last_run, last_seen_at = excluded.last_seen_at,
                          source_value = excluded.source_value""")
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(bound)
                .bind("name", part.portfolio())
                .bind("state", part.state())
                .execute();
    }

    private static List<String> cutKinds(Handle handle, Map<String, Object> bound) {
        return handle.createQuery("""
                        select kind from diagnostic_break
                        where source = :source and scope_key = :scope and resolved_at is null
                        group by kind having count(*) >= :most order by kind""")
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(bound)
                .mapTo(String.class)
                .list();
    }

    /** Closes the breaks that a real run has mended; in its transaction. */
    public void mended(Handle handle, Scope scope, long runId, Instant at) {
        lock(handle);
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

    /** Not every statement needs all of what is bound. */
    private static void update(Handle handle, Map<String, Object> bound, String sql) {
        handle.createUpdate(sql)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(bound)
                .execute();
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
