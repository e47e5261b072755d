package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.BinaryCopy;
import io.voldesk.tradesync.alpha.AlphaRow;
import io.voldesk.tradesync.execution.Execution;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Temporary tables of one run that hold the source's rows as they came, filled by COPY: {@code staged} the accepted ones,
 * {@code staged_rejected} the others. Their end is the end of the transaction. One COPY goes on from page to page, so that
 * PostgreSQL takes rows in while the next are made; {@link #close} ends it, and nothing else may use the connection before.
 */
final class Staging implements AutoCloseable {
    private static final int COLUMNS = 20;

    private final Handle handle;
    private long ordinal;
    private Watermark highest;
    private BinaryCopy open;

    Staging(Handle handle) {
        this.handle = handle;
        handle.execute("set local work_mem = '128MB'");
        handle.execute("""
                create temp table staged (
                  ordinal bigint, source_trade_id text, version int, portfolio text, status text, recon_status text,
                  symbol text, underlying text, expiry date, option_right text, strike numeric, side text,
                  quantity numeric, price numeric, multiplier int, fees_usd numeric,
                  executed_at timestamptz, updated_at timestamptz, settle_date date, raw text
                ) on commit drop""");
        handle.execute("""
                create temp table staged_rejected (
                  source_trade_id text, updated_at timestamptz, field text, reason text, raw text
                ) on commit drop""");
    }

    /** Forgets everything: the walk starts again. */
    void clear() {
        close();
        handle.execute("truncate staged, staged_rejected");
        ordinal = 0;
        highest = null;
    }

    /** How many rows of the walk are here. */
    long size() {
        return ordinal;
    }

    /** The highest place among the rows of this walk, rejected ones included: they are kept too. */
    Optional<Watermark> highest() {
        return Optional.ofNullable(highest);
    }

    void add(List<AlphaRow> rows) {
        boolean rejections = false;
        for (AlphaRow row : rows) {
            switch (row) {
                case AlphaRow.Accepted(Execution execution) -> {
                    if (open == null) {
                        open = BinaryCopy.into(handle, "staged");
                    }
                    print(open, execution);
                    rise(execution.updatedAt(), execution.tradeId());
                }
                case AlphaRow.Rejected rejected -> {
                    rejections = true;
                    rise(rejected.updatedAt(), rejected.tradeId() == null ? "" : rejected.tradeId());
                }
            }
        }
        if (rejections) {
            close();
            addRejected(rows);
        }
    }

    /** Everything handed over is in the tables after this. */
    @Override
    public void close() {
        if (open != null) {
            BinaryCopy ended = open;
            open = null;
            ended.close();
        }
    }

    private void addRejected(List<AlphaRow> rows) {
        try (BinaryCopy out = BinaryCopy.into(handle, "staged_rejected")) {
            for (AlphaRow row : rows) {
                if (row instanceof AlphaRow.Rejected rejected) {
                    out.row(5)
                            .text(rejected.tradeId())
                            .instant(rejected.updatedAt())
                            .text(rejected.field())
                            .text(rejected.reason())
                            .text(rejected.raw().replace("\0", "\\u0000"));
                }
            }
        }
    }

    private void rise(Instant updatedAt, String tradeId) {
        if (updatedAt != null) {
            Watermark place = new Watermark(updatedAt, tradeId);
            if (highest == null || place.compareTo(highest) > 0) {
                highest = place;
            }
        }
    }

    private void print(BinaryCopy out, Execution execution) {
        out.row(COLUMNS)
                .bigint(ordinal++)
                .text(execution.tradeId())
                .integer(execution.version())
                .text(execution.portfolio())
                .text(execution.status())
                .text(execution.reconStatus())
                .text(execution.contract().osi())
                .text(execution.underlying())
                .date(execution.contract().expiry())
                .text(execution.contract().right().name())
                .decimal(execution.contract().strike())
                .text(execution.side())
                .decimal(execution.quantity())
                .decimal(execution.price())
                .integer(execution.multiplier())
                .decimal(execution.feesUsd())
                .instant(execution.executedAt())
                .instant(execution.updatedAt())
                .date(execution.settleDate())
                .text(execution.raw());
    }
}
