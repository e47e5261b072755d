package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.voldesk.sandbox.CoinChain.Coin;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What the vendor says of a coin as a whole: implied and realised vol by the hour, and the DVOL index in bars. */
final class IndexRows {
    private static final int SHORT_WINDOW = 168;
    private static final int LONG_WINDOW = 720;
    private static final double HOURS_PER_YEAR = 8_760;
    /** DVOL weighs the wings, so it lies above the vol at the money. */
    private static final double ABOVE_ATM = 1.5;

    private final ObjectMapper json;
    private final SimulatedMarket market;
    private final CoinRows coins;

    IndexRows(ObjectMapper json, SimulatedMarket market, CoinRows coins) {
        this.json = json;
        this.market = market;
        this.coins = coins;
    }

    ArrayNode impliedVsRealized(Coin coin, Instant from, Instant to) {
        ArrayNode rows = json.createArrayNode();
        Instant first = SimulatedRows.firstHour(from);
        int hours = (int) Duration.between(first, to).toHours() + 1;
        if (first.isAfter(to)) {
            return rows;
        }
        double[] spots = new double[LONG_WINDOW + hours];
        for (int i = 0; i < spots.length; i++) {
            spots[i] = market.spot(coin.asset(), first.plus(i - LONG_WINDOW, ChronoUnit.HOURS));
        }
        double[] returns = new double[spots.length];
        for (int i = 1; i < spots.length; i++) {
            returns[i] = Math.log(spots[i] / spots[i - 1]);
        }
        for (int i = LONG_WINDOW; i < spots.length; i++) {
            Instant at = first.plus(i - LONG_WINDOW, ChronoUnit.HOURS);
            double[] atm = coins.atm(coin, at, 7, 30, 60, 90, 180);
            rows.addObject()
                    .put("atm180", atm[4])
                    .put("atm30", atm[1])
                    .put("atm60", atm[2])
                    .put("atm7", atm[0])
                    .put("atm90", atm[3])
                    .put("currency", coin.code())
                    .put("exchange", "deribit")
                    .put("indexPrice", spots[i])
                    .put("lnReturn", returns[i])
                    .put("realizedVolatility30", realised(returns, i, LONG_WINDOW))
                    .put("realizedVolatility7", realised(returns, i, SHORT_WINDOW))
                    .put("timestamp", at.toEpochMilli());
        }
        return rows;
    }

    /** Of the {@code n} hourly returns up to and with the last, in percent a year: sample deviation, hour by hour. */
    private static double realised(double[] returns, int last, int n) {
        double mean = 0;
        for (int i = last - n + 1; i <= last; i++) {
            mean += returns[i] / n;
        }
        double squares = 0;
        for (int i = last - n + 1; i <= last; i++) {
            squares += (returns[i] - mean) * (returns[i] - mean);
        }
        return 100 * Math.sqrt(squares / (n - 1) * HOURS_PER_YEAR);
    }

    /** Bars of an hour or a minute, stamped at their start; the close is the value of the last second. */
    ArrayNode dvol(Coin coin, Instant from, Instant to, boolean minutes) {
        ArrayNode rows = json.createArrayNode();
        ChronoUnit unit = minutes ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        Instant first = from.truncatedTo(unit);
        for (Instant at = first.isBefore(from) ? first.plus(1, unit) : first; !at.isAfter(to); at = at.plus(1, unit)) {
            Instant end = at.plus(1, unit);
            double open = index(coin, at);
            double close = index(coin, end.minusSeconds(1));
            double high = Math.max(open, close);
            double low = Math.min(open, close);
            for (Instant minute = at.plusSeconds(60); minute.isBefore(end); minute = minute.plusSeconds(60)) {
                double inside = index(coin, minute);
                high = Math.max(high, inside);
                low = Math.min(low, inside);
            }
            rows.addObject()
                    .put("close", single(close))
                    .put("currency", coin.code())
                    .put("exchange", "deribit")
                    .put("exchangeTimestamp", at.toEpochMilli())
                    .put("high", high)
                    .put("instrument", "DERIBIT_" + coin.code() + "_DVOL_INDEX")
                    .put("low", low)
                    .put("open", single(open));
        }
        return rows;
    }

    private double index(Coin coin, Instant at) {
        return Decimals.round(100 * market.moment(coin.asset(), at).atm(30) + ABOVE_ATM, 2);
    }

    /** The vendor sends opens and closes through single precision: 76.67 comes as 76.66999816894531. */
    private static double single(double x) {
        return (float) x;
    }
}
