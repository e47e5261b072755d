package io.voldesk.snapshot.volmetrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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
    public List<SnapshotRow> fetch(String currency, LocalDate date) {
        Instant from = SnapshotSource.startOf(date);
        Instant to = SnapshotSource.endOf(date);
        var index = amberdata.deribit("volatility/index", currency, from, to, Map.of("timeInterval", "hours"));
        var impliedVsRealised =
                amberdata.deribit("realized-volatility/implied-vs-realized", currency, from, to, Map.of());
        Map<Instant, Double> dvol = new HashMap<>();
        for (JsonNode row : index.rows()) {
            Instant at = Vendor.time(row, "exchangeTimestamp");
            Double close = Vendor.vol(row, "close");
            if (at != null && close != null) {
                dvol.put(at, close);
            }
        }
        List<SnapshotRow> rows = new ArrayList<>();
        for (JsonNode row : impliedVsRealised.rows()) {
            Instant at = Vendor.time(row, "timestamp");
            if (at != null) {
                rows.add(SnapshotRow.read(
                        at,
                        "metrics",
                        impliedVsRealised.rawId(),
                        dvol.get(at),
                        Vendor.vol(row, "atm7"),
                        Vendor.vol(row, "atm30"),
                        Vendor.vol(row, "atm60"),
                        Vendor.vol(row, "atm90"),
                        Vendor.vol(row, "atm180"),
                        Vendor.vol(row, "realizedVolatility7"),
                        Vendor.vol(row, "realizedVolatility30")));
            }
        }
        return rows;
    }
}
