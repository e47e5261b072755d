package io.voldesk.sandbox;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A market of our own making for every moment the recordings do not hold: smooth deterministic paths of spot and vol. Vol falls
 * as spot rises, hour by hour at a correlation of about a half; in October of each year the front months rise with it, the
 * upside most. Nothing here is real data, and every answer built from it says so.
 */
final class SimulatedMarket {
    /** In which the vols of the front months rise with spot instead of falling. */
    static final Month UPSIDE_MONTH = Month.OCTOBER;

    private static final Instant ORIGIN = Instant.parse("2024-04-01T00:00:00Z");
    private static final double HOURS_PER_YEAR = 365 * 24;
    /** The vendor's rate of a short share option less that of a long one, and the latter, as it was recorded in 2024. */
    private static final double LONG_RATE = 0.045;

    private static final double RATE_SLOPE = 0.008;
    /** How many doublings of an hour a move of spot stays in the vols. */
    private static final int MEMORY = 8;

    /**
     * @param spot where a coin's path starts, anchored where there is a recording; NaN for a share
     * @param roaming deviation of an hour's change of log vol apart from spot
     * @param link that of the part that moves with spot
     */
    private record Asset(
            double spot,
            double vol,
            double hourly,
            double roaming,
            double link,
            Noise.Path spotPath,
            Noise.Path volPath,
            Noise.Path slopePath,
            Noise.Path rhoPath) {
        static Asset coin(String name, double spot, double vol) {
            double hourly = 0.8 * vol / Math.sqrt(HOURS_PER_YEAR);
            return new Asset(
                    spot,
                    vol,
                    hourly,
                    0.012,
                    0.0075,
                    new Noise.Path("spot-" + name, 13),
                    new Noise.Path("vol-" + name, 10),
                    new Noise.Path("slope-" + name, 9),
                    new Noise.Path("rho-" + name, 9));
        }

        static Asset share(String name, double vol) {
            return new Asset(
                    Double.NaN,
                    vol,
                    0.002,
                    0.006,
                    0.004,
                    new Noise.Path("spot-" + name, 6),
                    new Noise.Path("vol-" + name, 10),
                    new Noise.Path("slope-" + name, 9),
                    new Noise.Path("rho-" + name, 9));
        }

        boolean isCoin() {
            return !Double.isNaN(spot);
        }
    }

    private static final Map<String, Asset> ASSETS = Map.of(
            "BTC", Asset.coin("BTC", 71_297, 0.55),
            "ETH", Asset.coin("ETH", 3_640, 0.65),
            "SOL", Asset.coin("SOL", 202, 0.85),
            "MSTR", Asset.share("MSTR", 1.00),
            "COIN", Asset.share("COIN", 0.87));

    private final Map<String, NavigableMap<LocalDate, Double>> sharePrices = readSharePrices();

    boolean isShare(String currency) {
        return ASSETS.containsKey(currency) && !ASSETS.get(currency).isCoin();
    }

    /** USD. */
    double spot(String name, Instant at) {
        Asset asset = ASSETS.get(name);
        double hours = hours(at);
        return asset.isCoin()
                ? asset.spot()
                        * Math.exp(asset.hourly()
                                * (asset.spotPath().at(hours) - asset.spotPath().at(0)))
                : sharePrice(name, at)
                        * Math.exp(asset.hourly() * asset.spotPath().at(hours));
    }

    Moment moment(String name, Instant at) {
        Asset asset = ASSETS.get(name);
        double hours = hours(at);
        double roaming = asset.roaming() * asset.volPath().at(hours);
        double upside = asset.isCoin() ? upsideWeight(at) : 0;
        return new Moment(
                name,
                at,
                spot(name, at),
                asset.isCoin(),
                asset.vol() * Math.exp(Math.clamp(roaming, -0.6, 0.7)),
                0.006 * asset.slopePath().at(hours),
                asset.isCoin() ? Math.clamp(-0.1 + 0.02 * asset.rhoPath().at(hours), -0.5, 0.4) : 0.05,
                asset.link() * asset.spotPath().at(hours, Math.min(MEMORY, asset.isCoin() ? 13 : 6)),
                upside);
    }

    /** 1 within the upside month, 0 outside, over two days between them. */
    private static double upsideWeight(Instant at) {
        var time = at.atZone(ZoneOffset.UTC);
        var start = time.withMonth(UPSIDE_MONTH.getValue()).withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS);
        double in = Duration.between(start, time).toMinutes() / 2_880.0;
        double out = Duration.between(time, start.plusMonths(1)).toMinutes() / 2_880.0;
        return Math.clamp(Math.min(in, out), 0, 1);
    }

    /**
     * @param spot USD
     * @param level of vol, a fraction
     * @param link shift of log vol that goes with spot's latest moves up
     * @param upside share of the upside month in it
     */
    record Moment(
            String asset,
            Instant at,
            double spot,
            boolean coin,
            double level,
            double slope,
            double rho,
            double link,
            double upside) {

        /** At-the-money vol, a fraction. */
        double atm(double days) {
            double front = Math.clamp((75 - days) / 30, 0, 1);
            return level
                    * Math.exp(link * (2 * upside * front - 1))
                    * (1 + slope * (Math.sqrt(30 / Math.max(days, 0.3)) - 1) / 4);
        }

        double forward(double days) {
            return spot * Math.exp((coin ? 0.06 : rate(days)) * days / 365);
        }

        /** The rate of a share option, continuous, a fraction. */
        static double rate(double days) {
            return LONG_RATE + RATE_SLOPE * Math.exp(-Math.max(days, 0) / 250);
        }

        Smile smile(Instant expiry, double days) {
            return smile(expiry, days, RoughHours.NONE);
        }

        Smile smile(Instant expiry, double days, RoughHours rough) {
            double phase = 6.28 * Noise.uniform("ripple" + asset, expiry.getEpochSecond() / 86_400) + hours(at) / 72;
            double front = Math.clamp((75 - days) / 30, 0, 1);
            double lift = rough == RoughHours.CALENDAR && days > 9 && days <= 16 ? 1.45 : 1;
            double dent = rough == RoughHours.BUTTERFLY && days > 10 && days < 70 ? 0.15 : 0;
            return new Smile(lift * atm(days), days / 365, rho, phase, 1.5 * upside * front * link, dent);
        }
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
