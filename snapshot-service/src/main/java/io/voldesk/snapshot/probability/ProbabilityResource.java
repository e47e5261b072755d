package io.voldesk.snapshot.probability;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.kit.param.Arguments;
import io.voldesk.kit.problem.Problem;
import io.voldesk.model.Currency;
import io.voldesk.quant.DensityCurve;
import io.voldesk.quant.Smile;
import io.voldesk.quant.Touch;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.probability.Density.Result.Fitted;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Implied density, touch probabilities and the experimental candidate screen of a horizon. */
@Path("/api/probability")
@RunOnVirtualThread
public class ProbabilityResource {
    private static final int SHOWN_POINTS = 200;
    private static final int MOST_LEVELS = 50;
    private static final List<Double> PROBABILITIES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);
    private static final List<Double> MOVES = List.of(-0.3, -0.2, -0.15, -0.1, -0.05, 0.05, 0.1, 0.15, 0.2, 0.3);

    private final Density densities;
    private final CandidateScreen screen;
    private final Clock clock;

    public ProbabilityResource(Density densities, CandidateScreen screen, Clock clock) {
        this.densities = densities;
        this.screen = screen;
        this.clock = clock;
    }

    /**
     * @param density per USD; {@code vol} a fraction; {@code below} P(S_T ≤ price)
     * @param extrapolated whether the price lies beyond every quote
     */
    public record Point(double price, double density, double vol, double below, boolean extrapolated) {}

    public record Quantile(double probability, double price, boolean extrapolated) {}

    public record DensityAnswer(@JsonUnwrapped Basis basis, List<Point> points, List<Quantile> quantiles) {}

    @GET
    @Path("/density")
    public DensityAnswer density(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("dte") @DefaultValue("30") @Min(1) @Max(365) int days,
            @QueryParam("date") LocalDate date) {
        String wanted = currency.name();
        Instant asked = AsOf.endOf(date, clock);
        Density.Result result = densities.of(wanted, days, asked);
        Basis basis = Basis.of(wanted, days, asked, result);
        return result instanceof Fitted fitted
                ? new DensityAnswer(
                        basis,
                        points(fitted),
                        quantiles(fitted, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, PROBABILITIES))
                : new DensityAnswer(basis, List.of(), List.of());
    }

    static List<Quantile> quantiles(Fitted fitted, double from, double to, List<Double> probabilities) {
        return probabilities.stream()
                .map(p -> {
                    double k = fitted.curve().quantile(from, to, p);
                    return new Quantile(p, fitted.price(k), fitted.extrapolated(k));
                })
                .toList();
    }

    /** Thinned to what a chart shows, within ±4 deviations. */
    private static List<Point> points(Fitted fitted) {
        DensityCurve curve = fitted.curve();
        Smile smile = fitted.smile();
        List<Point> points = new ArrayList<>();
        int n = curve.k().length;
        int step = Math.max(1, n / 2 / SHOWN_POINTS);
        for (int i = n / 4; i <= 3 * n / 4; i += step) {
            double k = curve.k()[i];
            double price = fitted.price(k);
            points.add(new Point(
                    price, curve.density()[i] / price, smile.vol(k), smile.massBelow(k), fitted.extrapolated(k)));
        }
        return points;
    }

    /**
     * @param vol the smile vol at the level, a fraction
     * @param touchProbability by the reflection principle at that vol with the density's own carry, and at least {@code
     *     finishBeyondProbability}: one vol cannot carry a whole smile, but a path that ends beyond a level has been there
     * @param finishBeyondProbability the density's mass beyond the level, seen from spot
     * @param extrapolated whether the level lies beyond every quote
     */
    public record LevelTouch(
            double level,
            double movePct,
            double vol,
            double touchProbability,
            double finishBeyondProbability,
            boolean extrapolated) {}

    public record TouchAnswer(@JsonUnwrapped Basis basis, List<LevelTouch> levels) {}

    @GET
    @Path("/touch")
    public TouchAnswer touch(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("dte") @DefaultValue("30") @Min(1) @Max(365) int days,
            @QueryParam("date") LocalDate date,
            @QueryParam("levels") String levels) {
        String wanted = currency.name();
        List<Double> prices = prices(levels);
        Instant asked = AsOf.endOf(date, clock);
        Density.Result result = densities.of(wanted, days, asked);
        Basis basis = Basis.of(wanted, days, asked, result);
        if (!(result instanceof Fitted fitted)) {
            return new TouchAnswer(basis, List.of());
        }
        List<Double> shown = prices.isEmpty()
                ? MOVES.stream().map(m -> fitted.spot() * (1 + m)).toList()
                : prices;
        return new TouchAnswer(
                basis, shown.stream().map(level -> touch(fitted, level)).toList());
    }

    static LevelTouch touch(Fitted fitted, double level) {
        Smile smile = fitted.smile();
        double spot = fitted.spot();
        double k = fitted.k(level);
        double vol = smile.vol(k);
        double beyond = Math.clamp(level < spot ? smile.massBelow(k) : smile.massAbove(k), 0, 1);
        double touch = Touch.probability(spot, level, smile.years(), vol, carry(fitted));
        return new LevelTouch(
                level, 100 * (level / spot - 1), vol, Math.max(touch, beyond), beyond, fitted.extrapolated(k));
    }

    /** ln(F/S)/T: the drift that the density has. */
    static double carry(Fitted fitted) {
        return Math.log(fitted.smile().forward() / fitted.spot())
                / fitted.smile().years();
    }

    private static List<Double> prices(String sent) {
        if (sent == null || sent.isBlank()) {
            return List.of();
        }
        String[] parts = sent.split(",", -1);
        List<Double> prices = Arrays.stream(parts)
                .limit(MOST_LEVELS)
                .map(part -> Arguments.real("levels", part.strip()))
                .toList();
        if (parts.length > MOST_LEVELS || prices.stream().anyMatch(price -> price <= 0)) {
            throw Problem.badField("levels", "must be at most " + MOST_LEVELS + " positive prices, comma-separated");
        }
        return prices;
    }

    @GET
    @Path("/candidates")
    public CandidateScreen.Answer candidates(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("dte") @DefaultValue("30") @Min(1) @Max(365) int days,
            @QueryParam("date") LocalDate date) {
        return screen.screen(currency.name(), days, AsOf.endOf(date, clock), date == null);
    }
}
