package io.voldesk.snapshot.probability;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.voldesk.model.Currency;
import io.voldesk.model.QualityState;
import io.voldesk.quant.DensityCurve;
import io.voldesk.snapshot.capture.AsOf;
import io.voldesk.snapshot.probability.Density.Result.Fitted;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the mass of the implied density lies: about spot, about a band, and about the strongest magnet and repeller. */
@Path("/api/probability/conditional")
@RunOnVirtualThread
public class ConditionalResource {
    private static final double NO_MASS = 1e-12;
    private static final List<Double> PROBABILITIES = List.of(0.1, 0.5, 0.9);

    private final Density densities;
    private final DealerLevels levels;
    private final Clock clock;

    public ConditionalResource(Density densities, DealerLevels levels, Clock clock) {
        this.densities = densities;
        this.levels = levels;
        this.clock = clock;
    }

    /**
     * @param meanPrice and quantiles given that side; null where the side has no mass
     * @param extrapolated whether the side ends beyond every quote
     */
    public record Side(
            String side,
            double mass,
            Double meanPrice,
            boolean extrapolated,
            List<ProbabilityResource.Quantile> quantiles) {}

    /**
     * The band between the strongest magnet and the strongest repeller, of gamma levels of the quotes' own moment.
     *
     * @param state {@code ok}, {@code stale} as the density is, {@code missing} or {@code unavailable}; the latter two have no sides
     * @param asOf of the gamma levels
     */
    public record DealerBand(
            QualityState state,
            @Nullable String reason,
            @Nullable Instant asOf,
            Double magnet,
            Double repeller,
            Double low,
            Double high,
            List<Side> sides) {}

    public record Answer(
            @JsonUnwrapped Basis basis, Double bandLow, Double bandHigh, List<Side> sides, DealerBand magnetRepeller) {}

    @GET
    public Answer conditional(
            @QueryParam("currency") @DefaultValue(Currency.USUAL) Currency currency,
            @QueryParam("dte") @DefaultValue("30") @Min(1) @Max(365) int days,
            @QueryParam("date") LocalDate date,
            @QueryParam("band_pct") @DefaultValue("10") @Min(1) @Max(90) int bandPercent) {
        String wanted = currency.name();
        double band = bandPercent / 100.0;
        Instant asked = AsOf.endOf(date, clock);
        Density.Result result = densities.of(wanted, days, asked);
        Basis basis = Basis.of(wanted, days, asked, result);
        if (!(result instanceof Fitted fitted)) {
            return new Answer(basis, null, null, List.of(), noBand(basis.state(), basis.reason(), null));
        }
        double low = fitted.spot() * (1 - band);
        double high = fitted.spot() * (1 + band);
        double atSpot = fitted.k(fitted.spot());
        List<Side> sides = new ArrayList<>();
        sides.add(side("below_spot", fitted, Double.NEGATIVE_INFINITY, atSpot));
        sides.add(side("above_spot", fitted, atSpot, Double.POSITIVE_INFINITY));
        sides.addAll(aboutBand(fitted, low, high));
        return new Answer(basis, low, high, sides, dealerBand(wanted, asked, fitted));
    }

    private static List<Side> aboutBand(Fitted fitted, double low, double high) {
        double from = fitted.k(low);
        double to = fitted.k(high);
        return List.of(
                side("inside_band", fitted, from, to),
                side("below_band", fitted, Double.NEGATIVE_INFINITY, from),
                side("above_band", fitted, to, Double.POSITIVE_INFINITY));
    }

    private DealerBand dealerBand(String currency, Instant asked, Fitted fitted) {
        // an hour's levels may be stamped after its quotes, but never after the asked moment
        Instant latest = fitted.at().plus(AsOf.ONE_MOMENT);
        Optional<DealerLevels.Strongest> found = levels.latest(currency, latest.isBefore(asked) ? latest : asked);
        if (found.isEmpty()) {
            return noBand(QualityState.MISSING, "no_gex_snapshot", null);
        }
        DealerLevels.Strongest strongest = found.get();
        if (Duration.between(strongest.at(), fitted.at()).abs().compareTo(AsOf.ONE_MOMENT) > 0) {
            return noBand(QualityState.UNAVAILABLE, "inputs_apart", strongest.at());
        }
        if (strongest.magnet() == null || strongest.repeller() == null) {
            return noBand(
                    QualityState.UNAVAILABLE, strongest.magnet() == null ? "no_magnet" : "no_repeller", strongest.at());
        }
        double low = Math.min(strongest.magnet(), strongest.repeller());
        double high = Math.max(strongest.magnet(), strongest.repeller());
        boolean stale = fitted.quality().state() == QualityState.STALE;
        return new DealerBand(
                stale ? QualityState.STALE : QualityState.OK,
                stale ? fitted.quality().reason() : null,
                strongest.at(),
                strongest.magnet(),
                strongest.repeller(),
                low,
                high,
                aboutBand(fitted, low, high));
    }

    private static DealerBand noBand(QualityState state, String reason, Instant at) {
        return new DealerBand(state, reason, at, null, null, null, null, List.of());
    }

    private static Side side(String name, Fitted fitted, double from, double to) {
        DensityCurve.Part part = fitted.curve().between(from, to);
        boolean extrapolated =
                Double.isFinite(from) && fitted.extrapolated(from) || Double.isFinite(to) && fitted.extrapolated(to);
        if (!(part.mass() > NO_MASS)) {
            return new Side(name, part.mass(), null, extrapolated, List.of());
        }
        return new Side(
                name,
                part.mass(),
                fitted.smile().forward() * part.meanOverForward(),
                extrapolated,
                ProbabilityResource.quantiles(fitted, from, to, PROBABILITIES));
    }
}
