package io.voldesk.snapshot.probability;

import io.voldesk.model.QualityState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an answer drawn from a density stands on.
 *
 * @param state of the density; with {@code missing} and {@code unavailable} the answer has no content
 * @param asked the moment the answer is for; the maturity counts from it
 * @param horizon asked + dte days
 * @param surfaceTimestamp the moment of the quotes, {@code ageSeconds} before the asked one
 * @param years from the quotes to the horizon, of 365 days: the time the vols belong to
 * @param spot and {@code forward} of the horizon, USD, of the moment of the quotes
 * @param quotedRange USD; beyond it the smile is extrapolated
 */
public record Basis(
        String currency,
        int dte,
        QualityState state,
        @Nullable String reason,
        Instant asked,
        @Nullable Instant horizon,
        @Nullable Instant surfaceTimestamp,
        Long ageSeconds,
        Double years,
        Double spot,
        Double forward,
        @Nullable Range quotedRange,
        Density.Quality densityQuality) {

    public record Range(double low, double high) {}

    static Basis of(String currency, int dte, Instant asked, Density.Result result) {
        Instant horizon = asked.plus(Duration.ofDays(dte));
        return switch (result) {
            case Density.Result.None none ->
                basis(currency, dte, asked, horizon, none.quality(), null, null, null, null);
            case Density.Result.Fitted fitted ->
                basis(
                        currency,
                        dte,
                        asked,
                        horizon,
                        fitted.quality(),
                        fitted.smile().years(),
                        fitted.spot(),
                        fitted.smile().forward(),
                        new Range(fitted.price(fitted.lowK()), fitted.price(fitted.highK())));
        };
    }

    private static Basis basis(
            String currency,
            int dte,
            Instant asked,
            Instant horizon,
            Density.Quality quality,
            Double years,
            Double spot,
            Double forward,
            Range range) {
        return new Basis(
                currency,
                dte,
                quality.state(),
                quality.reason(),
                asked,
                horizon,
                quality.surfaceTimestamp(),
                quality.ageSeconds(),
                years,
                spot,
                forward,
                range,
                quality);
    }
}
