package io.voldesk.analytics.execution;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.voldesk.kit.db.CsvCopy;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.ExportedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The local copy of the executions. Each page of the export and the number it reaches to are one transaction, so a repeated or
 * broken pull neither loses nor doubles a row.
 */
@ApplicationScoped
public class Projection {
    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final int PAGE = 20_000;
    public static final String ALPHA_SYNC = "alpha_sync";

    private final ExportApi tradeSync;
    private final Jdbi jdbi;
    private final ObjectMapper json;
    private final Clock clock;

    public Projection(@RestClient ExportApi tradeSync, Jdbi jdbi, ObjectMapper json, Clock clock) {
        this.tradeSync = tradeSync;
        this.jdbi = jdbi;
        this.json = json;
        this.clock = clock;
    }

    /** Pulls what has changed since the last pull. */
    public void catchUp(String source) {
        while (jdbi.inTransaction(handle -> pullPage(handle, source)) == PAGE) {
            LOG.debug("another page of the export");
        }
    }

    @Scheduled(
            every = "{voldesk.projection.poll}",
            delayed = "{voldesk.projection.poll}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void poll() {
        try {
            catchUp(ALPHA_SYNC);
        } catch (VendorFailure | ProcessingException e) {
            LOG.warn("execution sync could not be read; the projection stays where it is");
        }
    }

    private int pullPage(Handle handle, String source) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('analytics.projection', 0))");
        long after = handle.createQuery("select change_seq from projection_state where source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        List<ExportedExecution> rows = read(tradeSync.export(source, after, PAGE));
        if (rows.isEmpty()) {
            return 0;
        }
        store(handle, rows);
        handle.createUpdate("""
                        insert into projection_state (source, change_seq, updated_at) values (:source, :seq, :now)
                        on conflict (source) do update set change_seq = excluded.change_seq, updated_at = excluded.updated_at""")
                .bind("source", source)
                .bind("seq", rows.getLast().changeSeq())
                .bind("now", clock.instant())
                .execute();
        return rows.size();
    }

    private List<ExportedExecution> read(byte[] ndjson) {
        try (MappingIterator<ExportedExecution> lines =
                json.readerFor(ExportedExecution.class).readValues(ndjson == null ? new byte[0] : ndjson)) {
            return lines.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void store(Handle handle, List<ExportedExecution> rows) {
        handle.execute("create temp table incoming (like execution) on commit drop");
        CsvCopy.into(handle, "incoming", out -> {
            for (ExportedExecution row : rows) {
                out.printRecord(
                        row.source(),
                        row.sourceTradeId(),
                        row.version(),
                        row.portfolio(),
                        row.status(),
                        row.symbol(),
                        row.underlying(),
                        row.side(),
                        row.quantity().toPlainString(),
                        row.price().toPlainString(),
                        row.multiplier(),
                        row.feesUsd() == null ? null : row.feesUsd().toPlainString(),
                        row.executedAt(),
                        row.changeSeq());
            }
        });
        handle.execute("""
                insert into execution select * from incoming
                on conflict (source, source_trade_id) do update set
                  version = excluded.version, portfolio = excluded.portfolio, status = excluded.status,
                  symbol = excluded.symbol, underlying = excluded.underlying, side = excluded.side,
                  quantity = excluded.quantity, price = excluded.price, multiplier = excluded.multiplier,
                  fees_usd = excluded.fees_usd, executed_at = excluded.executed_at, change_seq = excluded.change_seq""");
    }

    /** Where the projection stands. */
    public record Position(long changeSeq, Instant updatedAt) {}

    public Position position(String source) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select change_seq, updated_at from projection_state where source = :source")
                .bind("source", source)
                .map((row, context) ->
                        new Position(row.getLong(1), row.getTimestamp(2).toInstant()))
                .findOne()
                .orElse(new Position(0, null)));
    }
}
