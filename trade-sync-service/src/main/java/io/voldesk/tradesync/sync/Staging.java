package io.voldesk.tradesync.sync;

import io.voldesk.kit.db.BinaryCopy;
import io.voldesk.model.OptionContract;
import io.voldesk.tradesync.alpha.AlphaRow;
import io.voldesk.tradesync.execution.Execution;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Temporary tables of one run that hold the source's rows as they came, filled by COPY: {@code staged} the accepted ones,
 * {@code staged_rejected} the others. Their end is the end of the transaction. One COPY goes on from page to page, so that
 * PostgreSQL takes rows in while the next are made; {@link #close} ends it, and nothing else may use the connection before.
 */
final class Staging implements AutoCloseable {
    private static final int COLUMNS = 23;
    private static final int REJECTED_COLUMNS = 11;

    private static final Map<OptionContract.RootKind, String> ROOT_KINDS = new EnumMap<>(Map.of(
            OptionContract.RootKind.PLAIN, "plain",
            OptionContract.RootKind.FLEX, "flex",
            OptionContract.RootKind.ADJUSTED, "adjusted",
            OptionContract.RootKind.OTHER, "other"));

    private final Handle handle;
    private long ordinal;
    private final Clock clock;
    private Watermark highest;
    private Instant ceiling;
    private boolean premiumDisagrees;
    private boolean reconBreaks;
    private boolean rejections;
    private final Set<String> fromFuture = new LinkedHashSet<>();
    private final Map<String, Instant> futureExecutions = new LinkedHashMap<>();
    private BinaryCopy open;

    Staging(Handle handle, Clock clock) {
        this.handle = handle;
        this.clock = clock;
        handle.execute("set local work_mem = '128MB'");
        handle.execute("""
                create temp table staged (
                  ordinal bigint, source_trade_id text, version int, portfolio text, status text, recon_status text,
                  symbol text, underlying text, expiry date, option_right text, strike numeric, side text,
                  quantity numeric, price numeric, multiplier int, fees_usd numeric,
                  executed_at timestamptz, updated_at timestamptz, settle_date date, raw text,
                  root_kind text, currency text, source_premium_usd numeric
                ) on commit drop""");
        handle.execute("""
                create temp table staged_rejected (
                  ordinal bigint, source_trade_id text, version int, portfolio text, status text, updated_at timestamptz,
                  field text, reason text, page int, position int, raw text
                ) on commit drop""");
    }

    /** Forgets everything: the walk starts again. */
    void clear() {
        close();
        handle.execute("truncate staged, staged_rejected");
        ordinal = 0;
        highest = null;
        ceiling = null;
        premiumDisagrees = false;
        reconBreaks = false;
        rejections = false;
        fromFuture.clear();
        futureExecutions.clear();
    }

    /** How many rows of the walk are here. */
    long size() {
        return ordinal;
    }

    /** The highest place among the good rows of this walk that are not from the future. */
    Optional<Watermark> highest() {
        return Optional.ofNullable(highest);
    }

    /** What no row of this walk may raise the watermark beyond. */
    Instant ceiling() {
        return ceiling == null ? Watermark.ceiling(null, clock.instant()) : ceiling;
    }

    /** The names of rows that are dated later than that, good and bad. */
    Set<String> fromFuture() {
        return fromFuture;
    }

    /** Of these the good ones, with their times. */
    Map<String, Instant> futureExecutions() {
        return futureExecutions;
    }

    /** Whether there is a row that the custodian's reconciliation says break of. */
    boolean reconBreaks() {
        return reconBreaks;
    }

    boolean hasRejected() {
        return rejections;
    }

    /** Whether there is a row whose premium is not what its price comes to. */
    boolean premiumDisagrees() {
        return premiumDisagrees;
    }

    /** @param asOf the moment the source answered for; null where it says none */
    void add(List<AlphaRow> rows, Instant asOf) {
        Instant pageCeiling = Watermark.ceiling(asOf, clock.instant());
        if (ceiling == null || pageCeiling.isAfter(ceiling)) {
            ceiling = pageCeiling;
        }
        List<AlphaRow.Rejected> rejected = new ArrayList<>();
        List<Long> ordinals = new ArrayList<>();
        for (AlphaRow row : rows) {
            switch (row) {
                case AlphaRow.Accepted(Execution execution) -> {
                    if (open == null) {
                        open = BinaryCopy.into(handle, "staged");
                    }
                    print(open, execution);
                    rise(execution.updatedAt(), execution.tradeId(), pageCeiling);
                    reconBreaks |= execution.reconStatus().equals("break");
                    premiumDisagrees |= execution.premiumDisagrees();
                }
                case AlphaRow.Rejected bad -> {
                    rejected.add(bad);
                    ordinals.add(ordinal);
                    if (bad.updatedAt() != null && bad.updatedAt().isAfter(pageCeiling)) {
                        fromFuture.add(bad.tradeId() == null ? bad.place().name() : bad.tradeId());
                    }
                }
            }
            ordinal++;
        }
        if (!rejected.isEmpty()) {
            rejections = true;
            close();
            addRejected(rejected, ordinals);
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

    private void addRejected(List<AlphaRow.Rejected> rows, List<Long> ordinals) {
        try (BinaryCopy out = BinaryCopy.into(handle, "staged_rejected")) {
            for (int i = 0; i < rows.size(); i++) {
                AlphaRow.Rejected rejected = rows.get(i);
                out.row(REJECTED_COLUMNS)
                        .bigint(ordinals.get(i))
                        .text(rejected.tradeId())
                        .value(rejected.version())
                        .text(rejected.portfolio())
                        .text(rejected.status())
                        .instant(rejected.updatedAt())
                        .text(rejected.field())
                        .text(rejected.reason())
                        .integer(rejected.place().page())
                        .integer(rejected.place().position())
                        .text(rejected.raw().replace("\0", "\\u0000"));
            }
        }
    }

    /** A bad row never raises the mark: it must not hide good ones that come before it. */
    private void rise(Instant updatedAt, String tradeId, Instant pageCeiling) {
        if (updatedAt.isAfter(pageCeiling)) {
            fromFuture.add(tradeId);
            futureExecutions.put(tradeId, updatedAt);
            return;
        }
        Watermark place = new Watermark(updatedAt, tradeId);
        if (highest == null || place.compareTo(highest) > 0) {
            highest = place;
        }
    }

    private void print(BinaryCopy out, Execution execution) {
        out.row(COLUMNS)
                .bigint(ordinal)
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
                .text(execution.raw())
                .text(ROOT_KINDS.get(execution.contract().rootKind()))
                .text(execution.currency())
                .decimal(execution.sourcePremiumUsd());
    }
}
