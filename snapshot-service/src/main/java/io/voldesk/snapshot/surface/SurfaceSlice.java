package io.voldesk.snapshot.surface;

import io.voldesk.quant.NormalDistribution;
import java.time.Instant;
import java.util.List;

/**
 * The quoted points of one expiry at one time, by strike.
 *
 * @param days to expiry
 * @param forward USD; the index price where the vendor gives no forward, as {@code forwardSource} says
 */
public record SurfaceSlice(Instant expiration, double days, double forward, String forwardSource, List<Point> points) {
    /** @param k ln(strike/forward); {@code vol} a fraction */
    public record Point(String label, double callDelta, double k, double vol, long rawId) {}

    public double years() {
        return days / 365;
    }

    /** The k of a forward delta: −d1·√w + w/2. */
    static double strikeOf(double callDelta, double vol, double years) {
        double w = vol * vol * years;
        return -NormalDistribution.quantile(callDelta) * Math.sqrt(w) + w / 2;
    }

    Double vol(String label) {
        return points.stream()
                .filter(p -> p.label().equals(label))
                .map(Point::vol)
                .findFirst()
                .orElse(null);
    }

    /** Vol at k, linear between points and flat beyond them. */
    public double volAt(double k) {
        Point before = points.getFirst();
        if (k <= before.k()) {
            return before.vol();
        }
        for (Point point : points) {
            if (k <= point.k()) {
                double share = (k - before.k()) / (point.k() - before.k());
                return before.vol() + share * (point.vol() - before.vol());
            }
            before = point;
        }
        return before.vol();
    }

    /** dσ/dk at the money from the 45-delta points; null without them. */
    Double slope() {
        Point call = point("deltaCall45");
        Point put = point("deltaPut45");
        return call == null || put == null ? null : (call.vol() - put.vol()) / (call.k() - put.k());
    }

    private Point point(String label) {
        return points.stream().filter(p -> p.label().equals(label)).findFirst().orElse(null);
    }
}
