package io.voldesk.analytics.execution;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.voldesk.kit.db.BinaryCopy;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.vendor.VendorFailure;
import io.voldesk.model.ExportedExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * The local copy of the executions. Each page of the export and the number it reaches to are one transaction, so a repeated or
 * broken pull neither loses nor doubles a row.
 */
@RegisterForReflection(targets = ExportedExecution.class) // read line by line
@ApplicationScoped
public class Projection {
    private static final Logger LOG = Logger.getLogger(Projection.class);
    private static final int PAGE = 20_000;
    private static final int COLUMNS = 19;
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

    /** @throws io.voldesk.kit.problem.Problem 400 where the source is none */
    public static String source(String sent) {
        return Params.oneOf("source", sent, ALPHA_SYNC, Set.of(ALPHA_SYNC));
    }

    /** Pulls what has changed since the last pull. Answers why it could not: the projection stays where it is then. */
    public Optional<String> catchUp(String source) {
        try {
            while (jdbi.inTransaction(handle -> pullPage(handle, source)) == PAGE) {
                LOG.debug("another page of the export");
            }
            return Optional.empty();
        } catch (VendorFailure | Unreadable e) {
            return behind(e.getMessage(), e);
        } catch (ProcessingException e) {
            return behind("trade-sync-service did not answer", e);
        }
    }

    private static Optional<String> behind(String why, RuntimeException e) {
        LOG.warnf("the projection stays where it is: %s", why);
        LOG.debug("why the projection stays where it is", e);
        return Optional.of(why);
    }

    private static final class Unreadable extends RuntimeException {
        Unreadable(Exception why) {
            super("the export of trade-sync-service cannot be read", why);
        }
    }

    private int pullPage(Handle handle, String source) {
        handle.execute("select pg_advisory_xact_lock(hashtextextended('analytics.projection', 0))");
        long after = handle.createQuery("select change_seq from projection_state where source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
        Instant asked = clock.instant();
        List<ExportedExecution> rows = read(tradeSync.export(source, after, PAGE));
        if (!rows.isEmpty()) {
            store(handle, rows);
        }
        boolean moved = !rows.isEmpty();
        handle.createUpdate("""
                        insert into projection_state as s (source, change_seq, updated_at, caught_up_at)
                        values (:source, :seq, :now, :caught_up)
                        on conflict (source) do update set change_seq = excluded.change_seq,
                          updated_at = case when :moved then excluded.updated_at else s.updated_at end,
                          caught_up_at = coalesce(excluded.caught_up_at, s.caught_up_at)""")
                .bind("source", source)
                .bind("seq", moved ? rows.getLast().changeSeq() : after)
                .bind("now", clock.instant())
                .bind("caught_up", rows.size() < PAGE ? asked : null)
                .bind("moved", moved)
                .execute();
        return rows.size();
    }

    private List<ExportedExecution> read(byte[] ndjson) {
        try (MappingIterator<ExportedExecution> lines =
                json.readerFor(ExportedExecution.class).readValues(ndjson == null ? new byte[0] : ndjson)) {
            List<ExportedExecution> rows = lines.readAll();
            if (rows.stream().anyMatch(row -> row.identity() == null || row.currency() == null)) {
                // while both services are upgraded, the other may not tell them yet
                throw new IOException("an execution without identity or currency");
            }
            return rows;
        } catch (IOException | RuntimeJsonMappingException e) {
            throw new Unreadable(e);
        }
    }

    private static void store(Handle handle, List<ExportedExecution> rows) {
        handle.execute("create temp table incoming (like execution) on commit drop");
        try (BinaryCopy copy = BinaryCopy.into(handle, "incoming")) {
            for (ExportedExecution row : rows) {
                copy.row(COLUMNS)
                        .text(row.source())
                        .text(row.sourceTradeId())
                        .integer(row.version())
                        .text(row.portfolio())
                        .text(row.status())
                        .text(row.symbol())
                        .text(row.underlying())
                        .integer(row.side())
                        .value(row.quantity())
                        .value(row.price())
                        .integer(row.multiplier())
                        .value(row.feesUsd())
                        .instant(row.executedAt())
                        .bigint(row.changeSeq())
                        .text(row.positionEffect())
                        .text(row.identity().code())
                        .text(row.deliverable())
                        .text(row.currency())
                        .value(row.premiumUsd());
            }
        }
        handle.execute("""
                insert into execution select * from incoming
                on conflict (source, source_trade_id) do update set
                  version = excluded.version, portfolio = excluded.portfolio, status = excluded.status,
                  symbol = excluded.symbol, underlying = excluded.underlying, side = excluded.side,
                  quantity = excluded.quantity, price = excluded.price, multiplier = excluded.multiplier,
                  fees_usd = excluded.fees_usd, executed_at = excluded.executed_at, change_seq = excluded.change_seq,
                  position_effect = excluded.position_effect, identity = excluded.identity, deliverable = excluded.deliverable,
                  currency = excluded.currency, premium_usd = excluded.premium_usd""");
    }

    /**
     * Where the projection stands.
     *
     * @param changeSeq the last change of execution sync it holds
     * @param updatedAt when it last took over a change
     * @param caughtUpAt when it last held everything execution sync had; null before the first time
     * @param lagSeconds since then: what execution sync has changed in them may be missing here; null before the first time
     */
    public record Position(long changeSeq, Instant updatedAt, Instant caughtUpAt, Long lagSeconds) {}

    public Position position(String source) {
        Instant now = clock.instant();
        return jdbi.withHandle(handle -> handle.createQuery(
                        "select change_seq, updated_at, caught_up_at from projection_state where source = :source")
                .bind("source", source)
                .map((row, context) -> {
                    Instant caughtUp = Rows.instant(row.getTimestamp(3));
                    return new Position(
                            row.getLong(1),
                            Rows.instant(row.getTimestamp(2)),
                            caughtUp,
                            caughtUp == null
                                    ? null
                                    : (Long) Duration.between(caughtUp, now).toSeconds());
                })
                .findOne()
                .orElse(new Position(0, null, null, null)));
    }
}
