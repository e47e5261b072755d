package io.voldesk.snapshot.surface;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.Black76;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.SnapshotChecks;
import io.voldesk.snapshot.capture.SnapshotRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The vendor's delta surface of a share at one hour. Its expiries are dates, at midnight; the time to them is the vendor's own
 * {@code daysToExpiration}, so that a vol and the time it was quoted for belong together. The share price is the forward: the
 * vendor gives no other.
 *
 * @param suspicious whether the hour has expiries that were left out because their vols cannot be right
 */
public record ShareSurface(Instant timestamp, Double sharePrice, List<SurfaceSlice> slices, boolean suspicious) {
    private static final int EXPIRATION = 0;
    private static final int DAYS = 1;
    private static final int LABEL = 2;
    private static final int CALL_DELTA = 3;
    private static final int VOL = 4;
    private static final int INDEX_PRICE = 6;
    private static final int FEWEST_POINTS = 5;

    /** What an option was worth on the surface, or why that cannot be told. Price in USD per share, vol a fraction. */
    public sealed interface Worth {
        record Priced(double price, double vol, double forward, double years) implements Worth {}

        /**
         * @param reason {@code expiry_outside_surface}, {@code strike_outside_surface} or {@code suspicious_surface}
         */
        record Unknown(String reason) implements Worth {}
    }

    /** The hours of a vendor answer, by time. */
    public static Map<Instant, ShareSurface> read(List<JsonNode> vendorRows, long rawId) {
        List<JsonNode> dated = vendorRows.stream()
                .filter(row ->
                        Vendor.number(row, "daysToExpiration") != null && Vendor.number(row, "daysToExpiration") > 0)
                .toList();
        Map<Instant, Map<Instant, List<SnapshotRow>>> hours = new TreeMap<>();
        for (SnapshotRow point : SurfaceSource.read(dated, rawId, row -> Vendor.number(row, "daysToExpiration"))) {
            hours.computeIfAbsent(point.sourceTimestamp(), t -> new TreeMap<>())
                    .computeIfAbsent((Instant) point.values().get(EXPIRATION), e -> new ArrayList<>())
                    .add(point);
        }
        Map<Instant, ShareSurface> surfaces = new TreeMap<>();
        hours.forEach((at, expiries) -> surfaces.put(at, surface(at, expiries)));
        return surfaces;
    }

    private static ShareSurface surface(Instant at, Map<Instant, List<SnapshotRow>> expiries) {
        List<SurfaceSlice> slices = new ArrayList<>();
        boolean suspicious = false;
        Double sharePrice = null;
        for (var expiry : expiries.entrySet()) {
            List<SnapshotRow> points = expiry.getValue();
            Double index = (Double) points.getFirst().values().get(INDEX_PRICE);
            sharePrice = sharePrice == null ? index : sharePrice;
            if (points.size() < FEWEST_POINTS || points.stream().anyMatch(ShareSurface::wrong)) {
                suspicious = true;
            } else if (index != null && index > 0) {
                slices.add(slice(expiry.getKey(), index, points));
            }
        }
        return new ShareSurface(at, sharePrice, slices, suspicious);
    }

    private static boolean wrong(SnapshotRow point) {
        return point.suspicious() != null
                || !SnapshotChecks.plausibleVol((Double) point.values().get(VOL));
    }

    private static SurfaceSlice slice(Instant expiration, double sharePrice, List<SnapshotRow> points) {
        double days = (Double) points.getFirst().values().get(DAYS);
        return new SurfaceSlice(
                expiration,
                days,
                sharePrice,
                "index_price",
                points.stream()
                        .map(point -> {
                            String label = (String) point.values().get(LABEL);
                            double delta = (Double) point.values().get(CALL_DELTA);
                            double vol = (Double) point.values().get(VOL);
                            double k = label.equals("atm") ? 0 : SurfaceSlice.strikeOf(delta, vol, days / 365);
                            return new SurfaceSlice.Point(label, delta, k, vol, point.rawId());
                        })
                        .sorted(Comparator.comparingDouble(SurfaceSlice.Point::k))
                        .toList());
    }

    /**
     * Black-76 on the surface: on a listed expiry at the vol of the strike, between two linear in total variance at equal
     * k = ln(K/F). Nothing is said beyond the listed expiries or the outermost deltas.
     */
    public Worth worth(boolean call, double strike, LocalDate expiry) {
        SurfaceSlice before = null;
        for (SurfaceSlice slice : slices) {
            LocalDate date = slice.expiration().atZone(ZoneOffset.UTC).toLocalDate();
            if (date.equals(expiry)) {
                return priced(call, strike, slice.forward(), slice.years(), variance(slice, strike));
            }
            if (date.isAfter(expiry)) {
                return before == null
                        ? unknown("expiry_outside_surface")
                        : between(call, strike, expiry, before, slice);
            }
            before = slice;
        }
        return unknown(slices.isEmpty() && suspicious ? "suspicious_surface" : "expiry_outside_surface");
    }

    private Worth between(boolean call, double strike, LocalDate expiry, SurfaceSlice near, SurfaceSlice far) {
        double share = (double) (expiry.toEpochDay() - day(near)) / (day(far) - day(near));
        Double nearVariance = variance(near, strike);
        Double farVariance = variance(far, strike);
        Double variance = nearVariance == null || farVariance == null
                ? null
                : (Double) (nearVariance + share * (farVariance - nearVariance));
        return priced(call, strike, near.forward(), near.years() + share * (far.years() - near.years()), variance);
    }

    private static long day(SurfaceSlice slice) {
        return slice.expiration().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    /** Total variance at the strike; null beyond the outermost points. */
    private static Double variance(SurfaceSlice slice, double strike) {
        double k = Math.log(strike / slice.forward());
        if (k < slice.points().getFirst().k() || k > slice.points().getLast().k()) {
            return null;
        }
        double vol = slice.volAt(k);
        return vol * vol * slice.years();
    }

    private static Worth priced(boolean call, double strike, double forward, double years, Double variance) {
        if (variance == null) {
            return unknown("strike_outside_surface");
        }
        double vol = Math.sqrt(variance / years);
        return new Worth.Priced(Black76.price(call, forward, strike, years, vol), vol, forward, years);
    }

    private static Worth unknown(String reason) {
        return new Worth.Unknown(reason);
    }
}
