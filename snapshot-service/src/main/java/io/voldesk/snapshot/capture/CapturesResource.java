package io.voldesk.snapshot.capture;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.LocalDate;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** What has been stored since a run: whoever keeps what was drawn from market data looks again at these days. */
@Path("/internal/captures")
@RunOnVirtualThread
public class CapturesResource {
    private static final int MOST = 10_000;

    private final Jdbi jdbi;
    private final SnapshotStore store;

    public CapturesResource(Jdbi jdbi, SnapshotStore store) {
        this.jdbi = jdbi;
        this.store = store;
    }

    public record Capture(long runId, SnapshotType snapshotType, String currency, LocalDate date) {}

    /** @param last what to ask {@code after} the next time */
    public record Captures(long last, List<Capture> items) {}

    /** Runs that stored something, oldest first. One that is still going holds back those after it, so that none is passed over. */
    @GET
    public Captures since(@QueryParam("after") @DefaultValue("0") @Min(0) long after) {
        store.settle();
        return jdbi.inTransaction(handle -> {
            long settled = handle.createQuery("""
                            select coalesce(
                              (select min(id) - 1 from snapshot_run where status = 'running' and id > :after),
                              (select max(id) from snapshot_run), 0)""")
                    .bind("after", after)
                    .mapTo(Long.class)
                    .one();
            List<Capture> items = handle.createQuery("""
                            select id, snapshot_type, currency, target_date from snapshot_run
                            where id > :after and id <= :settled and status in ('ok', 'suspicious') order by id limit :most""")
                    .bind("after", after)
                    .bind("settled", settled)
                    .bind("most", MOST)
                    .map((row, context) -> new Capture(
                            row.getLong(1),
                            SnapshotType.of("type", row.getString(2)),
                            row.getString(3),
                            row.getObject(4, LocalDate.class)))
                    .list();
            long last = items.size() == MOST ? items.getLast().runId() : Math.max(after, settled);
            return new Captures(last, items);
        });
    }
}
