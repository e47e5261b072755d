package io.voldesk.snapshot.probability;

import io.voldesk.model.AgeRule;
import io.voldesk.model.QualityState;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.InterpolatedSmile;
import io.voldesk.quant.Smile;
import io.voldesk.quant.SviFit;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.surface.SurfaceReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The implied density at a horizon: SVI fits of its neighbours, total variance between them, and the judgement on it. */
@ApplicationScoped
public class Density {
    private static final int GRID_STEPS = 2_000;
    private static final int FEWEST_TO_FIT = 5;
    private static final int FEWEST_POINTS = 8;
    private static final double MOST_RMSE_VOL_POINTS = 1.5;

    private final SurfaceReader surfaces;
    private final ChainReader chains;

    public Density(SurfaceReader surfaces, ChainReader chains) {
        this.surfaces = surfaces;
        this.chains = chains;
    }

    /**
     * Whether the density may be relied on.
     *
     * @param state {@code ok}, {@code degraded} (with what is wrong in {@code reasons}), {@code stale} (its quotes are too old, and
     *     perhaps more), {@code missing} or {@code unavailable}
     * @param area of the density over ±8 deviations; ok within [0.97, 1.03]
     * @param minDensity least density as a share of the peak; ok from −1e-6
     * @param meanOverForward ok within 1 %
     * @param inputPoints quoted points of the slices used; ok from 8 each with both wings
     * @param fitRmseVolPoints the worse of the fits; ok up to 1.5
     * @param surfaceTimestamp the moment of the quotes that were fitted; {@code ageSeconds} from it to the asked moment
     * @param fitSource {@code chain} (mark vols of the hour's chain) or {@code delta_surface}
     * @param weights of the points in the fit: {@code vega_over_spread} or {@code equal}
     */
    public record Quality(
            QualityState state,
            Double area,
            Double minDensity,
            Double meanOverForward,
            int inputPoints,
            Double fitRmseVolPoints,
            @Nullable Instant surfaceTimestamp,
            Long ageSeconds,
            @Nullable String spotSource,
            @Nullable String fitSource,
            @Nullable String weights,
            List<String> reasons) {
        String reason() {
            return reasons.isEmpty() ? null : reasons.getFirst();
        }
    }

    /** A density, or only the quality that tells why there is none. */
    public sealed interface Result {
        Quality quality();

        /**
         * @param lowK and {@code highK} between which every slice used is quoted: beyond them it is extrapolated
         * @param spot USD, of the moment of the quotes
         */
        record Fitted(
                Instant at,
                Instant horizon,
                Smile smile,
                DensityCurve curve,
                double spot,
                double lowK,
                double highK,
                Quality quality)
                implements Result {
            boolean extrapolated(double k) {
                return k < lowK || k > highK;
            }

            double price(double k) {
                return smile.forward() * Math.exp(k);
            }

            double k(double price) {
                return Math.log(price / smile.forward());
            }
        }

        record None(Quality quality) implements Result {}
    }

    /**
     * The density {@code days} after the asked moment, from the latest quotes at or before it: the chain's mark vols where a chain is stored
     * of the surface's hour or later, else the vendor's delta points.
     */
    public Result of(String currency, int days, Instant asked) {
        SurfaceReader.Found found = surfaces.asOf(currency, asked);
        Optional<Instant> chainAt = chains.latestAt(currency, asked)
                .filter(at -> found.age().sourceAt() == null
                        || !at.isBefore(found.age().sourceAt().minus(AsOf.ONE_MOMENT)));
        Instant horizon = asked.plus(Duration.ofDays(days));
        if (chainAt.isPresent()) {
            Instant at = chainAt.get();
            AgeRule.Age age = AgeRule.SNAPSHOT.of(at, asked, "no_chain_snapshot");
            Result ofChain = age.shown()
                    ? of(Quotes.of(chains.stored(currency, at)), age, horizon)
                    : none(age, age.state(), age.reason());
            if (ofChain instanceof Result.Fitted || found.surface() == null) {
                return ofChain;
            }
        }
        return found.surface() == null
                ? none(found.age(), found.age().state(), found.age().reason())
                : of(Quotes.of(found.surface()), found.age(), horizon);
    }

