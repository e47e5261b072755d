package io.voldesk.snapshot.volmetrics;

import io.voldesk.model.QualityState;
import io.voldesk.model.Sample;
import io.voldesk.quant.RealisedVol;
import io.voldesk.quant.Stats;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Realised vols of a spot that was observed by the hour, over some days before its last hour.
 *
 * <p>Close to close also on hourly returns, as the vendor has it. The others on bars of 24 hours that end at the last hour: a bar opens
 * at the close of the one before (the market never shuts), its high and low are the highest and lowest of its 25 hourly observations, so
 * that ranges, and what is made of them, fall short of those of a full tape.
 */
final class RealisedVols {
    static final double HOURS_PER_YEAR = 8_760;
    static final double DAYS_PER_YEAR = 365;

    private RealisedVols() {}

    /**
     * @param estimator {@code close_to_close, parkinson, garman_klass, rogers_satchell} or {@code yang_zhang}
     * @param bars {@code hourly} or {@code daily}
     * @param value a fraction a year; null with its reason
     * @param sample returns or bars of those in the window; each counts as independent
     * @param lastValue of a stale one, to be shown as what it is; else null
     */
    public record Estimate(
            String estimator,
            String bars,
            Double value,
            QualityState state,
            @Nullable String reason,
            Sample sample,
            Double lastValue) {
        /** The same of spots that are too old: its value is the last there was. */
        Estimate stale(String why) {
            return value == null ? this : new Estimate(estimator, bars, null, QualityState.STALE, why, sample, value);
        }
    }

    public record Window(int days, List<Estimate> estimates) {
        Window stale(String why) {
            return new Window(
                    days,
                    estimates.stream().map(estimate -> estimate.stale(why)).toList());
        }
    }

    /** @param spots positive, by hour, none after {@code last}, itself there */
    static Window over(SortedMap<Instant, Double> spots, Instant last, int days) {
        List<Estimate> estimates = new ArrayList<>();
        double[] hourly = returns(spots, last, days);
        Sample hours = Sample.of(hourly.length, 24 * days, hourly.length);
        estimates.add(estimate("close_to_close", "hourly", hours, Math.sqrt(HOURS_PER_YEAR) * deviation(hourly), null));
        // one bar more than the window: what Yang and Zhang call overnight begins at its close
        List<Bar> all = bars(spots, last, days + 1);
        List<Bar> bars = all.stream().filter(bar -> bar.ago() < days).toList();
        List<RealisedVol.Bar> prices = bars.stream().map(Bar::prices).toList();
        Sample sample = Sample.of(bars.size(), days, bars.size());
        double[] daily = prices.stream()
                .mapToDouble(bar -> Math.log(bar.close() / bar.open()))
                .toArray();
        estimates.add(estimate("close_to_close", "daily", sample, Math.sqrt(DAYS_PER_YEAR) * deviation(daily), null));
        estimates.add(range("parkinson", sample, prices, RealisedVol::parkinson));
        estimates.add(range("garman_klass", sample, prices, RealisedVol::garmanKlass));
        estimates.add(range("rogers_satchell", sample, prices, RealisedVol::rogersSatchell));
        estimates.add(
                all.size() == days + 1
                        ? estimate(
                                "yang_zhang",
                                "daily",
                                sample,
                                RealisedVol.yangZhang(
                                        all.stream().map(Bar::prices).toList(), DAYS_PER_YEAR),
                                null)
                        : estimate("yang_zhang", "daily", sample, Double.NaN, "needs_consecutive_bars"));
        return new Window(days, estimates);
    }

    private static Estimate range(
            String name,
            Sample sample,
            List<RealisedVol.Bar> prices,
            ToDoubleBiFunction<List<RealisedVol.Bar>, Double> estimator) {
        double value = prices.isEmpty() ? Double.NaN : estimator.applyAsDouble(prices, DAYS_PER_YEAR);
        return estimate(name, "daily", sample, value, null);
    }

    /** Few bars are a noisy vol, not none: it is shown as degraded, and stands in no ranking. */
    private static Estimate estimate(String name, String bars, Sample sample, double value, String absent) {
        if (absent != null || sample.n() < 2 || !Double.isFinite(value)) {
            String reason = absent != null ? absent : "fewer_than_2_observations";
            return new Estimate(name, bars, null, QualityState.UNAVAILABLE, reason, sample, null);
        }
        QualityState state = sample.state() == QualityState.UNAVAILABLE ? QualityState.DEGRADED : sample.state();
        return new Estimate(name, bars, value, state, sample.reason(), sample, null);
    }

    private static double deviation(double[] returns) {
        return returns.length < 2 ? Double.NaN : Stats.deviation(returns);
    }

    private static double[] returns(SortedMap<Instant, Double> spots, Instant last, int days) {
        List<Double> returns = new ArrayList<>();
        for (Instant at = last.minus(Duration.ofDays(days)); at.isBefore(last); at = at.plus(Duration.ofHours(1))) {
            Double open = spots.get(at);
            Double close = spots.get(at.plus(Duration.ofHours(1)));
            if (open != null && close != null) {
                returns.add(Math.log(close / open));
            }
        }
        return returns.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** @param ago 0 for the bar that ends at the last hour */
    private record Bar(int ago, RealisedVol.Bar prices) {}

    /** By time. A bar needs both its ends and four of five of its observations. */
    private static List<Bar> bars(SortedMap<Instant, Double> spots, Instant last, int days) {
        List<Bar> bars = new ArrayList<>();
        for (int ago = days - 1; ago >= 0; ago--) {
            Instant to = last.minus(Duration.ofDays(ago));
            Instant from = to.minus(Duration.ofDays(1));
            Double open = spots.get(from);
            Double close = spots.get(to);
            SortedMap<Instant, Double> seen = spots.subMap(from, to.plusSeconds(1));
            if (open != null && close != null && seen.size() >= Sample.LEAST_COVERAGE * 25) {
                double high = seen.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow();
                double low = seen.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .min()
                        .orElseThrow();
                bars.add(new Bar(ago, new RealisedVol.Bar(open, high, low, close)));
            }
        }
        return bars;
    }
}
