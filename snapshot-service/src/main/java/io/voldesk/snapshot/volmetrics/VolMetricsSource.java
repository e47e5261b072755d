package io.voldesk.snapshot.volmetrics;

import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.VendorRow;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hourly DVOL, at-the-money vols by maturity and realised vols. DVOL exists for BTC and ETH only. */
@ApplicationScoped
public class VolMetricsSource implements SnapshotSource {
    private static final SnapshotTable TABLE = new SnapshotTable(
            "vol_metrics_snapshots",
            List.of(
                    SnapshotTable.vol("dvol"),
                    SnapshotTable.vol("atm_7"),
                    SnapshotTable.neededVol("atm_30"),
                    SnapshotTable.vol("atm_60"),
                    SnapshotTable.vol("atm_90"),
                    SnapshotTable.vol("atm_180"),
                    SnapshotTable.vol("rv_7"),
                    SnapshotTable.neededVol("rv_30")));

    private final AmberdataClient amberdata;

    public VolMetricsSource(AmberdataClient amberdata) {
        this.amberdata = amberdata;
    }

    @Override
    public SnapshotType type() {
        return SnapshotType.VOL_METRICS;
    }

    @Override
    public SnapshotTable table() {
        return TABLE;
    }

    @Override
    public ReadRows fetch(String currency, LocalDate date) {
        Instant from = SnapshotSource.startOf(date);
        Instant to = SnapshotSource.endOf(date);
        var index = amberdata.deribit("volatility/index", currency, from, to, Map.of("timeInterval", "hours"));
        var impliedVsRealised =
                amberdata.deribit("realized-volatility/implied-vs-realized", currency, from, to, Map.of());
        // a bar is stamped at its start: what the index stood at then is its open, its close is of an hour later
        Map<Instant, Double> dvol = new HashMap<>();
        List<ReadRows.Rejected> barsRejected = ReadRows.each(
                index.rows(),
                "index_bar_",
                row -> dvol.put(row.neededTime("exchangeTimestamp"), row.neededVol("open")));
        return ReadRows.of(impliedVsRealised.rows(), row -> read(row, dvol, impliedVsRealised.rawId()))
                .alsoRejecting(barsRejected);
    }

    private static SnapshotRow read(VendorRow row, Map<Instant, Double> dvol, long rawId) {
        Instant at = row.neededTime("timestamp");
        return SnapshotRow.read(
                at,
                "metrics",
                rawId,
                dvol.get(at),
                row.vol("atm7"),
                row.vol("atm30"),
                row.vol("atm60"),
                row.vol("atm90"),
                row.vol("atm180"),
                row.vol("realizedVolatility7"),
                row.vol("realizedVolatility30"));
    }
}
