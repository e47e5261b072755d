package io.voldesk.snapshot.spot;

import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Hourly index price. */
@ApplicationScoped
public class SpotSource implements SnapshotSource {
    private static final SnapshotTable TABLE =
            new SnapshotTable("spot_snapshots", List.of(SnapshotTable.neededPrice("price")));

    private final AmberdataClient amberdata;

    public SpotSource(AmberdataClient amberdata) {
        this.amberdata = amberdata;
    }

    @Override
    public SnapshotType type() {
        return SnapshotType.SPOT;
    }

    @Override
    public SnapshotTable table() {
        return TABLE;
    }

    @Override
    public ReadRows fetch(String currency, LocalDate date) {
        var answer = amberdata.deribit(
                "realized-volatility/implied-vs-realized",
                currency,
                SnapshotSource.startOf(date),
                SnapshotSource.endOf(date),
                Map.of());
        return ReadRows.of(
                answer.rows(),
                row -> SnapshotRow.read(row.neededTime("timestamp"), "spot", answer.rawId(), row.number("indexPrice")));
    }
}
