package io.voldesk.snapshot.surface;

import com.fasterxml.jackson.databind.JsonNode;
import io.voldesk.quant.Black76;
import io.voldesk.snapshot.amberdata.Vendor;
import io.voldesk.snapshot.capture.ReadRows;
import io.voldesk.snapshot.capture.SnapshotChecks;
import io.voldesk.snapshot.capture.SnapshotRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The vendor's delta surface of a share at one hour.
 *
 * <p>Time runs to the close of trading on the expiry, 16:00 in New York, and vols are stated over that time. The vendor's own run over
 * another: on the recordings its marks from five days on follow from {@code daysToExpiration}, which ends at the midnight (UTC) with
 * which the date of expiry begins (0.6 % of the price from three weeks on, 3 % below, where no calendar does better); nearer than that
 * they cannot (on the day before an expiry that leaves 0.17 days beside a vol of 123, with 127 a week later), and the close comes
 * nearest. What is kept is the total variance that this gives.
 *
 * <p>The forward is the share price carried at the row's own {@code underlyingRate}; where a row has none, the share price
 * itself, as {@code forwardSource} says. Options are priced as European, without dividends or borrow ({@link #MODEL}): for a call on a
 * share that pays nothing that is its value, a deep put is worth more for the right to exercise it early.
 *
 * @param suspicious whether the hour has expiries that were left out because their vols cannot be right
 */
public record ShareSurface(Instant timestamp, Double sharePrice, List<Expiry> expiries, boolean suspicious) {
    public static final String MODEL = "european_model";

    private static final Logger LOG = Logger.getLogger(ShareSurface.class);
    private static final ZoneId EXCHANGE = ZoneId.of("America/New_York");
    private static final LocalTime CLOSE = LocalTime.of(16, 0);
    private static final int EXPIRATION = 0;
    private static final int LABEL = 2;
    private static final int CALL_DELTA = 3;
    private static final int VOL = 4;
    private static final int INDEX_PRICE = 6;
    private static final int FEWEST_POINTS = 5;
    private static final double FEWEST_DAYS_TO_MIDNIGHT = 5;

    /** @param rate a year, continuous; 0 where the vendor gives none */
    public record Expiry(LocalDate date, double rate, SurfaceSlice slice) {
        double years() {
            return slice.years();
        }
    }

    /** What an option was worth on the surface, or why that cannot be told. Price in USD per share, vol and rate fractions. */
    public sealed interface Worth {
        record Priced(double price, double vol, double forward, double rate, String forwardSource, double years)
                implements Worth {}

        /**
         * @param reason {@code expiry_outside_surface}, {@code strike_outside_surface} or {@code suspicious_surface}
         */
        record Unknown(String reason) implements Worth {}
    }

    /** The hours of a vendor answer, by time. */
    public static Map<Instant, ShareSurface> read(List<JsonNode> vendorRows, long rawId) {
        Map<Instant, Map<Instant, Double>> rates = new HashMap<>();
        List<ReadRows.Rejected> rejected = ReadRows.each(vendorRows, "", row -> {
            Instant at = row.neededTime("timestamp");
            Instant expiration = row.neededExpiration("expirationTimestamp", at);
            rates.computeIfAbsent(at, t -> new HashMap<>()).put(expiration, row.number("underlyingRate"));
        });
        ReadRows read = SurfacePoints.read(vendorRows, rawId, ShareSurface::daysToClose);
        Set<Instant> doubtful = hoursOf(vendorRows, read.alsoRejecting(rejected).rejected());
        Map<Instant, Map<Instant, List<SnapshotRow>>> hours = new TreeMap<>();
        for (SnapshotRow point : read.rows()) {
            hours.computeIfAbsent(point.sourceTimestamp(), t -> new TreeMap<>())
                    .computeIfAbsent((Instant) point.values().get(EXPIRATION), e -> new ArrayList<>())
                    .add(point);
        }
        Map<Instant, ShareSurface> surfaces = new TreeMap<>();
        hours.forEach((at, expiries) ->
                surfaces.put(at, surface(at, expiries, rates.getOrDefault(at, Map.of()), doubtful.contains(at))));
        return surfaces;
    }

    /** The hours in which a row holds a value that cannot be kept; an expiry that is over, or has no vols, is no doubt. */
    private static Set<Instant> hoursOf(List<JsonNode> vendorRows, List<ReadRows.Rejected> rejected) {
        if (!rejected.isEmpty()) {
            LOG.infof("vendor rows of a share surface that were not kept: %s", rejected);
        }
        return rejected.stream()
                .filter(row ->
                        !row.reason().startsWith("expired_") && !row.reason().equals("missing_vol"))
                .map(row -> Vendor.time(vendorRows.get(row.row() - 1), "timestamp"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static double daysToClose(Instant at, Instant expiration) {
        return days(at, dateOf(expiration));
    }

    /** The days that the vendor's vol of an expiry was made with. */
    private static double vendorDays(Instant at, Instant expiration, double toClose) {
        double toMidnight = Duration.between(at, expiration).toSeconds() / 86_400.0;
        return toMidnight >= FEWEST_DAYS_TO_MIDNIGHT ? toMidnight : toClose;
    }

    private static double days(Instant at, LocalDate expiry) {
        return Duration.between(at, expiry.atTime(CLOSE).atZone(EXCHANGE)).toSeconds() / 86_400.0;
    }

    /** The vendor stamps an expiry with the midnight (UTC) of its date. */
    private static LocalDate dateOf(Instant expiration) {
        return LocalDate.ofInstant(expiration, ZoneOffset.UTC);
    }

    private static ShareSurface surface(
            Instant at, Map<Instant, List<SnapshotRow>> expiries, Map<Instant, Double> rates, boolean doubtful) {
        List<Expiry> read = new ArrayList<>();
        boolean suspicious = doubtful;
        Double sharePrice = null;
        for (var expiry : expiries.entrySet()) {
            List<SnapshotRow> points = expiry.getValue();
            Double index = (Double) points.getFirst().values().get(INDEX_PRICE);
            sharePrice = sharePrice == null ? index : sharePrice;
            if (points.size() < FEWEST_POINTS
                    || points.stream().anyMatch(ShareSurface::wrong)
                    || !rates.containsKey(expiry.getKey())) {
                suspicious = true;
            } else if (index != null && index > 0) {
                read.add(expiry(at, expiry.getKey(), index, rates.get(expiry.getKey()), points));
            }
        }
        return new ShareSurface(at, sharePrice, read, suspicious);
    }

    private static boolean wrong(SnapshotRow point) {
        return point.suspicious() != null
                || !SnapshotChecks.plausibleVol((Double) point.values().get(VOL));
    }

    private static Expiry expiry(
            Instant at, Instant expiration, double sharePrice, Double rate, List<SnapshotRow> points) {
        double days = days(at, dateOf(expiration));
        double carry = rate == null ? 0 : rate;
        double perVendorVol = Math.sqrt(vendorDays(at, expiration, days) / days);
        SurfaceSlice slice = new SurfaceSlice(
                expiration,
                days,
                sharePrice * Math.exp(carry * days / 365),
                rate == null ? "share_price" : "share_price_at_underlying_rate",
                points.stream()
                        .map(point -> {
                            String label = (String) point.values().get(LABEL);
                            double delta = (Double) point.values().get(CALL_DELTA);
                            double vol = perVendorVol * (Double) point.values().get(VOL);
                            double k = label.equals("atm") ? 0 : SurfaceSlice.strikeOf(delta, vol, days / 365);
                            return new SurfaceSlice.Point(label, delta, k, vol, point.rawId());
                        })
                        .sorted(Comparator.comparingDouble(SurfaceSlice.Point::k))
                        .toList());
        return new Expiry(dateOf(expiration), carry, slice);
    }

    /**
     * Black-76 on the surface, discounted at the rate of the expiry: on a listed expiry at the vol of the strike, between two linear in
     * total variance at equal k = ln(K/F), the rate linear in time. Nothing is said beyond the listed expiries or the outermost
     * deltas.
     */
    public Worth worth(boolean call, double strike, LocalDate expiry) {
        Expiry before = null;
        for (Expiry listed : expiries) {
            if (listed.date().equals(expiry)) {
                return priced(
                        call,
                        strike,
                        listed.slice(),
                        listed.rate(),
                        listed.years(),
                        variance(
                                listed.slice(), Math.log(strike / listed.slice().forward())));
            }
            if (listed.date().isAfter(expiry)) {
                return before == null
                        ? unknown("expiry_outside_surface")
                        : between(call, strike, expiry, before, listed);
            }
            before = listed;
        }
        return unknown(expiries.isEmpty() && suspicious ? "suspicious_surface" : "expiry_outside_surface");
    }

    private Worth between(boolean call, double strike, LocalDate expiry, Expiry near, Expiry far) {
        double years = days(timestamp, expiry) / 365;
        double share = (years - near.years()) / (far.years() - near.years());
        double rate = near.rate() + share * (far.rate() - near.rate());
        double forward = Math.exp(Math.log(near.slice().forward())
                + share * Math.log(far.slice().forward() / near.slice().forward()));
        double k = Math.log(strike / forward);
        Double nearVariance = variance(near.slice(), k);
        Double farVariance = variance(far.slice(), k);
        Double variance = nearVariance == null || farVariance == null
                ? null
                : (Double) (nearVariance + share * (farVariance - nearVariance));
        SurfaceSlice carried = new SurfaceSlice(
                near.slice().expiration(), 365 * years, forward, near.slice().forwardSource(), List.of());
        return priced(call, strike, carried, rate, years, variance);
    }

    /** Total variance at k; null beyond the outermost points. */
    private static Double variance(SurfaceSlice slice, double k) {
        if (k < slice.points().getFirst().k() || k > slice.points().getLast().k()) {
            return null;
        }
        double vol = slice.volAt(k);
        return vol * vol * slice.years();
    }

    private static Worth priced(
            boolean call, double strike, SurfaceSlice slice, double rate, double years, Double variance) {
        if (variance == null) {
            return unknown("strike_outside_surface");
        }
        double vol = Math.sqrt(variance / years);
        double price = Math.exp(-rate * years) * Black76.price(call, slice.forward(), strike, years, vol);
        return new Worth.Priced(price, vol, slice.forward(), rate, slice.forwardSource(), years);
    }

    private static Worth unknown(String reason) {
        return new Worth.Unknown(reason);
    }
}
