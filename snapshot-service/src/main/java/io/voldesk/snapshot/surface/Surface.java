package io.voldesk.snapshot.surface;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A surface: the slices of one source timestamp, by expiry.
 *
 * @param indexPrice USD, null where the vendor gives none
 * @param timestampsInHour distinct source timestamps within the hour up to this one; more than one is a mixed surface
 */
public record Surface(
        String currency, Instant timestamp, Double indexPrice, List<SurfaceSlice> slices, int timestampsInHour) {

    /** The two neighbours of a maturity, the same one twice on an exact hit; null outside the listed range. */
    public SurfaceSlice[] around(double days) {
        SurfaceSlice near = null;
        for (SurfaceSlice slice : slices) {
            if (slice.days() <= days) {
                near = slice;
            } else {
                return near == null ? null : new SurfaceSlice[] {near, slice};
            }
        }
        return near != null && near.days() == days ? new SurfaceSlice[] {near, near} : null;
    }

    /** Vol of a delta point at a constant maturity, linear in total variance; null where it cannot be told. */
    Double volAt(String label, double days) {
        Double w = interpolate(days, slice -> {
            Double vol = slice.vol(label);
            return vol == null ? null : vol * vol * slice.days();
        });
        return w == null ? null : Math.sqrt(w / days);
    }

    Double skewSlope(double days) {
        return interpolate(days, SurfaceSlice::slope);
    }

    public Double atm(double days) {
        return volAt("atm", days);
    }

    private Double interpolate(double days, Function<SurfaceSlice, Double> value) {
        SurfaceSlice[] around = around(days);
        if (around == null) {
            return null;
        }
        Double near = value.apply(around[0]);
        Double far = value.apply(around[1]);
        if (near == null || far == null) {
            return null;
        }
        double span = around[1].days() - around[0].days();
        return span == 0 ? near : (Double) (near + (days - around[0].days()) / span * (far - near));
    }
}
