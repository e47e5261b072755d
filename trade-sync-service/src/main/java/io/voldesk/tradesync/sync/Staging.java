package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.CsvCopy;
import io.voldesk.tradesync.alpha.AlphaRow;
import io.voldesk.tradesync.execution.Execution;
import java.io.IOException;
import java.util.List;
import org.apache.commons.csv.CSVPrinter;
import org.jdbi.v3.core.Handle;

/**
 * Temporary tables of one run that hold the source's rows as they came, filled by COPY: {@code staged} the accepted ones,
 * {@code staged_rejected} the others. Their end is the end of the transaction.
 */
final class Staging {
    private final Handle handle;
    private long ordinal;

    Staging(Handle handle) {
        this.handle = handle;
        handle.execute("set local work_mem = '128MB'");
        handle.execute("""
                create temp table staged (
                  ordinal bigint, source_trade_id text, version int, portfolio text, status text, recon_status text,
                  symbol text, underlying text, expiry date, option_right text, strike numeric, side text,
                  quantity numeric, price numeric, multiplier int, fees_usd numeric, premium_usd numeric,
                  executed_at timestamptz, updated_at timestamptz, settle_date date, raw text
                ) on commit drop""");
        handle.execute("""
                create temp table staged_rejected (
                  source_trade_id text, updated_at timestamptz, field text, reason text, raw text
                ) on commit drop""");
    }

    /** Forgets everything: the walk starts again. */
    void clear() {
        handle.execute("truncate staged, staged_rejected");
    }

    void add(List<AlphaRow> rows) {
        CsvCopy.into(handle, "staged", out -> {
            for (AlphaRow row : rows) {
                if (row instanceof AlphaRow.Accepted accepted) {
                    print(out, accepted.execution());
                }
            }
        });
        if (rows.stream().allMatch(AlphaRow.Accepted.class::isInstance)) {
            return;
        }
        CsvCopy.into(handle, "staged_rejected", out -> {
            for (AlphaRow row : rows) {
                if (row instanceof AlphaRow.Rejected rejected) {
                    out.printRecord(
                            rejected.tradeId(),
                            rejected.updatedAt(),
                            rejected.field(),
                            rejected.reason(),
                            rejected.raw().replace("\0", "\\u0000"));
                }
            }
        });
    }

    private void print(CSVPrinter out, Execution execution) throws IOException {
        out.printRecord(
                ordinal++,
                execution.tradeId(),
                execution.version(),
                execution.portfolio(),
                execution.status(),
                execution.reconStatus(),
                execution.contract().osi(),
                execution.underlying(),
                execution.contract().expiry(),
                execution.contract().right(),
                execution.contract().strike().toPlainString(),
                execution.side(),
                execution.quantity().toPlainString(),
                execution.price().toPlainString(),
                execution.multiplier(),
                execution.feesUsd() == null ? null : execution.feesUsd().toPlainString(),
                execution.premiumUsd().toPlainString(),
                execution.executedAt(),
                execution.updatedAt(),
                execution.settleDate(),
                execution.raw());
    }
}
