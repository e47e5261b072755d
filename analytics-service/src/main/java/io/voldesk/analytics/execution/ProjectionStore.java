package io.voldesk.analytics.execution;

import io.voldesk.kit.db.BinaryCopy;
import io.voldesk.kit.db.Rows;
import io.voldesk.model.ExportedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The projected executions, and how far they reach. */
@ApplicationScoped
public class ProjectionStore {
    /** A column, and what it takes of an exported execution: the one list of what is kept of it. */
    private record Column(String name, BiConsumer<BinaryCopy, ExportedExecution> write) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("source", (copy, row) -> copy.text(row.source())),
            new Column("source_trade_id", (copy, row) -> copy.text(row.sourceTradeId())),
            new Column("version", (copy, row) -> copy.integer(row.version())),
            new Column("portfolio", (copy, row) -> copy.text(row.portfolio())),
            new Column("status", (copy, row) -> copy.text(row.status())),
            new Column("symbol", (copy, row) -> copy.text(row.symbol())),
            new Column("underlying", (copy, row) -> copy.text(row.underlying())),
            new Column("side", (copy, row) -> copy.integer(row.side())),
            new Column("quantity", (copy, row) -> copy.value(row.quantity())),
            new Column("price", (copy, row) -> copy.value(row.price())),
            new Column("multiplier", (copy, row) -> copy.integer(row.multiplier())),
            new Column("fees_usd", (copy, row) -> copy.value(row.feesUsd())),
            new Column("executed_at", (copy, row) -> copy.instant(row.executedAt())),
            new Column("change_seq", (copy, row) -> copy.bigint(row.changeSeq())),
            new Column("position_effect", (copy, row) -> copy.text(row.positionEffect())),
            new Column("identity", (copy, row) -> copy.text(row.identity().code())),
            new Column("deliverable", (copy, row) -> copy.text(row.deliverable())),
            new Column("currency", (copy, row) -> copy.text(row.currency())),
            new Column("premium_usd", (copy, row) -> copy.value(row.premiumUsd())),
            new Column("provider_root", (copy, row) -> copy.text(row.providerRoot())));

    private static final String NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    private static final String CHANGES = COLUMNS.stream()
            .skip(2)
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(Collectors.joining(", "));

    private final Jdbi jdbi;

    public ProjectionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One pull at a time in all instances, for the rest of the transaction. */
    void lock(Handle handle) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('analytics.projection', 0))");
    }

    /** The last change the projection holds; 0 before the first. */
    long reached(Handle handle, String source) {
        return handle.createQuery("select change_seq from projection_state where source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }

    /**
     * Takes over executions as they are now. What was found about one whose contract has become another to market data, by its
     * identity or the root it is looked up under, is of the contract it was: it is found again, and until then nothing of it stands.
     */
    void store(Handle handle, List<ExportedExecution> rows) {
        handle.execute("create temp table incoming on commit drop as select " + NAMES + " from execution limit 0");
        try (BinaryCopy copy = BinaryCopy.into(handle, "incoming (" + NAMES + ")")) {
            for (ExportedExecution row : rows) {
                copy.row(COLUMNS.size());
                COLUMNS.forEach(column -> column.write().accept(copy, row));
            }
        }
        handle.execute("""
                create temp table recontracted on commit drop as
                select source_trade_id from incoming i join execution e using (source, source_trade_id)
                where (i.identity, i.provider_root) is distinct from (e.identity, e.provider_root)""");
        handle.execute("""
                update execution_benchmark b set state = 'pending', reason = 'contract_changed', model_reason = null,
                  mark_source = null, market_at = null, bid = null, ask = null, arrival_mid = null, quoted_spread = null,
                  effective_spread = null, slippage_per_share = null, slippage_usd = null, slippage_bps = null,
                  slippage_vol_points = null, vol_reason = null, underlying_price = null, underlying_rate = null, traded_iv = null,
                  raw_id = null
                from recontracted r where r.source_trade_id = b.source_trade_id""");
        // the target stays: by it a mark counts as one to come or as one that is overdue
        handle.execute("""
                update outcome_mark o set state = 'pending', reason = 'contract_changed', mark_at = null, mark = null,
                  mark_source = null, mark_quality = null, provisional = false, pnl_usd = null, raw_id = null
                from recontracted r
                where r.source_trade_id = o.source_trade_id and o.reason is distinct from 'horizon_not_matured'""");
        handle.execute("insert into execution (" + NAMES + ") select " + NAMES + " from incoming"
                + " on conflict (source, source_trade_id) do update set " + CHANGES);
    }

    /**
     * @param last the last change held, {@code moved} whether there was a new one
     * @param caughtUpAt null where there may be more
     */
    void reach(Handle handle, String source, long last, boolean moved, Instant caughtUpAt, Instant now) {
        handle.createUpdate("""
                        insert into projection_state as s (source, change_seq, updated_at, caught_up_at)
                        values (:source, :seq, :now, :caught_up)
                        on conflict (source) do update set change_seq = excluded.change_seq,
                          updated_at = case when :moved then excluded.updated_at else s.updated_at end,
                          caught_up_at = coalesce(excluded.caught_up_at, s.caught_up_at), last_error = null, last_error_at = null""")
                .bind("source", source)
                .bind("seq", last)
                .bind("now", now)
                .bind("caught_up", caughtUpAt)
                .bind("moved", moved)
                .execute();
    }

    /** Keeps why a pull failed; the next that goes well clears it. */
    void failed(String source, String why, Instant now) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        insert into projection_state as s (source, change_seq, last_error, last_error_at)
                        values (:source, 0, :why, :now)
                        on conflict (source) do update set last_error = excluded.last_error, last_error_at = excluded.last_error_at""")
                .bind("source", source)
                .bind("why", why)
                .bind("now", now)
                .execute());
    }

    /**
     * Where the projection stands.
     *
     * @param changeSeq the last change of execution sync it holds
     * @param updatedAt when it last took over a change
     * @param caughtUpAt when it last held everything execution sync had; null before the first time
     * @param lagSeconds since then: what execution sync has changed in them may be missing here; null before the first time
     * @param lastError why the latest pull failed as a whole; null after one that went well
     */
    public record Position(
            long changeSeq,
            Instant updatedAt,
            @Nullable Instant caughtUpAt,
            Long lagSeconds,
            @Nullable String lastError,
            @Nullable Instant lastErrorAt) {}

    public Position position(String source, Instant now) {
        return jdbi.withHandle(handle -> handle.createQuery("select * from projection_state where source = :source")
                .bind("source", source)
                .map((row, context) -> {
                    Instant caughtUp = Rows.instant(row.getTimestamp("caught_up_at"));
                    return new Position(
                            row.getLong("change_seq"),
                            Rows.instant(row.getTimestamp("updated_at")),
                            caughtUp,
                            caughtUp == null
                                    ? null
                                    : (Long) Duration.between(caughtUp, now).toSeconds(),
                            row.getString("last_error"),
                            Rows.instant(row.getTimestamp("last_error_at")));
                })
                .findOne()
                .orElse(new Position(0, null, null, null, null, null)));
    }
}
