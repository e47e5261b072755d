package io.voldesk.sandbox;

import io.voldesk.quant.Black76;
import io.voldesk.quant.NormalDistribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A market of our own making for every moment the recordings do not hold: smooth deterministic paths of spot and vol, an
 * SSVI smile, listed expiries and strikes. Nothing here is real data, and every answer built from it says so.
 */
final class SimulatedMarket {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant ORIGIN = Instant.parse("2024-04-01T00:00:00Z");
    private static final double HOURS_PER_YEAR = 365 * 24;

    /** The start of a coin's path, anchored where there is a recording, and the level of its vol. */
    private record Coin(double spot, double vol, double strikeStep) {}

    private static final Map<String, Coin> COINS = Map.of(
            "BTC", new Coin(71_297, 0.55, 1_000), "ETH", new Coin(3_640, 0.65, 50), "SOL", new Coin(202, 0.85, 5));

    private static final Map<String, Double> SHARE_VOLS = Map.of("MSTR", 1.00, "COIN", 0.87);

    private final Map<String, NavigableMap<LocalDate, Double>> sharePrices = readSharePrices();

    boolean isCoin(String currency) {
        return COINS.containsKey(currency);
    }

    boolean isShare(String currency) {
        return SHARE_VOLS.containsKey(currency);
    }

    /** USD. */
    double spot(String asset, Instant at) {
        double hours = hours(at);
        if (isCoin(asset)) {
            Coin coin = COINS.get(asset);
            double hourly = 0.8 * coin.vol() / Math.sqrt(HOURS_PER_YEAR);
            return coin.spot() * Math.exp(coinPath(asset, hours, hourly) - coinPath(asset, 0, hourly));
        }
        return sharePrice(asset, at) * Math.exp(Noise.path("spot-" + asset, hours, 0.002, 6));
    }

    private static double coinPath(String asset, double hours, double hourly) {
        return Noise.path("spot-" + asset, hours, hourly, 13);
    }

    private double sharePrice(String asset, Instant at) {
        NavigableMap<LocalDate, Double> prices = sharePrices.get(asset);
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        var before = prices.floorEntry(day);
        var after = prices.higherEntry(day);
        if (before == null) {
            return after.getValue();
        }
        if (after == null) {
            return before.getValue();
        }
        Instant from = before.getKey().atTime(17, 0).toInstant(ZoneOffset.UTC);
        Instant to = after.getKey().atTime(17, 0).toInstant(ZoneOffset.UTC);
        double share = (double) Duration.between(from, at).toSeconds()
                / Duration.between(from, to).toSeconds();
        share = Math.clamp(share, 0, 1);
        return Math.exp((1 - share) * Math.log(before.getValue()) + share * Math.log(after.getValue()));
    }

    /** At-the-money vol, a fraction. */
    double atmVol(String asset, Instant at, double days) {
        double level = isCoin(asset) ? COINS.get(asset).vol() : SHARE_VOLS.get(asset);
        double roaming = isCoin(asset) ? Noise.path("vol-" + asset, hours(at), 0.012, 10) : 0;
        double slope = 0.12 * Noise.path("slope-" + asset, hours(at), 0.05, 9);
        return level
                * Math.exp(Math.clamp(roaming, -0.6, 0.7))
                * (1 + slope * (Math.sqrt(30 / Math.max(days, 0.3)) - 1) / 4);
    }

    /** SSVI total variance at k = ln(K/F). */
    double totalVariance(String asset, Instant at, double days, double k) {
        double atm = atmVol(asset, at, days);
        double theta = atm * atm * days / 365;
        double rho =
                isShare(asset) ? 0.05 : Math.clamp(-0.1 + Noise.path("rho-" + asset, hours(at), 0.02, 9), -0.5, 0.4);
        double phi = 0.9 / Math.sqrt(theta) / (1 + theta);
        double y = phi * k + rho;
        return theta / 2 * (1 + rho * phi * k + Math.sqrt(y * y + 1 - rho * rho));
    }

    double vol(String asset, Instant at, double days, double k) {
        return Math.sqrt(totalVariance(asset, at, days, k) / (days / 365));
    }

    double forward(String asset, Instant at, double days) {
        return spot(asset, at) * Math.exp(0.06 * days / 365);
    }

    /** Expiries of a coin listed at a moment: three dailies, four Fridays, three month ends, three quarter ends. */
    List<Instant> coinExpiries(Instant at) {
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

    List<Double> coinStrikes(String asset, Instant at, double days) {
        // strikes hang from the day's first price so that a contract stays listed through the day
        Instant morning = at.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        double spot = spot(asset, morning);
        double width = Math.clamp(3.2 * atmVol(asset, morning, days) * Math.sqrt(days / 365), 0.05, 0.75);
        double step = COINS.get(asset).strikeStep();
        while (2 * width * spot / step > 22) {
            step *= 2;
        }
        List<Double> strikes = new ArrayList<>();
        for (double k = Math.ceil(spot * (1 - width) / step) * step; k <= spot * (1 + width); k += step) {
            strikes.add(k);
        }
        return strikes;
    }

    /** The k at which a call has the forward delta, by fixed point on the smile. */
    double strikeOfCallDelta(String asset, Instant at, double days, double delta) {
        double d1 = NormalDistribution.quantile(delta);
        double k = 0;
        for (int i = 0; i < 30; i++) {
            double w = totalVariance(asset, at, days, k);
            k = -d1 * Math.sqrt(w) + w / 2;
        }
        return k;
    }

    /** A share option's fair price in USD per share. */
    double sharePriceOfOption(String asset, Instant at, double days, double strike, boolean call) {
        double forward = spot(asset, at);
        return Black76.price(call, forward, strike, days / 365, vol(asset, at, days, Math.log(strike / forward)));
    }

    /** 9:30 to 16:00 in New York on weekdays; the sandbox knows no holidays. */
    boolean inOptionSession(Instant at) {
        ZonedDateTime local = at.atZone(NEW_YORK);
        LocalTime time = local.toLocalTime();
        return local.getDayOfWeek().getValue() <= 5
                && !time.isBefore(LocalTime.of(9, 30))
                && time.isBefore(LocalTime.of(16, 0));
    }

    Instant shareExpiry(LocalDate day) {
        return day.atTime(16, 0).atZone(NEW_YORK).toInstant();
    }

    static double days(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 86_400_000.0;
    }

    private static double hours(Instant at) {
        return Duration.between(ORIGIN, at).toSeconds() / 3600.0;
    }

    private static Map<String, NavigableMap<LocalDate, Double>> readSharePrices() {
        Map<String, NavigableMap<LocalDate, Double>> prices = new HashMap<>();
        try (var reader = new BufferedReader(new InputStreamReader(
                SimulatedMarket.class.getResourceAsStream("/simulated/share-prices.csv"), StandardCharsets.UTF_8))) {
            reader.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] cells = line.split(",", -1);
                prices.computeIfAbsent(cells[0], a -> new TreeMap<>())
                        .put(LocalDate.parse(cells[1]), Double.valueOf(cells[2]));
            });
            return prices;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
