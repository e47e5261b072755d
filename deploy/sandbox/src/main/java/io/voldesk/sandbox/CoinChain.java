package io.voldesk.sandbox;

import io.voldesk.quant.Black76;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The listed options of a coin at an hour with their mark vols, rounded as the vendor rounds them. Chain, surfaces and gamma
 * exposures are all read from it, so that they agree as the recorded ones do.
 */
final class CoinChain {
    /** From the hour to the observation of its chain. */
    static final Duration OBSERVED_AFTER = Duration.ofSeconds(3);

    private static final double[] NICE = {1, 2, 2.5, 5, 10};
    private static final double WIDTH = 2.9;

    /**
     * @param code the vendor's currency code, which its instruments begin with
     * @param asset of the simulated market
     * @param linear premiums are in USDC, not in coin
     */
    record Coin(String code, String asset, boolean linear, double leastStep) {}

    /** By the vendor's code: SOL options are linear and have a code of their own. */
    private static final Map<String, Coin> COINS = Map.of(
            "BTC", new Coin("BTC", "BTC", false, 250),
            "ETH", new Coin("ETH", "ETH", false, 10),
            "SOL_USDC", new Coin("SOL_USDC", "SOL", true, 0.5));

    /**
     * One expiry.
     *
     * @param days from the hour
     * @param years from the observation, 365 days to the second
     * @param forward USD, four decimals
     * @param strikes ascending
     * @param vols mark vols in percent, two decimals
     */
    record Slice(Instant expiry, double days, double years, double forward, double[] strikes, double[] vols) {
        /** In percent at a forward call delta, linear between the listed strikes; null beyond them. */
        Double volAtCallDelta(double delta) {
            for (int i = 1; i < strikes.length; i++) {
                double left = delta(i - 1);
                double right = delta(i);
                if (left >= delta && right <= delta) {
                    return between(i, left == right ? 0 : (left - delta) / (left - right));
                }
            }
            return null;
        }

        /** In percent at the forward; null beyond the listed strikes. */
        Double atm() {
            for (int i = 1; i < strikes.length; i++) {
                if (strikes[i - 1] <= forward && strikes[i] >= forward) {
                    return between(i, (forward - strikes[i - 1]) / (strikes[i] - strikes[i - 1]));
                }
            }
            return null;
        }

        private double delta(int i) {
            return Black76.deltaCall(forward, strikes[i], years, vols[i] / 100);
        }

        private double between(int i, double share) {
            return vols[i - 1] + share * (vols[i] - vols[i - 1]);
        }
    }

    private final SimulatedMarket market;

    CoinChain(SimulatedMarket market) {
        this.market = market;
    }

    /** Null for a code under which no options are listed. */
    static Coin coin(String code) {
        return COINS.get(code);
    }

    List<Slice> slices(Coin coin, Instant at) {
        var now = market.moment(coin.asset(), at);
        // strikes hang from the day's first price so that a contract stays listed through the day
        Instant midnight = at.truncatedTo(ChronoUnit.DAYS);
        var morning = market.moment(coin.asset(), midnight);
        RoughHours rough = RoughHours.of(coin.asset(), at);
        List<Slice> slices = new ArrayList<>();
        for (Instant expiry : expiries(at)) {
            double days = SimulatedMarket.days(at, expiry);
            double forward = Decimals.round(now.forward(days), 4);
            double[] strikes = strikes(coin, morning, SimulatedMarket.days(midnight, expiry));
            Smile smile = now.smile(expiry, days, rough);
            double[] vols = new double[strikes.length];
            for (int i = 0; i < vols.length; i++) {
                vols[i] = Decimals.round(100 * smile.vol(Math.log(strikes[i] / forward)), 2);
            }
            double years = SimulatedMarket.days(at.plus(OBSERVED_AFTER), expiry) / 365;
            slices.add(new Slice(expiry, days, years, forward, strikes, vols));
        }
        return slices;
    }

    /** Four dailies, four Fridays, three month ends, quarter ends of a year. */
    private static List<Instant> expiries(Instant at) {
        LocalDate today = at.atZone(ZoneOffset.UTC).toLocalDate();
        var expiries = new TreeSet<Instant>();
        for (int day = 0; day <= 3; day++) {
            expiries.add(eightUtc(today.plusDays(day)));
        }
        LocalDate friday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
        for (int week = 0; week < 4; week++) {
            expiries.add(eightUtc(friday.plusWeeks(week)));
        }
        for (int month = 0; month <= 12; month++) {
            LocalDate last = today.plusMonths(month).with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY));
            if (month <= 3 || last.getMonthValue() % 3 == 0) {
                expiries.add(eightUtc(last));
            }
        }
        return expiries.stream()
                .filter(e -> Duration.between(at, e).toMinutes() > 60)
                .toList();
    }

    private static Instant eightUtc(LocalDate day) {
        return day.atTime(8, 0).toInstant(ZoneOffset.UTC);
    }

    /** Multiples of one step as far as {@link #WIDTH} deviations either way, of wider steps high above the forward. */
    private static double[] strikes(Coin coin, SimulatedMarket.Moment morning, double days) {
        double deviation = Math.max(0.03, morning.atm(days) * Math.sqrt(days / 365));
        double forward = morning.forward(days);
        double step = Math.max(coin.leastStep(), nice(forward * deviation / 3));
        double highest = forward * Math.exp(WIDTH * deviation + deviation * deviation / 2);
        var strikes = new ArrayList<Double>();
        double strike = Math.max(step, Math.ceil(forward * Math.exp(-WIDTH * deviation) / step) * step);
        while (strike <= highest) {
            strikes.add(strike);
            double distance = Math.log(strike / forward) / deviation;
            double wider = distance > 2 ? 8 : distance > 1.4 ? 4 : distance > 0.8 ? 2 : 1;
            strike = (Math.floor(strike / (step * wider)) + 1) * step * wider;
        }
        return strikes.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The greatest of 1, 2, 2.5, 5 times a power of ten that is not above x. */
    private static double nice(double x) {
        double power = Math.pow(10, Math.floor(Math.log10(x)));
        double best = power;
        for (double factor : NICE) {
            best = factor * power <= x ? factor * power : best;
        }
        return best;
    }
}
