package io.voldesk.snapshot.surface;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.NormalDistribution;
import io.voldesk.snapshot.amberdata.VendorRow;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the points of delta surfaces: a vendor row is one expiry at one time. */
public final class SurfacePoints {
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

    private SurfacePoints() {}

    /** The days from the time of a row to its expiry. */
    interface Days {
        double between(Instant at, Instant expiration);
    }

    /** The points of vendor rows. In an hour where most expiries have hardly a quote, no point is to be trusted. */
    public static ReadRows read(List<JsonNode> vendorRows, long rawId) {
        return read(
                vendorRows, rawId, (at, expiry) -> Duration.between(at, expiry).toSeconds() / 86_400.0);
    }

    static ReadRows read(List<JsonNode> vendorRows, long rawId, Days days) {
        Map<Instant, List<List<SnapshotRow>>> hours = new LinkedHashMap<>();
        List<ReadRows.Rejected> rejected = ReadRows.each(vendorRows, "", row -> {
            List<SnapshotRow> points = points(row, rawId, days);
            hours.computeIfAbsent(points.getFirst().sourceTimestamp(), t -> new ArrayList<>())
                    .add(points);
        });
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
        return new ReadRows(rows, rejected);
    }

    /** One point at the least. */
    private static List<SnapshotRow> points(VendorRow row, long rawId, Days daysTo) {
        Instant at = row.neededTime("timestamp");
        Instant expiration = row.neededExpiration("expirationTimestamp", at);
        double days = daysTo.between(at, expiration);
        if (!(days > 0)) {
            throw row.unusable("expired_expirationTimestamp");
        }
        Double forward = row.number("underlyingPrice");
        Double index = row.number("indexPrice");
        List<SnapshotRow> points = new ArrayList<>();
        DELTAS.forEach((field, callDelta) -> {
            Double vol = row.vol(field);
            if (vol != null) {
                // the vol at the forward has the delta N(σ√T/2)
                double delta =
                        Double.isNaN(callDelta) ? NormalDistribution.cdf(vol * Math.sqrt(days / 365) / 2) : callDelta;
                points.add(SnapshotRow.read(
                        at, expiration + "|" + field, rawId, expiration, days, field, delta, vol, forward, index));
            }
        });
        if (points.isEmpty()) {
            throw row.unusable("missing_vol");
        }
        return priceLike(row)
                ? points.stream().map(p -> p.suspected("price_like_vols")).toList()
                : points;
    }

    private static boolean priceLike(VendorRow row) {
        Double atm = row.number("atm");
        Double put = row.number("deltaPut45");
        Double call = row.number("deltaCall45");
        return apart(atm, put) || apart(atm, call) || apart(put, call);
    }

    private static boolean apart(Double one, Double other) {
        return one != null && other != null && Math.abs(one - other) > MOST_STEP_AT_THE_MONEY * Math.min(one, other);
    }
}
