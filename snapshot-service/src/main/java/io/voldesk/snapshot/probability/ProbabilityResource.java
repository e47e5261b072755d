package io.voldesk.snapshot.probability;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Params;
import io.voldesk.kit.problem.Problem;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.Smile;
import io.voldesk.quant.Touch;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.capture.SnapshotType;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Implied density, conditional density, touch probabilities and the experimental candidate screen of a maturity. */
@Path("/api/probability")
@RunOnVirtualThread
public class ProbabilityResource {
    private static final int SHOWN_POINTS = 200;
    private static final List<Double> MOVES = List.of(-0.3, -0.2, -0.15, -0.1, -0.05, 0.05, 0.1, 0.15, 0.2, 0.3);

    private final Density densities;
    private final CandidateScreen screen;
    private final Clock clock;

    public ProbabilityResource(Density densities, CandidateScreen screen, Clock clock) {
        this.densities = densities;
        this.screen = screen;
        this.clock = clock;
    }

    /** @param density per USD; {@code vol} a fraction; {@code below} P(S_T ≤ price) */
    public record Point(double price, double density, double vol, double below) {}

    public record DensityAnswer(
            String currency,
            int dte,
            Double spot,
            Double forward,
            Density.Quality densityQuality,
            List<Point> points,
            List<Quantile> quantiles) {}

    public record Quantile(double probability, double price) {}

    @GET
    @Path("/density")
    public DensityAnswer density(
            @QueryParam("currency") String currency, @QueryParam("dte") String dte, @QueryParam("date") String date) {
        String wanted = SnapshotType.currency(currency, "BTC");
        int days = Params.integer("dte", dte, 30, 1, 365);
        return switch (densities.of(wanted, days, AsOf.endOf(date, clock))) {
            case Density.Result.None none ->
                new DensityAnswer(wanted, days, null, null, none.quality(), List.of(), List.of());
            case Density.Result.Fitted fitted ->
                new DensityAnswer(
                        wanted,
                        days,
                        fitted.spot(),
                        fitted.smile().forward(),
                        fitted.quality(),
                        points(fitted),
                        List.of(0.05, 0.25, 0.5, 0.75, 0.95).stream()
                                .map(p -> new Quantile(
                                        p,
                                        fitted.smile().forward()
                                                * Math.exp(fitted.curve()
                                                        .quantile(
                                                                Double.NEGATIVE_INFINITY,
                                                                Double.POSITIVE_INFINITY,
                                                                p))))
                                .toList());
        };
    }

    /** Thinned to what a chart shows, within ±4 deviations. */
    private static List<Point> points(Density.Result.Fitted fitted) {
        DensityCurve curve = fitted.curve();
        Smile smile = fitted.smile();
        List<Point> points = new ArrayList<>();
        int n = curve.k().length;
        int step = Math.max(1, n / 2 / SHOWN_POINTS);
        for (int i = n / 4; i <= 3 * n / 4; i += step) {
            double k = curve.k()[i];
            double price = smile.forward() * Math.exp(k);
            points.add(new Point(price, curve.density()[i] / price, smile.vol(k), smile.massBelow(k)));
        }
        return points;
    }

    /** @param meanPrice and quantiles given that side; null where the side has no mass */
    public record Side(String side, double mass, Double meanPrice, List<Quantile> quantiles) {}

    public record ConditionalAnswer(
            String currency,
            int dte,
            Double spot,
            Double bandLow,
            Double bandHigh,
            Density.Quality densityQuality,
            List<Side> sides) {}

