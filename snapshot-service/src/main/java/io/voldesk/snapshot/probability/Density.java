package io.voldesk.snapshot.probability;

import io.voldesk.model.QualityState;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.InterpolatedSmile;
import io.voldesk.quant.Smile;
import io.voldesk.quant.SviFit;
import io.voldesk.snapshot.surface.Surface;
import io.voldesk.snapshot.surface.SurfaceReader;
import io.voldesk.snapshot.surface.SurfaceSlice;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The implied density of a maturity: SVI fits of its neighbours, total variance between them, and the judgement on it. */
@ApplicationScoped
public class Density {
    private static final int GRID_STEPS = 2_000;
    private static final int FEWEST_POINTS = 8;
    private static final double MOST_RMSE_VOL_POINTS = 1.5;

    private final SurfaceReader surfaces;

    public Density(SurfaceReader surfaces) {
        this.surfaces = surfaces;
    }

    /**
     * Whether the density may be relied on.
     *
     * @param area of the density over ±8 deviations; ok within [0.97, 1.03]
     * @param minDensity least density as a share of the peak; ok from −1e-6
     * @param meanOverForward ok within 1 %
     * @param inputPoints quoted points of the slices used; ok from 8 each with both wings
     * @param fitRmseVolPoints the worse of the fits; ok up to 1.5
     */
    public record Quality(
            QualityState state,
            Double area,
            Double minDensity,
            Double meanOverForward,
            int inputPoints,
            Double fitRmseVolPoints,
            Instant surfaceTimestamp,
            String spotSource,
            List<String> reasons) {}

    /** A density, or only the quality that tells why there is none. */
    public sealed interface Result {
        Quality quality();

        record Fitted(Surface surface, Smile smile, DensityCurve curve, double spot, Quality quality)
                implements Result {}

        record None(Quality quality) implements Result {}
    }

    public Result of(String currency, double days, Instant notAfter) {
        Surface surface = surfaces.latest(currency, notAfter).orElse(null);
        if (surface == null) {
            return none(null, "no_surface_snapshot");
        }
        SurfaceSlice[] around = surface.around(days);
        if (around == null) {
            return none(surface, "maturity_outside_listed_expiries");
        }
        boolean single = around[0].equals(around[1]);
        int points =
                around[0].points().size() + (single ? 0 : around[1].points().size());
        if (around[0].points().size() < 5 || around[1].points().size() < 5) {
            return none(surface, "fewer_than_5_points_in_a_slice");
        }
        SviFit near = around[0].fit();
        SviFit far = single ? near : around[1].fit();
        Smile smile = single ? near.slice() : new InterpolatedSmile(near.slice(), far.slice(), days / 365);
        DensityCurve curve = DensityCurve.of(smile, GRID_STEPS);
        double rmse = Math.max(near.rmseVolPoints(), far.rmseVolPoints());
        List<String> reasons = reasons(surface, around, near, far, curve, rmse);
        boolean finite = Double.isFinite(curve.area()) && Double.isFinite(curve.meanOverForward());
        if (!finite) {
            return none(surface, "fit_has_no_finite_density");
        }
        double spot = surface.indexPrice() != null ? surface.indexPrice() : smile.forward();
        Quality quality = new Quality(
                reasons.isEmpty() ? QualityState.OK : QualityState.DEGRADED,
                curve.area(),
                curve.least(),
                curve.meanOverForward(),
                points,
                rmse,
                surface.timestamp(),
                surface.indexPrice() != null ? "surface_index_price" : "interpolated_forward",
                reasons);
        return new Result.Fitted(surface, smile, curve, spot, quality);
    }

    private static Result none(Surface surface, String reason) {
        return new Result.None(new Quality(
                QualityState.UNAVAILABLE,
                null,
                null,
                null,
                0,
                null,
                surface == null ? null : surface.timestamp(),
                null,
                List.of(reason)));
    }

    private static List<String> reasons(
            Surface surface, SurfaceSlice[] around, SviFit near, SviFit far, DensityCurve curve, double rmse) {
        List<String> reasons = new ArrayList<>();
        if (surface.timestampsInHour() > 1) {
            reasons.add("mixed_source_timestamps: " + surface.timestampsInHour());
        }
        for (SurfaceSlice slice : around) {
            if (slice.points().size() < FEWEST_POINTS) {
                reasons.add("sparse_slice: " + slice.points().size() + " points at " + slice.expiration());
            }
            if (!slice.bothWings()) {
                reasons.add("one_wing_only: " + slice.expiration());
            }
        }
        if (!(curve.area() >= 0.97 && curve.area() <= 1.03)) {
            reasons.add(String.format(Locale.ROOT, "area_out_of_range: %.4f", curve.area()));
        }
        if (!(curve.least() >= -1e-6)) {
            reasons.add(String.format(Locale.ROOT, "negative_density: %.2e of the peak", curve.least()));
        }
        if (!(Math.abs(curve.meanOverForward() - 1) <= 0.01)) {
            reasons.add(String.format(Locale.ROOT, "mean_off_forward: %.4f", curve.meanOverForward()));
        }
        if (!(rmse <= MOST_RMSE_VOL_POINTS)) {
            reasons.add(String.format(Locale.ROOT, "fit_rmse: %.2f vol points", rmse));
        }
        for (SviFit fit : List.of(near, far)) {
            if (!fit.butterflyFree()) {
                String reason = String.format(
                        Locale.ROOT, "butterfly_arbitrage: g %.4f at k %.3f", fit.leastG(), fit.leastGAt());
                if (!reasons.contains(reason)) {
                    reasons.add(reason);
                }
            }
        }
        if (!near.equals(far)) {
            for (double k = -1; k <= 1; k += 0.1) {
                if (near.slice().w(k) > far.slice().w(k) + 1e-9
                        && Math.abs(k) < 4 * Math.sqrt(near.slice().w(0))) {
                    reasons.add(String.format(Locale.ROOT, "calendar_arbitrage: at k %.1f", k));
                    break;
                }
            }
        }
        return reasons;
    }
}
