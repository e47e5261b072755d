package io.voldesk.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.voldesk.sandbox.CoinChain.Coin;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.StringJoiner;

/** The simulated market in the shape of each endpoint's rows, field for field as the recordings have them. */
final class SimulatedRows {
    private final ObjectMapper json;
    private final SimulatedMarket market;
    private final CoinRows coins;
    private final IndexRows indices;
    private final ShareRows shares;

    SimulatedRows(ObjectMapper json, SimulatedMarket market) {
        this.json = json;
        this.market = market;
        this.coins = new CoinRows(json, market);
        this.indices = new IndexRows(json, market, coins);
        this.shares = new ShareRows(json, market);
    }

    /** Whether anything is listed under the vendor's currency code. */
    boolean knows(String currency) {
        return CoinChain.coin(currency) != null || market.isShare(currency);
    }

    /** Rows in [from, to], or null for an endpoint the sandbox has not. */
    ArrayNode of(String endpoint, String currency, Instant from, Instant to, Map<String, String> query) {
        Coin coin = CoinChain.coin(currency);
        String interval = query.getOrDefault("timeInterval", "hours");
        return switch (endpoint) {
            case "realized-volatility/implied-vs-realized" ->
                coin == null ? empty() : indices.impliedVsRealized(coin, from, to);
            case "trades-flow/gamma-exposures-snapshots" ->
                coin == null ? empty() : coins.gammaExposures(coin, from, to);
            case "volatility/delta-surfaces/floating" -> coin == null ? empty() : coins.floating(coin, from, to);
            case "volatility/delta-surfaces/constant" -> coin == null ? empty() : coins.constant(coin, from, to);
            case "volatility/index" ->
                coin == null || coin.linear() ? empty() : indices.dvol(coin, from, to, interval.startsWith("minute"));
            case "volatility/level-1-quotes" ->
                coin == null
                        ? empty()
                        : coins.chain(
                                coin,
                                from.truncatedTo(interval.startsWith("day") ? ChronoUnit.DAYS : ChronoUnit.HOURS));
            case "volatility/delta-surfaces/floating/tradfi" ->
                market.isShare(currency) ? shares.surface(currency, from, to) : empty();
            case "volatility/level-1-quotes-instrument/tradfi", "volatility/level-1-quotes/tradfi" ->
                market.isShare(currency) ? shares.quotes(currency, from, to, query) : empty();
            default -> null;
        };
    }

    /** What is out of the ordinary in a coin's simulated answer, for its description; empty if nothing. */
    String remarks(String currency, Instant from, Instant to) {
        Coin coin = CoinChain.coin(currency);
        StringJoiner remarks = new StringJoiner(", ", "; ", "").setEmptyValue("");
        if (coin == null) {
            return "";
        }
        for (Instant at = firstHour(from); !at.isAfter(to); at = at.plus(1, ChronoUnit.HOURS)) {
            RoughHours rough = RoughHours.of(coin.asset(), at);
            if (rough != RoughHours.NONE) {
                remarks.add(rough + " at " + at);
            }
        }
        if (from.atZone(ZoneOffset.UTC).getMonth() == SimulatedMarket.UPSIDE_MONTH
                || to.atZone(ZoneOffset.UTC).getMonth() == SimulatedMarket.UPSIDE_MONTH) {
            remarks.add("upside vols rise with spot in " + SimulatedMarket.UPSIDE_MONTH);
        }
        return remarks.toString();
    }

    Fills fills() {
        return shares.fills();
    }

    private ArrayNode empty() {
        return json.createArrayNode();
    }

    static Instant firstHour(Instant from) {
        Instant hour = from.truncatedTo(ChronoUnit.HOURS);
        return hour.isBefore(from) ? hour.plus(1, ChronoUnit.HOURS) : hour;
    }
}
