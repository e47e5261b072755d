package io.voldesk.snapshot.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Selection;
import io.voldesk.kit.stream.Streams;
import io.voldesk.model.Currency;
import io.voldesk.snapshot.amberdata.RawArchive;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jdbi.v3.core.Jdbi;

/** Stored rows as they are, suspicious ones marked; whole as CSV or NDJSON for a backup before remediation. */
@Path("/api/snapshots")
@RunOnVirtualThread
public class RowsResource {
    private static final int LAST_OFFSET = 1_000_000_000;

    private final Jdbi jdbi;
    private final Map<SnapshotType, SnapshotSource> sources;
    private final RawArchive archive;
    private final Streams streams;
    private final ObjectMapper json;

    public RowsResource(
            Jdbi jdbi, @All List<SnapshotSource> sources, RawArchive archive, Streams streams, ObjectMapper json) {
        this.jdbi = jdbi;
        this.streams = streams;
        this.sources = sources.stream().collect(Collectors.toMap(SnapshotSource::type, Function.identity()));
        this.archive = archive;
        this.json = json;
    }

    public record Page(
            SnapshotType type, String currency, LocalDate date, List<Map<String, Object>> rows, Integer nextOffset) {}

    @GET
    @Path("/{type}/{currency}/{date}")
    public Page rows(
            @PathParam("type") SnapshotType type,
            @PathParam("currency") Currency currency,
            @PathParam("date") LocalDate date,
            @QueryParam("limit") @DefaultValue("500") @Min(1) @Max(10_000) int limit,
            @QueryParam("cursor") @DefaultValue("0") @Min(0) @Max(LAST_OFFSET) int cursor) {
        List<Map<String, Object>> rows = page(type, currency, date, cursor, limit + 1);
        Integer next = rows.size() > limit ? cursor + limit : null;
        return new Page(type, currency.name(), date, rows.subList(0, Math.min(limit, rows.size())), next);
    }

    /** A whole snapshot, in the order it was captured, to be kept before it is replaced; 404 where there is none. */
    @GET
    @APIResponse(
            responseCode = "200",
            description = "Its rows, one a line",
            content = {
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = Map.class)),
                @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class))
            })
    @Path("/export")
    public Response export(
            @QueryParam("type") @NotNull SnapshotType type,
            @QueryParam("currency") @NotNull Currency currency,
            @QueryParam("date") @NotNull LocalDate date,
            @HeaderParam("Accept") String accept) {
        List<String> columns = sources.get(type).table().allColumns();
        String name = type.code() + "-" + currency + "-" + date;
        var rows = new Selection<Map<String, Object>>(
                "select %s from %s where currency = :currency and snapshot_date = :date order by ctid"
                        .formatted(
                                String.join(", ", columns),
                                sources.get(type).table().name()),
                query -> query.bind("currency", currency.name()).bind("date", date),
                (row, context) -> Rows.asMap(row),
                "no " + type.code() + " rows of " + currency + " are stored for " + date);
        return streams.answer(
                rows,
                accept != null && accept.contains("text/csv")
                        ? new Format.Csv<>(name + ".csv", columns, Map::values)
                        : new Format.Ndjson<>(name + ".ndjson", json.writer()));
    }

    private List<Map<String, Object>> page(SnapshotType type, Currency currency, LocalDate date, int offset, int most) {
        SnapshotTable table = sources.get(type).table();
        return jdbi.withHandle(handle -> handle.createQuery(
                        """
                        select %s from %s where currency = :currency and snapshot_date = :date
                        order by ctid offset :offset limit :most""".formatted(String.join(", ", table.allColumns()), table.name()))
                .bind("currency", currency.name())
                .bind("date", date)
                .bind("offset", offset)
                .bind("most", most)
                .map((row, context) -> Rows.asMap(row))
                .list());
    }

    /** The archived answer a row points to: its question, time and hash. */
    @GET
    @Path("/raw/{id}")
    public RawArchive.Trace raw(@PathParam("id") @Min(0) long id) {
        return archive.trace(id).orElseThrow(() -> Problem.notFound("no raw payload " + id));
    }
}
