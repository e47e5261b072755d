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

    /**
     * dσ/dk at the money at a constant maturity. A skew flattens like T^−½, so that slope·√T is what is linear between two expiries.
     */
    public Double skewSlope(double days) {
        Double scaled = interpolate(days, slice -> {
            Double slope = slice.slope();
            return slope == null ? null : slope * Math.sqrt(slice.days());
        });
        return scaled == null ? null : scaled / Math.sqrt(days);
    }

    public Double atm(double days) {
        return volAt("atm", days);
    }

    /** At a constant maturity: carry, and so ln F, is linear in time. USD; null outside the listed range. */
    public Double forward(double days) {
        Double log = interpolate(days, slice -> Math.log(slice.forward()));
        return log == null ? null : Math.exp(log);
    }

    /** Vol at k = ln(K/F) of a constant maturity: total variance at equal k, linear between the neighbouring expiries. */
    public Double vol(double k, double days) {
        Double w = interpolate(days, slice -> slice.volAt(k) * slice.volAt(k) * slice.days());
        return w == null ? null : Math.sqrt(w / days);
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
