package io.voldesk.snapshot.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.db.Rows;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.kit.stream.Format;
import io.voldesk.kit.stream.Selection;
import io.voldesk.kit.stream.Streams;
import io.voldesk.snapshot.amberdata.RawArchive;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Stored rows as they are, suspicious ones marked; whole as CSV or NDJSON for a backup before remediation. */
@Path("/api/snapshots")
@RunOnVirtualThread
public class RowsResource {
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
            @PathParam("type") String type,
            @PathParam("currency") String currency,
            @PathParam("date") String date,
            @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        SnapshotType wanted = SnapshotType.of("type", type);
        String of = SnapshotType.currency(currency, null);
        LocalDate day = Params.date("date", date);
        int most = Params.integer("limit", limit, 500, 1, 10_000);
        int offset = Params.integer("cursor", cursor, 0, 0, Integer.MAX_VALUE);
        List<Map<String, Object>> rows = new ArrayList<>();
        each(wanted, of, day, offset, most + 1, rows::add);
        Integer next = rows.size() > most ? offset + most : null;
        return new Page(wanted, of, day, rows.subList(0, Math.min(most, rows.size())), next);
    }

    /** A whole snapshot, in the order it was captured, to be kept before it is replaced; 404 where there is none. */
    @GET
    @Path("/export")
    public Response export(
            @QueryParam("type") String type,
            @QueryParam("currency") String currency,
            @QueryParam("date") String date,
            @HeaderParam("Accept") String accept) {
        SnapshotType wanted = SnapshotType.of("type", type);
        String of = SnapshotType.currency(currency, null);
        LocalDate day = Params.date("date", date);
        if (day == null) {
            throw Problem.badField("date", "is required");
        }
        List<String> columns = sources.get(wanted).table().allColumns();
        String name = wanted.code() + "-" + of + "-" + day;
        var rows = new Selection<Map<String, Object>>(
                "select %s from %s where currency = :currency and snapshot_date = :date order by ctid"
                        .formatted(
                                String.join(", ", columns),
                                sources.get(wanted).table().name()),
                query -> query.bind("currency", of).bind("date", day),
                (row, context) -> Rows.asMap(row),
                "no " + wanted.code() + " rows of " + of + " are stored for " + day);
        return streams.answer(
                rows,
                accept != null && accept.contains("text/csv")
                        ? new Format.Csv<>(name + ".csv", columns, Map::values)
                        : new Format.Ndjson<>(name + ".ndjson", json.writer()));
    }

    private void each(
            SnapshotType type,
            String currency,
            LocalDate date,
            int offset,
            int most,
            java.util.function.Consumer<Map<String, Object>> consumer) {
        String table = sources.get(type).table().name();
        jdbi.useTransaction(handle -> {
            try (var rows = handle
                    .createQuery(
                            "select * from " + table
                                    + " where currency = :currency and snapshot_date = :date order by ctid offset :offset limit :most")
                    .bind("currency", currency)
                    .bind("date", date)
                    .bind("offset", offset)
                    .bind("most", most)
                    .setFetchSize(2_000)
                    .map((row, context) -> Rows.asMap(row))
                    .stream()) {
                rows.forEach(consumer);
            }
        });
    }

    /** The archived answer a row points to: its question, time and hash. */
    @GET
    @Path("/raw/{id}")
    public RawArchive.Trace raw(@PathParam("id") String id) {
        return archive.trace(Params.sequence("id", id, -1)).orElseThrow(() -> Problem.notFound("no raw payload " + id));
    }
}
