package io.voldesk.snapshot.surface;

import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Hourly delta surfaces by listed expiry. Each point keeps the vendor's own timestamp; timestamps are never merged. */
@ApplicationScoped
public class SurfaceSource implements SnapshotSource {
    private static final SnapshotTable TABLE = new SnapshotTable(
            "iv_surface_snapshots",
            List.of(
                    SnapshotTable.plain("expiration"),
                    SnapshotTable.plain("days"),
                    SnapshotTable.plain("point"),
                    SnapshotTable.plain("call_delta"),
                    SnapshotTable.neededVol("vol"),
                    SnapshotTable.price("forward"),
                    SnapshotTable.neededPrice("index_price")));

    private final AmberdataClient amberdata;
    private final SurfaceReader reader;

    public SurfaceSource(AmberdataClient amberdata, SurfaceReader reader) {
        this.amberdata = amberdata;
        this.reader = reader;
    }

    @Override
    public SnapshotType type() {
        return SnapshotType.IV_SURFACE;
    }

    @Override
    public SnapshotTable table() {
        return TABLE;
    }

    @Override
    public ReadRows fetch(String currency, LocalDate date) {
        var answer = amberdata.deribit(
                "volatility/delta-surfaces/floating",
                currency,
                SnapshotSource.startOf(date),
                SnapshotSource.endOf(date),
                Map.of("timeInterval", "hours", "timeFormat", "iso"));
        return SurfacePoints.read(answer.rows(), answer.rawId());
    }

    @Override
    public String derivedTable() {
        return "surface_hourly";
    }

    @Override
    public void derive(Handle handle, String currency, LocalDate date) {
        handle.createUpdate("delete from surface_hourly where currency = :currency and snapshot_date = :date")
                .bind("currency", currency)
                .bind("date", date)
                .execute();
        var batch = handle.prepareBatch("""
                insert into surface_hourly
                  (currency, hour, snapshot_date, atm_7, atm_30, risk_reversal_25, butterfly_25, skew_slope)
                values (:currency, date_trunc('hour', :at::timestamptz, 'UTC'), :date, :atm7, :atm30, :rr, :fly, :slope)
                on conflict (currency, hour) do nothing""");
        for (Surface surface : reader.ofDate(handle, currency, date)) {
            Double atm30 = surface.volAt("atm", 30);
            Double call = surface.volAt("deltaCall25", 30);
            Double put = surface.volAt("deltaPut25", 30);
            boolean wings = atm30 != null && call != null && put != null;
            batch.bind("currency", currency)
                    .bind("at", surface.timestamp())
                    .bind("date", date)
                    .bind("atm7", surface.volAt("atm", 7))
                    .bind("atm30", atm30)
                    .bind("rr", wings ? (Double) (call - put) : null)
                    .bind("fly", wings ? (Double) ((call + put) / 2 - atm30) : null)
                    .bind("slope", surface.skewSlope(30))
                    .add();
        }
        if (batch.size() > 0) {
            batch.execute();
        }
    }
}