    /** The density at a horizon, from quotes of one moment. */
    Result of(Quotes quotes, AgeRule.Age age, Instant horizon) {
        Quotes.Expiry[] around = quotes.around(horizon);
        if (around == null) {
            return none(age, QualityState.UNAVAILABLE, "maturity_outside_listed_expiries");
        }
        boolean single = around[0].equals(around[1]);
        if (around[0].points().size() < FEWEST_TO_FIT || around[1].points().size() < FEWEST_TO_FIT) {
            return none(age, QualityState.UNAVAILABLE, "fewer_than_5_points_in_a_slice");
        }
        SviFit near = around[0].fit();
        SviFit far = single ? near : around[1].fit();
        double years = OptionChain.Quote.years(quotes.at(), horizon);
        Smile smile = single ? near.slice() : new InterpolatedSmile(near.slice(), far.slice(), years);
        DensityCurve curve = DensityCurve.of(smile, GRID_STEPS);
        if (!Double.isFinite(curve.area()) || !Double.isFinite(curve.meanOverForward())) {
            return none(age, QualityState.UNAVAILABLE, "fit_has_no_finite_density");
        }
        double rmse = Math.max(near.rmseVolPoints(), far.rmseVolPoints());
        List<String> reasons = new ArrayList<>();
        if (!age.ok()) {
            reasons.add(age.reason());
        }
        judgeQuotes(reasons, quotes, around);
        judgeCurve(reasons, curve, rmse);
        judgeArbitrage(reasons, near, far);
        Quality quality = new Quality(
                !age.ok() ? age.state() : reasons.isEmpty() ? QualityState.OK : QualityState.DEGRADED,
                curve.area(),
                curve.least(),
                curve.meanOverForward(),
                around[0].points().size() + (single ? 0 : around[1].points().size()),
                rmse,
                quotes.at(),
                age.seconds(),
                quotes.spot() == null
                        ? "interpolated_forward"
                        : quotes.fitSource().equals("chain") ? "chain_index_price" : "surface_index_price",
                quotes.fitSource(),
                around[0].weights().equals(around[1].weights()) ? around[0].weights() : "equal_in_one_slice",
                reasons);
        return new Result.Fitted(
                quotes.at(),
                horizon,
                smile,
                curve,
                quotes.spot() != null ? quotes.spot() : smile.forward(),
                Math.max(around[0].lowK(), around[1].lowK()),
                Math.min(around[0].highK(), around[1].highK()),
                quality);
    }

    private static Result none(AgeRule.Age age, QualityState state, String reason) {
        return new Result.None(new Quality(
                state, null, null, null, 0, null, age.sourceAt(), age.seconds(), null, null, null, List.of(reason)));
    }

    private static void judgeQuotes(List<String> reasons, Quotes quotes, Quotes.Expiry[] around) {
        if (quotes.timestampsInHour() > 1) {
            reasons.add("mixed_source_timestamps: " + quotes.timestampsInHour());
        }
        for (Quotes.Expiry expiry : around[0].equals(around[1]) ? List.of(around[0]) : List.of(around)) {
            if (expiry.points().size() < FEWEST_POINTS) {
                reasons.add("sparse_slice: " + expiry.points().size() + " points at " + expiry.expiration());
            }
            if (!expiry.bothWings()) {
                reasons.add("one_wing_only: " + expiry.expiration());
            }
        }
    }

    private static void judgeCurve(List<String> reasons, DensityCurve curve, double rmse) {
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
    }

    private static void judgeArbitrage(List<String> reasons, SviFit near, SviFit far) {
        for (SviFit fit : near.equals(far) ? List.of(near) : List.of(near, far)) {
            if (!fit.butterflyFree()) {
                reasons.add(String.format(
                        Locale.ROOT, "butterfly_arbitrage: g %.4f at k %.3f", fit.leastG(), fit.leastGAt()));
            }
        }
        if (near.equals(far)) {
            return;
        }
        for (double k = -1; k <= 1; k += 0.1) {
            if (near.slice().w(k) > far.slice().w(k) + 1e-9
                    && Math.abs(k) < 4 * Math.sqrt(near.slice().w(0))) {
                reasons.add(String.format(Locale.ROOT, "calendar_arbitrage: at k %.1f", k));
                return;
            }
        }
    }
}
