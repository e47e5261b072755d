package io.voldesk.snapshot.lineage;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import io.voldesk.snapshot.amberdata.RawArchive;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** The rows that a currency's shown numbers are drawn from now, down to the archived answers they were read from. */
@Path("/internal/lineage")
@RunOnVirtualThread
public class LineageResource {
    /** The captured tables under each table that a number is read from. */
    private static final Map<String, List<String>> CAPTURED = Map.of(
            "spot_snapshots", List.of("spot_snapshots"),
            "vol_metrics_snapshots", List.of("vol_metrics_snapshots"),
            "iv_surface_snapshots", List.of("iv_surface_snapshots"),
            "oi_snapshots", List.of("oi_snapshots"),
            "surface_hourly", List.of("iv_surface_snapshots"),
            "gex_hourly", List.of("gex_snapshots", "oi_snapshots", "iv_surface_snapshots"),
            "market_state",
                    List.of(
                            "spot_snapshots",
                            "vol_metrics_snapshots",
                            "iv_surface_snapshots",
                            "gex_snapshots",
                            "oi_snapshots"));

    private final Jdbi jdbi;
    private final RawArchive archive;

    public LineageResource(Jdbi jdbi, RawArchive archive) {
        this.jdbi = jdbi;
        this.archive = archive;
    }

    /**
     * @param rows of the latest source timestamp that has good ones
     * @param raw the archived answers those rows point to
     */
    public record TableTrace(
            String table, Instant sourceTimestamp, long rows, long suspicious, List<RawArchive.Trace> raw) {}

    /**
     * @param tables comma-separated; the captured tables under them are traced, each once
     * @param hour traces the rows of that hour in place of the latest
     */
    @GET
    public List<TableTrace> trace(
            @QueryParam("tables") @NotBlank String tables,
            @QueryParam("currency") @NotNull Currency currency,
            @QueryParam("hour") Instant hour) {
        return Arrays.stream(tables.split(","))
                .flatMap(table -> Optional.ofNullable(CAPTURED.get(table))
                        .orElseThrow(() -> Problem.badField("tables", "holds a table without lineage"))
                        .stream())
                .distinct()
                .flatMap(table -> latest(table, currency.name(), hour).stream())
                .toList();
    }

    private Optional<TableTrace> latest(String table, String currency, Instant hour) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        select source_timestamp, count(*), count(suspicious), array_agg(distinct raw_id) from %1$s
                        where currency = :currency and source_timestamp = (
                          select max(source_timestamp) from %1$s where currency = :currency and suspicious is null
                            and (:hour::timestamptz is null
                              or source_timestamp >= :hour and source_timestamp < :hour::timestamptz + interval '1 hour'))
                        group by source_timestamp""".formatted(table))
                .bind("currency", currency)
                .bind("hour", hour)
                .map((row, context) -> new TableTrace(
                        table,
                        Rows.instant(row.getTimestamp(1)),
                        row.getLong(2),
                        row.getLong(3),
                        Arrays.stream((Long[]) row.getArray(4).getArray())
                                .flatMap(id -> archive.trace(id).stream())
                                .toList()))
                .findOne());
    }
}