    @GET
    @Path("/conditional")
    public ConditionalAnswer conditional(
            @QueryParam("currency") String currency,
            @QueryParam("dte") String dte,
            @QueryParam("date") String date,
            @QueryParam("band_pct") String bandPercent) {
        String wanted = SnapshotType.currency(currency, "BTC");
        int days = Params.integer("dte", dte, 30, 1, 365);
        double band = Params.integer("band_pct", bandPercent, 10, 1, 90) / 100.0;
        return switch (densities.of(wanted, days, AsOf.endOf(date, clock))) {
            case Density.Result.None none ->
                new ConditionalAnswer(wanted, days, null, null, null, none.quality(), List.of());
            case Density.Result.Fitted fitted -> {
                double spot = fitted.spot();
                double forward = fitted.smile().forward();
                double atSpot = Math.log(spot / forward);
                double low = Math.log(spot * (1 - band) / forward);
                double high = Math.log(spot * (1 + band) / forward);
                yield new ConditionalAnswer(
                        wanted,
                        days,
                        spot,
                        spot * (1 - band),
                        spot * (1 + band),
                        fitted.quality(),
                        List.of(
                                side("below_spot", fitted, Double.NEGATIVE_INFINITY, atSpot),
                                side("above_spot", fitted, atSpot, Double.POSITIVE_INFINITY),
                                side("inside_band", fitted, low, high),
                                side("below_band", fitted, Double.NEGATIVE_INFINITY, low),
                                side("above_band", fitted, high, Double.POSITIVE_INFINITY)));
            }
        };
    }

    private static Side side(String name, Density.Result.Fitted fitted, double from, double to) {
        DensityCurve.Part part = fitted.curve().between(from, to);
        double forward = fitted.smile().forward();
        if (!(part.mass() > 1e-12)) {
            return new Side(name, part.mass(), null, List.of());
        }
        return new Side(
                name,
                part.mass(),
                forward * part.meanOverForward(),
                List.of(0.1, 0.5, 0.9).stream()
                        .map(p -> new Quantile(
                                p, forward * Math.exp(fitted.curve().quantile(from, to, p))))
                        .toList());
    }

    /** @param vol the smile vol at the level, a fraction */
    public record LevelTouch(
            double level, double movePct, double vol, double touchProbability, double finishBeyondProbability) {}

    public record TouchAnswer(
            String currency, int dte, Double spot, Density.Quality densityQuality, List<LevelTouch> levels) {}

    @GET
    @Path("/touch")
    public TouchAnswer touch(
            @QueryParam("currency") String currency,
            @QueryParam("dte") String dte,
            @QueryParam("date") String date,
            @QueryParam("levels") String levels) {
        String wanted = SnapshotType.currency(currency, "BTC");
        int days = Params.integer("dte", dte, 30, 1, 365);
        List<Double> asked = prices(levels);
        return switch (densities.of(wanted, days, AsOf.endOf(date, clock))) {
            case Density.Result.None none -> new TouchAnswer(wanted, days, null, none.quality(), List.of());
            case Density.Result.Fitted fitted ->
                new TouchAnswer(
                        wanted,
                        days,
                        fitted.spot(),
                        fitted.quality(),
                        (asked.isEmpty()
                                        ? MOVES.stream()
                                                .map(m -> fitted.spot() * (1 + m))
                                                .toList()
                                        : asked)
                                .stream().map(level -> touch(fitted, level)).toList());
        };
    }

    private static LevelTouch touch(Density.Result.Fitted fitted, double level) {
        Smile smile = fitted.smile();
        double k = Math.log(level / smile.forward());
        double vol = smile.vol(k);
        double spot = fitted.spot();
        double carry = Math.log(smile.forward() / spot) / smile.years();
        return new LevelTouch(
                level,
                100 * (level / spot - 1),
                vol,
                Touch.probability(spot, level, smile.years(), vol, carry),
                level >= spot ? smile.massAbove(k) : smile.massBelow(k));
    }

    private static List<Double> prices(String sent) {
        if (sent == null || sent.isBlank()) {
            return List.of();
        }
        try {
            List<Double> prices = Arrays.stream(sent.split(",", -1))
                    .map(s -> Double.valueOf(s.strip()))
                    .toList();
            if (prices.size() <= 50 && prices.stream().allMatch(p -> p > 0 && Double.isFinite(p))) {
                return prices;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw Problem.badField("levels", "must be at most 50 positive prices, comma-separated");
    }

    @GET
    @Path("/candidates")
    public CandidateScreen.Answer candidates(
            @QueryParam("currency") String currency, @QueryParam("dte") String dte, @QueryParam("date") String date) {
        return screen.screen(
                SnapshotType.currency(currency, "BTC"),
                Params.integer("dte", dte, 30, 1, 365),
                AsOf.endOf(date, clock));
    }
}
