package io.voldesk.snapshot.surface;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.NormalDistribution;
import io.voldesk.snapshot.amberdata.AmberdataClient;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotRow;
import io.voldesk.snapshot.capture.SnapshotSource;
import io.voldesk.snapshot.capture.SnapshotTable;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
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

    /** At the money the wings must meet; the vendor's price-like rows of thin hours are far apart there. */
    private static final double MOST_STEP_AT_THE_MONEY = 0.25;

    private static final int POINTS_OF_A_ROW = 20;

    /** Call deltas by the vendor's field; that of the vol at the forward follows from the vol itself. */
    private static final Map<String, Double> DELTAS = deltas();

    private static Map<String, Double> deltas() {
        Map<String, Double> deltas = new LinkedHashMap<>();
        deltas.put("atm", Double.NaN);
        deltas.put("delta50", 0.5);
        for (int delta = 5; delta <= 45; delta += 5) {
            String name = String.format(Locale.ROOT, "%02d", delta);
            deltas.put("deltaPut" + name, 1 - delta / 100.0);
            deltas.put("deltaCall" + name, delta / 100.0);
        }
        return deltas;
    }

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
        return new ReadRows(read(answer.rows(), answer.rawId()), rejected(answer.rows()));
    }

    /** Rows that no point can be read from, by what they lack. */
    private static Map<String, Integer> rejected(List<JsonNode> vendorRows) {
        Map<String, Integer> rejected = new TreeMap<>();
        for (JsonNode row : vendorRows) {
            if (Vendor.time(row, "timestamp") == null) {
                rejected.merge("unreadable_timestamp", 1, Integer::sum);
            } else if (Vendor.time(row, "expirationTimestamp") == null) {
                rejected.merge("unreadable_expirationTimestamp", 1, Integer::sum);
            } else if (DELTAS.keySet().stream().allMatch(field -> Vendor.vol(row, field) == null)) {
                rejected.merge("unreadable_vol", 1, Integer::sum);
            }
        }
        return rejected;
    }

    /** The points of vendor rows. In an hour where most expiries have hardly a quote, no point is to be trusted. */
    public static List<SnapshotRow> read(List<JsonNode> vendorRows, long rawId) {
        return read(vendorRows, rawId, SurfaceSource::daysBetweenItsTimes);
    }

    /** @param days of a row to its expiry */
    static List<SnapshotRow> read(List<JsonNode> vendorRows, long rawId, ToDoubleFunction<JsonNode> days) {
        Map<Instant, List<List<SnapshotRow>>> hours = new LinkedHashMap<>();
        for (JsonNode row : vendorRows) {
            List<SnapshotRow> points = points(row, rawId, days);
            Instant at = Vendor.time(row, "timestamp");
            if (at != null) {
                hours.computeIfAbsent(at, t -> new ArrayList<>()).add(points);
            }
        }
        List<SnapshotRow> rows = new ArrayList<>();
        for (List<List<SnapshotRow>> slices : hours.values()) {
            long thin = slices.stream()
                    .filter(slice -> slice.size() < POINTS_OF_A_ROW / 2)
                    .count();
            boolean thinHour = thin > slices.size() / 2;
            for (List<SnapshotRow> slice : slices) {
                slice.forEach(point -> rows.add(thinHour ? point.suspected("thin_hour") : point));
            }
        }
        return rows;
    }

    /** The points of one vendor row: one expiry at one time. */
    private static List<SnapshotRow> points(JsonNode row, long rawId, ToDoubleFunction<JsonNode> daysOf) {
        Instant at = Vendor.time(row, "timestamp");
        Instant expiration = Vendor.time(row, "expirationTimestamp");
        if (at == null || expiration == null) {
            return List.of();
        }
        double days = daysOf.applyAsDouble(row);
        if (!(days > 0)) {
            return List.of();
        }
        List<SnapshotRow> points = new ArrayList<>();
        DELTAS.forEach((field, delta) -> add(points, row, at, expiration, days, field, delta, rawId));
        return priceLike(row)
                ? points.stream().map(p -> p.suspected("price_like_vols")).toList()
                : points;
    }

    private static double daysBetweenItsTimes(JsonNode row) {
        return Duration.between(Vendor.time(row, "timestamp"), Vendor.time(row, "expirationTimestamp"))
                        .toSeconds()
                / 86_400.0;
    }

    private static void add(
            List<SnapshotRow> points,
            JsonNode row,
            Instant at,
            Instant expiration,
            double days,
            String field,
            double callDelta,
            long rawId) {
        Double vol = Vendor.vol(row, field);
        if (vol != null) {
            // the vol at the forward has the delta N(σ√T/2)
            double delta =
                    Double.isNaN(callDelta) ? NormalDistribution.cdf(vol * Math.sqrt(days / 365) / 2) : callDelta;
            points.add(SnapshotRow.read(
                    at,
                    expiration + "|" + field,
                    rawId,
                    expiration,
                    days,
                    field,
                    delta,
                    vol,
                    Vendor.number(row, "underlyingPrice"),
                    Vendor.number(row, "indexPrice")));
        }
    }

    private static boolean priceLike(JsonNode row) {
        Double atm = Vendor.number(row, "atm");
        Double put = Vendor.number(row, "deltaPut45");
        Double call = Vendor.number(row, "deltaCall45");
        return apart(atm, put) || apart(atm, call) || apart(put, call);
    }

    private static boolean apart(Double one, Double other) {
        return one != null && other != null && Math.abs(one - other) > MOST_STEP_AT_THE_MONEY * Math.min(one, other);
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
